import { PageHead } from '../../ui/page.tsx';

export function RunPage() {
  return <PageHead title="Run" />;
}
