import { Link } from '@tanstack/react-router';
import { Icon } from '../../ui/icon.tsx';
import styles from './frame.module.css';
import { pages } from './pages.ts';

export function Rail() {
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
              {label}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
