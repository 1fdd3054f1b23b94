import { useState } from 'react';
import { BackUpDialog } from '../../features/backups/back-up-now.tsx';
import { Now } from '../../features/overview/now.tsx';
import { LinkButton } from '../../ui/link-button.tsx';
import { BackUpButton } from '../back-up-button.tsx';

export function NowPage() {
  const [asked, setAsked] = useState<readonly string[] | null>(null);
  return (
    <>
      <Now
        actions={
          <>
            <LinkButton
              to="/restores/new"
              search={(before) => ({ cluster: before.cluster })}
              icon="back"
            >
              Restore
            </LinkButton>
            <BackUpButton />
          </>
        }
        onBackUp={(namespaces) => setAsked(namespaces ?? [])}
      />
      <BackUpDialog
        opened={asked !== null}
        namespaces={asked ?? []}
        onClose={() => setAsked(null)}
      />
    </>
  );
}
