/** True for the addresses by which a machine reaches itself: 127.0.0.0/8, ::1, and IPv4 mapped. */
export function isLoopback(address: string): boolean {
  const plain = address.replace(/^::ffff:/i, '');
  return plain === '::1' || /^127(\.\d{1,3}){3}$/.test(plain);
}

/**
 * True for addresses that lead to the machine's own surroundings and never to a cluster: link-local ones,
 * where clouds hand out credentials (169.254.169.254), and the metadata services that have another one:
 * fd00:ec2::254 (AWS), fd20:ce::254 (Google Cloud), 100.100.100.200 (Alibaba Cloud). `host`: an address,
 * or the host name of a URL.
 */
export function isLinkLocal(host: string): boolean {
  const plain = host.replace(/%.*$/, '').replace(/^\[|\]$/g, '');
  const address = plain.includes(':') ? `[${plain}]` : plain;
  const normal = URL.parse(`http://${address}`)?.hostname ?? '';
  return (
    /^(169\.254\.|\[fe[89ab][0-9a-f]:|\[(::ffff|64:ff9b:):a9fe:)/.test(normal) ||
    metadata.has(normal)
  );
}

const metadata: ReadonlySet<string> = new Set([
  '[fd00:ec2::254]',
  '[fd20:ce::254]',
  '100.100.100.200',
  '[::ffff:6464:64c8]',
]);
