import { CallError, sentence } from '../lib/call.ts';
import { Button } from './button.tsx';
import { Copy } from './copy.tsx';
import { Frame } from './frame.tsx';

type Props = { error: unknown; title?: string; onRetry?: () => void };

/** What happened and what was kept, a retry, and details to hand on. */
export function ErrorBox({ error, title, onRetry }: Props) {
  const said = wordsOf(error);
  return (
    <Frame
      icon="alert"
      tone="bad"
      title={title ?? said.title}
      detail={title === undefined ? said.detail : sentence(error)}
    >
      {onRetry && (
        <Button size="small" icon="refresh" onClick={onRetry}>
          Try again
        </Button>
      )}
      <Copy text={detailsOf(error)} what="the details" shown />
    </Frame>
  );
}

function wordsOf(error: unknown): { title: string; detail: string } {
  if (error instanceof CallError) return error.problem;
  const [first = '', ...others] = sentence(error).split(/(?<=\.) /);
  return { title: first, detail: others.join(' ') };
}

/** For a report of the fault: code and status, never more than the server said. */
function detailsOf(error: unknown): string {
  const shown = error instanceof CallError ? error.problem : { error: String(error) };
  return JSON.stringify({ ...shown, page: location.pathname }, null, 2);
}
