/** Remembers in the tab that it was reloaded, so that a chunk that stays missing does not loop. */
const key = 'lifeboat.reloaded';
const once = 60_000;

/**
 * After an upgrade the files that this page would load next are gone. It then loads itself anew, once;
 * should that not help, the error boundary of the page says so.
 */
export function watchForNewVersion(): void {
  window.addEventListener('vite:preloadError', () => {
    if (mayReload(Date.now())) window.location.reload();
  });
}

function mayReload(now: number): boolean {
  try {
    const last = Number(sessionStorage.getItem(key) ?? 0);
    if (now - last < once) return false;
    sessionStorage.setItem(key, String(now));
    return true;
  } catch {
    // Without storage nobody would know how often: the person decides.
    return false;
  }
}

/** What browsers throw when a part of the page is not there any more. */
export const isMissingChunk = (error: unknown): boolean =>
  error instanceof Error &&
  /dynamically imported module|module script failed|preload css/i.test(error.message);
