import { Page } from '../../ui/page.tsx';

export function BackupsPage() {
  return <Page title="Backups" />;
}
