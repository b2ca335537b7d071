import { PageHead } from '../../ui/page.tsx';

export function RunsPage() {
  return <PageHead title="Runs" />;
}
