import type { BrowserContext, ConsoleMessage, Page } from 'playwright-core';

/** Everything that must never happen on any page of ours, gathered while a test goes on. */
export type Watch = {
  complaints: () => readonly string[];
  /** What this test provokes on purpose. */
  expect: (pattern: RegExp) => void;
  /** A text that must stand in no address and no storage from now on. */
  keepSecret: (text: string) => void;
  /** The storage of the pages that are still open is looked at last. */
  look: (pages: readonly Page[]) => Promise<void>;
};

/** The browser says so of every answer with such a status; refusals are states of a page, not faults. */
const refusal = /^Failed to load resource: the server responded with a status of 4\d\d/;

/** Watches all pages of a context. `origin`: the one host that may be asked. */
export async function watchContext(context: BrowserContext, origin: string): Promise<Watch> {
  const said: string[] = [];
  const expected: RegExp[] = [];
  const secrets = new Set<string>();
  const addresses = new Set<string>();
  const complain = (complaint: string) => void said.push(complaint);

  await context.exposeBinding('reportViolation', (_, violation: string) =>
    complain(`content security policy: ${violation}`),
  );
  await context.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => {
      const { reportViolation } = window as unknown as { reportViolation: (text: string) => void };
      reportViolation(`${event.violatedDirective} ${event.blockedURI} ${event.sample}`);
    });
  });
  context.on('request', (request) => {
    addresses.add(withoutFragment(request.url()));
    if (!isOurs(request.url(), origin)) complain(`request to another host: ${request.url()}`);
  });
  context.on('console', (message) => {
    if (isTrouble(message)) complain(`console: ${message.text()} (${message.location().url})`);
  });
  context.on('weberror', (error) => complain(`uncaught: ${error.error().stack}`));
  context.on('page', (page) =>
    page.on('framenavigated', (frame) => addresses.add(withoutFragment(frame.url()))),
  );

  return {
    complaints: () => {
      const leaks = [...secrets].flatMap((secret) =>
        [...addresses].filter((one) => one.includes(secret)).map((one) => `secret in ${one}`),
      );
      return [...said, ...leaks].filter((one) => !expected.some((pattern) => pattern.test(one)));
    },
    expect: (pattern) => void expected.push(pattern),
    keepSecret: (text) => void secrets.add(text),
    look: async (pages) => {
      for (const page of pages.filter((one) => one.url().startsWith(origin))) {
        const stored = await storageOf(page);
        addresses.add(page.url());
        for (const secret of secrets)
          if (stored.includes(secret)) complain(`secret in the storage of ${page.url()}`);
      }
    },
  };
}

/** What leaves the browser: a fragment never does, and the sign-in link has its token there. */
const withoutFragment = (url: string): string => url.replace(/#.*/s, '');

const isOurs = (url: string, origin: string): boolean =>
  url.startsWith(`${origin}/`) || /^(data|blob|about):/.test(url);

function isTrouble(message: ConsoleMessage): boolean {
  if (!['error', 'warning'].includes(message.type())) return false;
  return !(refusal.test(message.text()) && message.location().url.includes('/api/'));
}

/** All that the browser would still have tomorrow, as text. */
const storageOf = (page: Page): Promise<string> =>
  page.evaluate(async () => {
    const of = (read: () => Storage): string => {
      try {
        return JSON.stringify(Object.entries(read()));
      } catch {
        return ''; // blocked
      }
    };
    const named = await indexedDB.databases().catch(() => []);
    return [
      of(() => localStorage),
      of(() => sessionStorage),
      document.cookie,
      JSON.stringify(named),
    ]
      .concat(JSON.stringify(history.state))
      .join('\n');
  });
