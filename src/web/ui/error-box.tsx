import { CallError, sentence } from '../lib/call.ts';
import { Button } from './button.tsx';
import { Copy } from './copy.tsx';
import { Frame } from './frame.tsx';

type Props = {
  error: unknown;
  title?: string;
  onRetry?: () => void;
  /** It is being tried again already. */
  pending?: boolean;
};

/** What happened and what was kept, a retry, and details to hand on. */
export function ErrorBox({ error, title, onRetry, pending = false }: Props) {
  const said = wordsOf(error);
  return (
    <Frame
      icon="alert"
      tone="bad"
      title={title ?? said.title}
      detail={title === undefined ? said.detail : sentence(error)}
    >
      {onRetry && (
        <Button size="small" icon="refresh" pending={pending} onClick={onRetry}>
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
