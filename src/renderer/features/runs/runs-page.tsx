import { useSearchParams } from 'react-router';
import { usePlace } from '../../app/crumbs.tsx';
import { useFacts } from '../../app/facts.tsx';
import { FirstStartPage } from '../first-start/first-start-page.tsx';
import { RunsView } from './runs-view.tsx';
import type { RunQuery } from './use-run-list.ts';

const titles: Readonly<Record<RunQuery['view'], string>> = { active: 'Runs', archived: 'Archived runs', bin: 'Bin' };

const viewOfText = (text: string | null): RunQuery['view'] => (text === 'archived' || text === 'bin' ? text : 'active');

/** The history, what runs and what waits; the first start while there has never been a run. */
export function RunsPage() {
  const [search] = useSearchParams();
  const { firstStart } = useFacts();
  const view = viewOfText(search.get('view'));
  usePlace({ label: titles[view] });
  if (firstStart === 'yes' && view === 'active') return <FirstStartPage />;
  return <RunsView key={view} view={view} title={titles[view]} />;
}
