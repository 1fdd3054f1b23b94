import { Page } from '../../ui/page.tsx';

export function BackupPage() {
  return <Page title="Backup" />;
}
