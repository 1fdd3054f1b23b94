import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export type Certificates = {
  ca: string;
  /** For `localhost` and `api.internal`, not for 127.0.0.1. */
  server: { cert: string; key: string };
  client: { cert: string; key: string };
};

/** An authority, a server and a client, made by openssl. */
export function makeCertificates(): Certificates {
  const directory = mkdtempSync(join(tmpdir(), 'lifeboat-certificates-'));
  const openssl = (...options: string[]) =>
    execFileSync('openssl', options, { cwd: directory, stdio: 'pipe' });
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];
  const issue = (name: string, extensions: string) => {
    writeFileSync(join(directory, `${name}.ext`), extensions);
    openssl('req', ...key, '-subj', `/CN=${name}`, '-keyout', `${name}.key`, '-out', `${name}.csr`);
    const signed = ['-CA', 'ca.crt', '-CAkey', 'ca.key', '-CAcreateserial', '-days', '30'];
    openssl(
      'x509',
      '-req',
      '-in',
      `${name}.csr`,
      ...signed,
      '-extfile',
      `${name}.ext`,
      '-out',
      `${name}.crt`,
    );
    return { cert: read(`${name}.crt`), key: read(`${name}.key`) };
  };
  const read = (file: string) => readFileSync(join(directory, file), 'utf8');
  try {
    openssl(
      'req',
      '-x509',
      ...key,
      '-subj',
      '/CN=test authority',
      '-days',
      '30',
      '-keyout',
      'ca.key',
      '-out',
      'ca.crt',
    );
    const server = issue('server', 'subjectAltName=DNS:localhost,DNS:api.internal\n');
    const client = issue('ada', 'extendedKeyUsage=clientAuth\n');
    return { ca: read('ca.crt'), server, client };
  } finally {
    rmSync(directory, { recursive: true });
  }
}
