import { useState } from 'react';
import type { RunSummary } from '../../../shared/runs/run.ts';
import { useRequest } from '../../app/core.ts';
import { count, measured, plural } from '../../app/format.ts';
import { Button } from '../../ui/button.tsx';
import { Checkbox } from '../../ui/choices.tsx';
import { Icon } from '../../ui/icon.tsx';
import { StateMark } from '../../ui/marks.tsx';
import { groupRuns, type RunGroup } from '../runs/run-groups.ts';

export interface RunPickerProps {
  readonly chosen: ReadonlySet<string>;
  readonly onChange: (chosen: ReadonlySet<string>) => void;
}

const mostListed = 200;

/** Runs by their config, with boxes: a group's box picks all of its seeds. */
export function RunPicker({ chosen, onChange }: RunPickerProps) {
  const [filter, setFilter] = useState('');
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const list = useRequest('runs.list', {
    filter: filter.trim(),
    view: 'active',
    sort: { by: 'created', order: 'descending' },
    limit: mostListed,
    offset: 0,
  });
  const groups = groupRuns((list.value?.runs ?? []).filter(({ state }) => state !== 'queued'));
  const set = (runs: readonly RunSummary[], on: boolean): void => {
    const next = new Set(chosen);
    for (const { id } of runs) {
      if (on) next.add(id);
      else next.delete(id);
    }
    onChange(next);
  };
  const toggleOpen = (key: string): void => {
    const next = new Set(open);
    if (!next.delete(key)) next.add(key);
    setOpen(next);
  };
  return (
    <div className="picker">
      <div className="query filter">
        <Icon name="search" small />
        <input
          type="text"
          aria-label="Filter runs"
          placeholder="Filter: words, algorithm:maml, dataset:omniglot"
          spellCheck={false}
          autoComplete="off"
          value={filter}
          onChange={(event) => setFilter(event.target.value)}
        />
        {list.value && <span className="t11 muted num">{plural(list.value.matching, 'run')}</span>}
      </div>
      {list.failure && <p className="t11 wrong">{list.failure.message}</p>}
      <ul className="picks">
        {groups.map((group) => (
          <PickGroup
            key={group.key}
            group={group}
            chosen={chosen}
            open={open.has(group.key)}
            onOpen={() => toggleOpen(group.key)}
            onSet={set}
          />
        ))}
      </ul>
      {list.value && list.value.matching > mostListed && (
        <p className="t11 muted">The newest {count(mostListed)} are listed; a filter finds the others.</p>
      )}
    </div>
  );
}

interface PickGroupProps {
  readonly group: RunGroup;
  readonly chosen: ReadonlySet<string>;
  readonly open: boolean;
  readonly onOpen: () => void;
  readonly onSet: (runs: readonly RunSummary[], on: boolean) => void;
}

function PickGroup({ group, chosen, open, onOpen, onSet }: PickGroupProps) {
  const picked = group.runs.filter(({ id }) => chosen.has(id)).length;
  const many = group.runs.length > 1;
  const checked = picked === 0 ? false : picked === group.runs.length ? true : 'mixed';
  return (
    <>
      <li>
        <Checkbox
          label={group.name}
          labelled="hidden"
          checked={checked}
          onChange={() => onSet(group.runs, checked !== true)}
        />
        {!many && <StateMark state={group.runs[0]!.state} />}
        <span className="trunc grow">{group.name}</span>
        {many && (
          <Button look="quiet" size="small" aria-expanded={open} onClick={onOpen}>
            {plural(group.runs.length, 'seed')}
            <Icon name={open ? 'up' : 'down'} small />
          </Button>
        )}
        <span className="muted num t11">{group.best ? measured(group.best) : '–'}</span>
      </li>
      {open &&
        group.runs.map((run) => (
          <li key={run.id} className="kid">
            <Checkbox
              label={run.name}
              labelled="hidden"
              checked={chosen.has(run.id)}
              onChange={(on) => onSet([run], on)}
            />
            <StateMark state={run.state} />
            <span className="trunc grow">{run.name}</span>
            <span className="muted num t11">{measured(run.best)}</span>
          </li>
        ))}
    </>
  );
}
