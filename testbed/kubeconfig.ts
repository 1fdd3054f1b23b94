import { writeFile } from 'node:fs/promises';

/** Writes a kubeconfig with one context, current, readable by its owner alone. */
export async function writeKubeconfig(
  path: string,
  given: { context: string; server: string; ca: string; user: string; token: string },
): Promise<string> {
  const { context, server, ca, user, token } = given;
  const text = `apiVersion: v1
kind: Config
current-context: ${context}
contexts:
  - name: ${context}
    context: { cluster: ${context}, user: ${JSON.stringify(user)} }
clusters:
  - name: ${context}
    cluster:
      server: ${server}
      certificate-authority-data: ${Buffer.from(ca).toString('base64')}
users:
  - name: ${JSON.stringify(user)}
    user: { token: ${JSON.stringify(token)} }
`;
  await writeFile(path, text, { mode: 0o600 });
  return path;
}
