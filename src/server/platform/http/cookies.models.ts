/** How the session cookie is called and written. */
export type CookieJar = {
  name: string;
  /** The header Set-Cookie. `expiresAt`: milliseconds since 1970. */
  write: (value: string, expiresAt: number) => string;
  clear: () => string;
  /** The session's value among the cookies of a request. */
  read: (header: string | undefined) => string | undefined;
};

/**
 * Under TLS `__Host-lifeboat`: the browser itself then refuses it from any other host or path. On plain
 * loopback some browsers drop Secure cookies, and cookies ignore ports: the instance is in the name.
 */
export function cookieJar({ secure, instance }: { secure: boolean; instance: string }): CookieJar {
  const name = secure ? '__Host-lifeboat' : `lifeboat_${instance}`;
  const rest = `Path=/; HttpOnly; SameSite=Strict${secure ? '; Secure' : ''}`;
  return {
    name,
    write: (value, expiresAt) =>
      `${name}=${value}; Expires=${new Date(expiresAt).toUTCString()}; ${rest}`,
    clear: () => `${name}=; Max-Age=0; ${rest}`,
    read: (header) => readCookie(header, name),
  };
}

/** Two cookies of one name are a sign of tampering (one was set for another path): neither counts. */
function readCookie(header: string | undefined, name: string): string | undefined {
  const values = (header ?? '')
    .split(';')
    .map((pair) => pair.trim())
    .filter((pair) => pair.startsWith(`${name}=`))
    .map((pair) => pair.slice(name.length + 1));
  return values.length === 1 && values[0] !== '' ? values[0] : undefined;
}
