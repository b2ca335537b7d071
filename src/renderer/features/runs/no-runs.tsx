import { Link } from 'react-router';
import { addressOf } from '../../app/addresses.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/page.tsx';
import type { RunQuery } from './use-run-list.ts';

export interface NoRunsProps {
  readonly view: RunQuery['view'];
  readonly filter: string;
  readonly onFilter: (filter: string) => void;
}

/** What the table says when it has no run to show. */
export function NoRuns({ view, filter, onFilter }: NoRunsProps) {
  if (filter !== '') {
    const shorter = filter.trim().split(/\s+/).slice(0, -1).join(' ');
    return (
      <EmptyState
        icon="filter"
        title="No run matches"
        action={
          <>
            <Button onClick={() => onFilter('')}>Clear the filter</Button>
            {shorter !== '' && (
              <Button onClick={() => onFilter(shorter)}>
                Try <span className="mono">{shorter}</span>
              </Button>
            )}
          </>
        }
      >
        Running and queued runs are shown whatever the filter says.
      </EmptyState>
    );
  }
  if (view === 'archived') return <EmptyState icon="archive" title="Nothing is archived" />;
  if (view === 'bin') return <EmptyState icon="trash" title="The bin is empty" />;
  return (
    <EmptyState
      icon="runs"
      title="No finished runs yet"
      action={
        <Link className="btn" to={addressOf.newRun()}>
          New run
        </Link>
      }
    >
      Runs come here when they end.
    </EmptyState>
  );
}
