/** True for the addresses by which a machine reaches itself: 127.0.0.0/8, ::1, and IPv4 mapped. */
export function isLoopback(address: string): boolean {
  const plain = address.replace(/^::ffff:/i, '');
  return plain === '::1' || /^127(\.\d{1,3}){3}$/.test(plain);
}
