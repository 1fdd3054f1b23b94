import type { ReactNode } from 'react';
import styles from './frames.module.css';
import type { IconName } from './icon.models.ts';
import { Icon } from './icon.tsx';

type Props = {
  icon: IconName;
  title: string;
  detail?: string;
  tone?: 'calm' | 'bad';
  /** What can be done about it. */
  children?: ReactNode;
};

/** A stated condition where content would be: what it is, why, and the way on. */
export function Frame({ icon, title, detail = '', tone = 'calm', children }: Props) {
  return (
    <div className={styles['frame']} data-tone={tone} role={tone === 'bad' ? 'alert' : undefined}>
      <Icon name={icon} />
      <div className={styles['body']}>
        <p className={styles['title']}>{title}</p>
        {detail !== '' && <p className={styles['detail']}>{detail}</p>}
        <div className={styles['actions']}>{children}</div>
      </div>
    </div>
  );
}
