import { PageHead } from '../../ui/page.tsx';

export function LaunchPage() {
  return <PageHead title="New run" />;
}
