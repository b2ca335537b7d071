import { useRouteError } from 'react-router';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/page.tsx';

/** Stands in the place of a page that could not be drawn: a fault of the window's, told plainly. */
export function PageFailure() {
  const thrown = useRouteError();
  const detail = thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown);
  return (
    <main className="main page-failure">
      <EmptyState
        icon="alert"
        title="This page could not be drawn"
        action={
          <>
            <Button look="primary" onClick={() => window.location.reload()}>
              Load it again
            </Button>
            <Button
              onClick={() => {
                window.location.hash = '#/runs';
                window.location.reload();
              }}
            >
              Go to Runs
            </Button>
          </>
        }
      >
        This is a fault in Innerloop’s window. Runs go on, and nothing stored is lost.
      </EmptyState>
      <details>
        <summary>Details</summary>
        <pre>{detail}</pre>
      </details>
    </main>
  );
}
