import { Page } from '../../ui/page.tsx';

export function CoveragePage() {
  return <Page title="Coverage" />;
}
