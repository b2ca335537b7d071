import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef, useState } from 'react';
import type { LogEntry } from '../../../shared/runs/run.ts';
import { count } from '../../app/format.ts';
import { Button } from '../../ui/button.tsx';
import { Segmented, Switch } from '../../ui/choices.tsx';
import { FailureLine } from '../../ui/page.tsx';
import { TextInput } from '../../ui/text-input.tsx';
import { filterLog, type LogFilter, LogLine, warnings } from './log-list.tsx';
import type { RunLog } from './use-log.ts';

const lineHeight = 20;

/** The whole log, oldest first; follows its end until one scrolls up. */
export function LogTab({ log }: { readonly log: RunLog }) {
  const [filter, setFilter] = useState<LogFilter>('all');
  const [words, setWords] = useState('');
  const [following, setFollowing] = useState(true);
  const lines = filterLog(log.entries, filter, words);
  const troubles = warnings(log.entries);
  return (
    <div className="log-tab">
      <div className="bar">
        <TextInput
          data-filter
          className="grow"
          value={words}
          onChange={setWords}
          placeholder="Find in the log"
          aria-label="Find in the log"
        />
        <Segmented
          label="Lines of the log"
          value={filter}
          onChange={setFilter}
          options={[
            { value: 'all', label: 'All' },
            { value: 'eval', label: 'Evaluation' },
            { value: 'warn', label: troubles > 0 ? `Warnings ${count(troubles)}` : 'Warnings' },
          ]}
        />
        <span className="ck">
          <Switch id="follow-log" checked={following} onChange={setFollowing} label="Follow the end" />
          <label htmlFor="follow-log">Follow</label>
        </span>
        <span className="t11 muted num">
          {lines.length === log.total
            ? `${count(log.total)} lines`
            : `${count(lines.length)} of ${count(log.total)} lines`}
        </span>
      </div>
      {log.failure && <FailureLine message={log.failure.message} />}
      <LogLines log={log} lines={lines} following={following} onLeave={() => setFollowing(false)} />
    </div>
  );
}

interface LogLinesProps {
  readonly log: RunLog;
  readonly lines: readonly LogEntry[];
  readonly following: boolean;
  /** Scrolling up ends the following. */
  readonly onLeave: () => void;
}

function LogLines({ log, lines, following, onLeave }: LogLinesProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => lineHeight,
    overscan: 20,
  });
  const last = lines[lines.length - 1]?.seq;
  // biome-ignore lint/correctness/useExhaustiveDependencies: each new last line is followed
  useEffect(() => {
    if (following && lines.length > 0) virtual.scrollToIndex(lines.length - 1, { align: 'end' });
  }, [following, last]);
  return (
    <div
      className="console mono"
      ref={scroller}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a scroller must be reachable by keyboard
      tabIndex={0}
      role="log"
      aria-live="off"
      aria-label="Log"
      onWheel={(event) => event.deltaY < 0 && onLeave()}
    >
      {log.earlier > 0 && (
        <Button size="small" onClick={log.loadEarlier}>
          Load earlier lines ({count(log.earlier)})
        </Button>
      )}
      <ol style={{ height: virtual.getTotalSize(), position: 'relative' }}>
        {virtual.getVirtualItems().map((item) => {
          const entry = lines[item.index]!;
          return (
            <li key={entry.seq} className={entry.level} style={{ transform: `translateY(${item.start}px)` }}>
              <LogLine entry={entry} />
            </li>
          );
        })}
      </ol>
      {lines.length === 0 && <p className="muted">{log.total === 0 ? 'No lines yet' : 'No line matches'}</p>}
    </div>
  );
}
