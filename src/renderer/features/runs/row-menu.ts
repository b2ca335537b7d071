import type { RunSummary } from '../../../shared/runs/run.ts';
import type { MenuEntry } from '../../ui/menu.tsx';
import { runsOf, type TableRow } from './table-rows.ts';
import { canPause, canResume, type RunActs } from './use-run-acts.ts';
import type { RunQuery } from './use-run-list.ts';

export interface RowMenuActs {
  readonly acts: RunActs;
  readonly view: RunQuery['view'];
  readonly queueLength: number;
  readonly open: (run: RunSummary) => void;
  readonly tag: (runs: readonly RunSummary[]) => void;
  readonly star: (runs: readonly RunSummary[]) => void;
}

/** What a right click on a row offers: only what is possible in the run's state. */
export function rowMenu(
  row: TableRow,
  { acts, view, queueLength, open, tag, star }: RowMenuActs,
): readonly MenuEntry[] {
  const runs = runsOf(row);
  const [first] = runs;
  if (!first) return [];
  if (view === 'bin') return [{ kind: 'act', icon: 'undo', label: 'Restore', act: () => acts.restore(runs) }];
  const single = row.kind === 'run' ? row.run : undefined;
  const starred = runs.every((run) => run.starred === 'yes');
  const entries: MenuEntry[] = [];
  if (single) entries.push({ kind: 'act', icon: 'runs', label: 'Open', keys: 'Enter', act: () => open(single) });
  else entries.push({ kind: 'act', icon: 'compare', label: 'Compare its seeds', act: () => acts.compare(runs) });
  entries.push({ kind: 'act', icon: 'copy', label: 'Clone and edit', keys: 'Ctrl D', act: () => acts.clone(first) });
  if (single && (canPause(single) || canResume(single))) {
    const label = canPause(single) ? 'Pause' : 'Resume';
    const icon = canPause(single) ? 'pause' : 'play';
    entries.push({ kind: 'act', icon, label, keys: 'P', act: () => acts.pauseOrResume(single) });
  }
  if (single?.queuePosition) entries.push({ kind: 'line' }, ...queueEntries(single, queueLength, acts));
  entries.push(
    { kind: 'line' },
    { kind: 'act', icon: 'tag', label: 'Tag…', keys: 'T', act: () => tag(runs) },
    { kind: 'act', icon: 'star', label: starred ? 'Unstar' : 'Star', keys: 'S', act: () => star(runs) },
  );
  if (single?.queuePosition) return entries;
  const archived = view === 'archived';
  entries.push(
    {
      kind: 'act',
      icon: 'archive',
      label: archived ? 'Unarchive' : 'Archive',
      keys: 'E',
      act: () => acts.archive(runs, archived ? 'no' : 'yes'),
    },
    { kind: 'act', icon: 'trash', label: 'Delete', keys: 'Delete', look: 'danger', act: () => acts.remove(runs) },
  );
  return entries;
}

function queueEntries(run: RunSummary, length: number, acts: RunActs): MenuEntry[] {
  const place = run.queuePosition ?? 1;
  return [
    {
      kind: 'act',
      icon: 'queue',
      label: 'Run next',
      keys: 'Alt Home',
      disabled: place === 1,
      act: () => acts.moveInQueue(run, 1),
    },
    {
      kind: 'act',
      icon: 'up',
      label: 'Move up',
      keys: 'Alt Up',
      disabled: place === 1,
      act: () => acts.moveInQueue(run, place - 1),
    },
    {
      kind: 'act',
      icon: 'down',
      label: 'Move down',
      keys: 'Alt Down',
      disabled: place === length,
      act: () => acts.moveInQueue(run, place + 1),
    },
    { kind: 'act', icon: 'x', label: 'Take out of the queue', keys: 'Delete', act: () => acts.cancelFromQueue([run]) },
  ];
}
