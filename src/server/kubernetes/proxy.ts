import { BlockList, isIP } from 'node:net';

/** Environment variables, as `process.env` has them. */
export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The proxy that the environment wants for this server, by the rules that kubectl follows
 * (https://pkg.go.dev/golang.org/x/net/http/httpproxy): never for loopback, upper case first.
 */
export function proxyFromEnvironment(server: string, env: Environment): string | undefined {
  const url = new URL(server);
  const name = url.protocol === 'https:' ? 'HTTPS_PROXY' : 'HTTP_PROXY';
  const proxy = either(env, name);
  if (proxy === '' || isExempt(url, either(env, 'NO_PROXY'))) return undefined;
  return /^[a-z0-9]+:\/\//i.test(proxy) ? proxy : `http://${proxy}`;
}

const either = (env: Environment, name: string) => env[name] || env[name.toLowerCase()] || '';

function isExempt(url: URL, noProxy: string): boolean {
  const host = url.hostname.replaceAll(/[[\]]/g, '').toLowerCase();
  const port = url.port || (url.protocol === 'https:' ? '443' : '80');
  if (host === 'localhost' || (isIP(host) !== 0 && within(host, ['127.0.0.0/8', '::1/128'])))
    return true;
  return noProxy
    .toLowerCase()
    .split(',')
    .map((entry) => entry.trim())
    .some((entry) => entry !== '' && covers(entry, host, port));
}

/** `*`, an address, a network, `host`, `.host` (only below it), each but networks also with a port. */
function covers(entry: string, host: string, port: string): boolean {
  if (entry === '*') return true;
  if (entry.includes('/')) return isIP(host) !== 0 && within(host, [entry]);
  const { name, only } = withoutPort(entry);
  if (only !== undefined && only !== port) return false;
  if (isIP(name) !== 0) return isIP(host) !== 0 && within(host, [name]);
  const domain = name.replace(/^\*/, '');
  if (domain.startsWith('.')) return host.endsWith(domain);
  return host === domain || host.endsWith(`.${domain}`);
}

function withoutPort(entry: string): { name: string; only: string | undefined } {
  const match = /^(?:\[(?<six>[^\]]+)\]|(?<name>[^:]+))(?::(?<port>\d+))?$/.exec(entry)?.groups;
  return { name: match?.['six'] ?? match?.['name'] ?? entry, only: match?.['port'] };
}

function within(host: string, networks: readonly string[]): boolean {
  const list = new BlockList();
  for (const network of networks) {
    const [address = '', bits] = network.split('/');
    const family = isIP(address);
    if (family === 0) continue; // not a network: covers nothing, as in Go
    const prefix = Number(bits ?? (family === 4 ? 32 : 128));
    if (prefix >= 0 && prefix <= (family === 4 ? 32 : 128))
      list.addSubnet(address, prefix, family === 4 ? 'ipv4' : 'ipv6');
  }
  return list.check(host, isIP(host) === 4 ? 'ipv4' : 'ipv6');
}
