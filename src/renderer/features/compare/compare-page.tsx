import { PageHead } from '../../ui/page.tsx';

export function ComparePage() {
  return <PageHead title="Compare" />;
}
