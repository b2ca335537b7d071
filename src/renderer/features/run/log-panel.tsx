import { useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { Segmented } from '../../ui/choices.tsx';
import { Panel } from '../../ui/page.tsx';
import { filterLog, type LogFilter, LogLine, warnings } from './log-list.tsx';
import type { RunLog } from './use-log.ts';

export interface LogPanelProps {
  readonly log: RunLog;
  readonly following: boolean;
  readonly onOpen: () => void;
}

const shown = 60;

/** The newest lines of the log, newest first. */
export function LogPanel({ log, following, onOpen }: LogPanelProps) {
  const [filter, setFilter] = useState<LogFilter>('all');
  const lines = filterLog(log.entries, filter, '').slice(-shown).reverse();
  const troubles = warnings(log.entries);
  return (
    <Panel
      className="log-panel"
      title="Log"
      sub={following ? 'newest first, following' : 'newest first'}
      tools={
        <>
          <Segmented
            size="small"
            label="Lines of the log"
            value={filter}
            onChange={setFilter}
            options={[
              { value: 'all', label: 'All' },
              { value: 'eval', label: 'Evaluation' },
              { value: 'warn', label: troubles > 0 ? `Warnings ${troubles}` : 'Warnings' },
            ]}
          />
          <Button size="small" look="quiet" onClick={onOpen}>
            Whole log
          </Button>
        </>
      }
    >
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scroller must be reachable by keyboard */}
      <ol className="console mono" tabIndex={0} aria-label="Log, newest first">
        {lines.map((entry) => (
          <li key={entry.seq} className={entry.level}>
            <LogLine entry={entry} />
          </li>
        ))}
        {lines.length === 0 && <li className="muted">{log.failure?.message ?? 'No lines yet'}</li>}
      </ol>
    </Panel>
  );
}
