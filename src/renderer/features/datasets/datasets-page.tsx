import { PageHead } from '../../ui/page.tsx';

export function DatasetsPage() {
  return <PageHead title="Datasets" />;
}
