import { PageHead } from '../../ui/page.tsx';

export function FirstStartPage() {
  return <PageHead title="First start" />;
}
