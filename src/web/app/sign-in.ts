import { type Session, sessionApi } from '#shared/access/access.contract.ts';
import { type Call, CallError, sentence } from '../lib/call.ts';
import { element } from '../ui/dom.ts';

/** Takes the token out of the address before anything else, so that it stays in no history. */
export function takeLink(location: Location, history: History): string | null {
  const link = new URLSearchParams(location.hash.slice(1)).get('link');
  if (link !== null) history.replaceState(null, '', location.pathname + location.search);
  return link;
}

/** Who is signed in already; null: nobody. */
export async function whoAmI(call: Call): Promise<Session | null> {
  try {
    return await call(sessionApi.show, {});
  } catch (error) {
    if (error instanceof CallError && error.problem.status === 401) return null;
    throw error;
  }
}

type Needs = { call: Call; signedIn: (session: Session) => void; problem: string | null };

export function signInPage({ call, signedIn, problem }: Needs): HTMLElement[] {
  const place = element('div', { role: 'alert' }, problem === null ? [] : [problemBox(problem)]);
  return [
    element('div', {}, [
      element('h1', {}, ['Sign in']),
      element('p', { class: 'lede' }, [
        'Open the link that the server printed when it started. It works once; this prints another:',
      ]),
      element('code', { class: 'command' }, ['npm run -s lifeboat -- sessions link']),
    ]),
    place,
    element('section', {}, [
      element('h2', {}, ['Or with an account']),
      form(async (user, password) => {
        try {
          signedIn(await call(sessionApi.signIn, { body: { user, password } }));
        } catch (error) {
          place.replaceChildren(problemBox(sentence(error)));
        }
      }),
    ]),
  ];
}

function form(send: (user: string, password: string) => Promise<void>): HTMLFormElement {
  const user = element('input', { autocomplete: 'username', required: '' });
  const password = element('input', {
    type: 'password',
    autocomplete: 'current-password',
    required: '',
  });
  const submit = (event: Event) => {
    event.preventDefault();
    void send(user.value, password.value);
  };
  return element('form', { submit }, [
    element('label', {}, ['User', user]),
    element('label', {}, ['Password', password]),
    element('button', { class: 'primary' }, ['Sign in']),
  ]);
}

export const problemBox = (text: string): HTMLElement => element('p', { class: 'problem' }, [text]);
