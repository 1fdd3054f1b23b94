import { useEffect, useState } from 'react';
import styles from './copy.module.css';
import { Icon } from './icon.tsx';

type Outcome = 'idle' | 'copied' | 'refused';

/** Puts `text` on the clipboard. `what` names it: “Copy the name”. */
export function Copy({
  text,
  what,
  shown = false,
}: {
  text: string;
  what: string;
  shown?: boolean;
}) {
  const [outcome, setOutcome] = useState<Outcome>('idle');
  useEffect(() => {
    if (outcome === 'idle') return undefined;
    const timer = setTimeout(() => setOutcome('idle'), 2000);
    return () => clearTimeout(timer);
  }, [outcome]);
  const copy = () => {
    void write(text).then(setOutcome);
  };
  return (
    <span className={styles['copy']}>
      <button type="button" aria-label={`Copy ${what}`} title={`Copy ${what}`} onClick={copy}>
        <Icon name={outcome === 'copied' ? 'check' : 'copy'} />
        {shown && `Copy ${what}`}
      </button>
      <span role="status" className={styles['said']}>
        {words[outcome]}
      </span>
    </span>
  );
}

const words: Readonly<Record<Outcome, string>> = {
  idle: '',
  copied: 'Copied',
  refused: 'The browser refused to copy. Select the text and copy it by hand.',
};

/** Browsers give the clipboard only to secure pages, and a person may have refused it. */
async function write(text: string): Promise<Outcome> {
  try {
    await navigator.clipboard.writeText(text);
    return 'copied';
  } catch {
    return 'refused';
  }
}
