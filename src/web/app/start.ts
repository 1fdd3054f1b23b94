import { type Session, sessionApi } from '#shared/access/access.contract.ts';
import { type Call, CallError, sentence } from '../lib/call.ts';
import { byId, element, show } from '../ui/dom.ts';
import { overviewPage, readOverview } from './overview.ts';
import { problemBox, signInPage, takeLink, whoAmI } from './sign-in.ts';

export type Page = { call: Call; window: Window; now: () => number };

const refreshMilliseconds = 5000;

/** Signs in by the link in the address, or goes on with the session there is. */
export async function startPage(page: Page): Promise<void> {
  const { call, window } = page;
  const link = takeLink(window.location, window.history);
  try {
    const session =
      link === null ? await whoAmI(call) : await call(sessionApi.signIn, { body: { link } });
    if (session === null) showSignIn(page, null);
    else await showOverview(page, session);
  } catch (error) {
    showSignIn(page, sentence(error));
  }
}

function showSignIn(page: Page, problem: string | null): void {
  byId('person').replaceChildren();
  const signedIn = (session: Session) => void showOverview(page, session);
  byId('page').replaceChildren(...signInPage({ call: page.call, signedIn, problem }));
}

async function showOverview(page: Page, session: Session): Promise<void> {
  const signOut = element('button', { type: 'button', click: () => void leave(page) }, [
    'Sign out',
  ]);
  byId('person').replaceChildren(element('span', {}, [session.user]), signOut);
  byId('said').textContent = `Signed in as ${session.user}.`;
  byId('page').focus();
  await refresh(page);
}

/** Draws what is known now, and again in a moment, for as long as the session lasts. */
async function refresh(page: Page): Promise<void> {
  try {
    show(byId('page'), overviewPage(await readOverview(page.call), page.now()));
  } catch (error) {
    if (error instanceof CallError && error.problem.status === 401)
      return showSignIn(page, 'Your session has ended. Sign in again.');
    showStale(page, error);
  }
  page.window.setTimeout(() => void whenVisible(page), refreshMilliseconds);
}

/** What was shown stays, and is said to be old. */
function showStale({ now }: Page, error: unknown): void {
  const since = new Date(now()).toLocaleTimeString();
  const box = problemBox(`Not up to date since ${since}: ${sentence(error)}`);
  box.id = 'stale';
  if (document.querySelector('#stale') === null) byId('page').prepend(box);
}

async function whenVisible(page: Page): Promise<void> {
  if (byId('person').childElementCount === 0) return;
  if (page.window.document.visibilityState === 'visible') return refresh(page);
  page.window.document.addEventListener('visibilitychange', () => void refresh(page), {
    once: true,
  });
}

async function leave(page: Page): Promise<void> {
  try {
    await page.call(sessionApi.signOut, {});
    showSignIn(page, null);
    byId('said').textContent = 'Signed out.';
  } catch (error) {
    showStale(page, error);
  }
}
