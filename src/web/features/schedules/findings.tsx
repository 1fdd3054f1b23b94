import type { Finding, Remedy } from '#shared/schedules/preview.contract.ts';
import { count } from '#shared/words/format.models.ts';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import styles from './findings.module.css';

type Props = {
  findings: readonly Finding[];
  /** Set: what helps is a button beside it. */
  onRemedy?: (remedy: Remedy) => void;
};

const shown = 5;
const words = { error: 'Error', warning: 'Warning', info: 'Note' } as const;

/** What the check of the next 14 days found, the worst first. */
export function Findings({ findings, onRemedy }: Props) {
  if (findings.length === 0) return null;
  return (
    <section aria-label="What the next 14 days would bring">
      <ul className={styles['findings']}>
        {findings.slice(0, shown).map((finding) => (
          <li key={finding.kind + finding.sentence} data-severity={finding.severity}>
            <p>
              <Icon name={finding.severity === 'info' ? 'info' : 'alert'} />{' '}
              <b>{words[finding.severity]}</b> {finding.sentence}
            </p>
            {onRemedy &&
              finding.remedies.map((remedy) => (
                <Button key={remedy.label} size="small" onClick={() => onRemedy(remedy)}>
                  {remedy.label}
                </Button>
              ))}
          </li>
        ))}
      </ul>
      {findings.length > shown && (
        <p className={styles['more']}>and {count(findings.length - shown, 'finding')} more</p>
      )}
    </section>
  );
}
