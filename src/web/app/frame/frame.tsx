import { Outlet, useRouter } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import styles from './frame.module.css';
import { Rail } from './rail.tsx';
import { TopBar } from './top-bar.tsx';
import { useShortcuts } from './shortcuts.ts';

/** What stands around every page. */
export function Frame() {
  const main = useRef<HTMLElement>(null);
  useShortcuts();
  useFocusOnHeading(main);
  return (
    <div className={styles['app']}>
      <a className={styles['skip']} href="#main">
        Skip to the content
      </a>
      <Rail />
      <div className={styles['column']}>
        <TopBar />
        <main id="main" ref={main} tabIndex={-1} className={styles['main']}>
          <Outlet />
        </main>
      </div>
    </div>
  );
}

/** After a navigation the new page is read from its heading; a filter in the address moves nothing. */
function useFocusOnHeading(main: React.RefObject<HTMLElement | null>) {
  const router = useRouter();
  // Only then is the heading there: the code of a page may be on its way still.
  useEffect(
    () =>
      router.subscribe('onRendered', ({ fromLocation, pathChanged }) => {
        if (fromLocation !== undefined && pathChanged)
          main.current?.querySelector('h1')?.focus({ preventScroll: true });
      }),
    [router, main],
  );
}
