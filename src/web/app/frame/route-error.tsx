import type { ErrorComponentProps } from '@tanstack/react-router';
import { ErrorBox } from '../../ui/error-box.tsx';
import { Page } from '../../ui/page.tsx';
import { isMissingChunk } from '../new-version.ts';

/** A page that broke: the frame around it stays, and so does the way on. */
export function RouteError({ error, reset }: ErrorComponentProps) {
  if (isMissingChunk(error))
    return (
      <Page title="A part of this page is missing">
        <ErrorBox
          error={error}
          title="Lifeboat was upgraded, or the connection broke"
          onRetry={() => window.location.reload()}
        />
      </Page>
    );
  return (
    <Page title="This page broke">
      <ErrorBox
        error={error}
        title="Something in this page went wrong; nothing was changed"
        onRetry={reset}
      />
    </Page>
  );
}
