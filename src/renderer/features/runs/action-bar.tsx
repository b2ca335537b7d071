import { useState } from 'react';
import type { RunSummary } from '../../../shared/runs/run.ts';
import { plural } from '../../app/format.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { TagDialog } from './tag-dialog.tsx';
import type { RunActs } from './use-run-acts.ts';
import type { RunQuery } from './use-run-list.ts';

export interface ActionBarProps {
  readonly runs: readonly RunSummary[];
  /** Selected runs that the filter hides. */
  readonly hidden: number;
  readonly view: RunQuery['view'];
  readonly acts: RunActs;
  readonly onClear: () => void;
  readonly onTag: () => void;
}

/** Rises when something is selected; acts on all of it. */
export function ActionBar({ runs, hidden, view, acts, onClear, onTag }: ActionBarProps) {
  const groups = new Set(runs.map(({ groupKey }) => groupKey)).size;
  const starred = runs.every((run) => run.starred === 'yes');
  const cloneable = groups === 1 ? runs[0] : undefined;
  return (
    <section className="actionbar" aria-label="Selected runs" data-region="Selected runs">
      <span className="n">
        {plural(runs.length, 'run')}
        {groups > 1 && groups < runs.length ? ` in ${groups} groups` : ''}
      </span>
      {hidden > 0 && <span className="muted hidden-note">{hidden} of them filtered out</span>}
      {view !== 'bin' && (
        <Button look="primary" icon="compare" keys="C" unavailable={runs.length < 2} onClick={() => acts.compare(runs)}>
          Compare
        </Button>
      )}
      {view === 'bin' ? (
        <Button icon="undo" onClick={() => acts.restore(runs)}>
          Restore
        </Button>
      ) : (
        <>
          <span className="sep" />
          {cloneable && (
            <Button look="quiet" icon="copy" onClick={() => acts.clone(cloneable)}>
              Clone and edit
            </Button>
          )}
          <Button look="quiet" icon="tag" keys="T" onClick={onTag}>
            Tag
          </Button>
          <Button look="quiet" icon="star" keys="S" onClick={() => acts.star(runs, starred ? 'no' : 'yes')}>
            {starred ? 'Unstar' : 'Star'}
          </Button>
          <Button
            look="quiet"
            icon="archive"
            keys="E"
            onClick={() => acts.archive(runs, view === 'archived' ? 'no' : 'yes')}
          >
            {view === 'archived' ? 'Unarchive' : 'Archive'}
          </Button>
          <Button look="quiet-danger" icon="trash" onClick={() => acts.remove(runs)}>
            Delete
          </Button>
        </>
      )}
      <span className="sep" />
      <IconButton icon="x" label="Clear the selection" keys="Esc" onClick={onClear} />
    </section>
  );
}

/** Dialog state of tagging, shared by the bar, the keys and the row's menu. */
export function useTagging(acts: RunActs) {
  const [runs, setRuns] = useState<readonly RunSummary[] | null>(null);
  return {
    open: setRuns,
    dialog: runs && runs.length > 0 ? <TagDialog runs={runs} acts={acts} onClose={() => setRuns(null)} /> : null,
  };
}
