type Headers = Readonly<Record<string, string | string[] | undefined>>;

/** Host names by which a machine reaches itself. Ports may differ: they are forwarded all the time. */
const loopbackNames = ['localhost', '127.0.0.1', '[::1]'];

/** `host`: as in the header, port included. A foreign name that resolves to us is a rebinding attack. */
export function hostAllowed(host: string | undefined, allowed: readonly string[]): boolean {
  const name = nameOf(host);
  return name !== undefined && [...loopbackNames, ...allowed.map(lower)].includes(name);
}

/**
 * Whether a mutation may come from where it says it does. Browsers always say; a session cookie without
 * either header is therefore no browser of ours. Programs with a token send neither.
 */
export function originAllowed(
  headers: Headers,
  { host, cookie }: { host: string; cookie: boolean },
): boolean {
  const site = headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin') return false;
  const { origin } = headers;
  if (origin === undefined) return site !== undefined || !cookie;
  return typeof origin === 'string' && hostOf(origin) === lower(host);
}

function nameOf(host: string | undefined): string | undefined {
  if (host === undefined || !/^[\w.-]+(:\d+)?$|^\[[\da-f:.]+\](:\d+)?$/i.test(host))
    return undefined;
  return lower(host.replace(/:\d+$/, ''));
}

function hostOf(origin: string): string | undefined {
  return URL.canParse(origin) ? new URL(origin).host : undefined;
}

const lower = (text: string) => text.toLowerCase();
