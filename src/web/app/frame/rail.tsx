import { Link } from '@tanstack/react-router';
import { Icon } from '../../ui/icon.tsx';
import { changeLook } from '../../lib/look.ts';
import { Button } from '../../ui/button.tsx';
import styles from './frame.module.css';
import { pages } from './pages.ts';

export function Rail({ narrow }: { narrow: boolean }) {
  return (
    <nav aria-label="Pages" className={styles['rail']}>
      <p className={styles['mark']}>
        <img src="/mark.svg" alt="" width={22} height={22} /> <span>Lifeboat</span>
      </p>
      <ul>
        {pages.map(({ to, label, icon }) => (
          <li key={to}>
            <Link
              to={to}
              search={(before) => ({ cluster: before.cluster })}
              activeOptions={{ exact: to === '/' }}
              className={styles['page']}
            >
              <Icon name={icon} />
              <span>{label}</span>
            </Link>
          </li>
        ))}
      </ul>
      <div className={styles['fold']}>
        <Button
          size="small"
          look="quiet"
          icon={narrow ? 'chevronRight' : 'chevronLeft'}
          label={narrow ? 'Show the names of the pages' : 'Fold: show only the icons of the pages'}
          onClick={() => changeLook({ rail: narrow ? 'wide' : 'narrow' })}
        >
          {narrow ? '' : 'Fold'}
        </Button>
      </div>
    </nav>
  );
}
