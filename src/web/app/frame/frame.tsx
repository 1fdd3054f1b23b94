import { Outlet, useRouter } from '@tanstack/react-router';
import { useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { readLook, subscribeLook } from '../../lib/look.ts';
import styles from './frame.module.css';
import { Rail } from './rail.tsx';
import { TopBar } from './top-bar.tsx';
import { Overlays } from './overlays.tsx';
import { SandboxNote } from './sandbox-note.tsx';
import { type Overlay, useShortcuts } from './shortcuts.ts';

/** What stands around every page. */
export function Frame() {
  const main = useRef<HTMLElement>(null);
  const [overlay, setOverlay] = useState<Overlay | null>(null);
  useShortcuts(setOverlay);
  useFocusOnHeading(main);
  const look = useSyncExternalStore(subscribeLook, readLook);
  return (
    <div className={styles['app']} data-rail={look.rail}>
      <a className={styles['skip']} href="#main">
        Skip to the content
      </a>
      <Rail narrow={look.rail === 'narrow'} />
      <div className={styles['column']}>
        <TopBar onOverlay={setOverlay} />
        <SandboxNote />
        <main id="main" ref={main} tabIndex={-1} className={styles['main']}>
          <Outlet />
        </main>
      </div>
      <Overlays overlay={overlay} onClose={() => setOverlay(null)} />
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
