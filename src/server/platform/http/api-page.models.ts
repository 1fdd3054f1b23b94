import type { Endpoint } from '#shared/http/endpoint.ts';

/** Text as HTML text or attribute. */
const escapeHtml = (text: string): string =>
  text.replace(/[&<>"']/g, (found) => `&#${found.charCodeAt(0)};`);

const style = `
:root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif; }
body { max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; vertical-align: top; padding: .4rem .8rem .4rem 0; border-top: 1px solid; }
code { overflow-wrap: anywhere; }`;

/** The API to read, without a script. `nonce`: of the content security policy. */
export function apiPage(endpoints: readonly Endpoint[], nonce: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>The API of Lifeboat</title>
<style nonce="${escapeHtml(nonce)}">${style}</style>
</head>
<body>
<main>
<h1>The API of Lifeboat</h1>
<p>Programs send an API token: <code>Authorization: Bearer lb_…</code>. Refusals are
<code>application/problem+json</code>: what happened, what was kept, what to do. The same as a document
for tools: <a href="/api/openapi.json">OpenAPI 3.1</a>.</p>
<table>
<thead><tr><th scope="col">Call</th><th scope="col">What it does</th><th scope="col">Permission</th><th scope="col">Command</th></tr></thead>
<tbody>
${endpoints.map(row).join('\n')}
</tbody>
</table>
</main>
</body>
</html>
`;
}

function row({ method, path, summary, permission, command }: Endpoint): string {
  const cell = (text: string) => `<td>${escapeHtml(text)}</td>`;
  const code = (text: string) => `<td><code>${escapeHtml(text)}</code></td>`;
  const typed = command === null ? cell('') : code(`lifeboat ${command}`);
  return `<tr>${code(`${method} ${path}`)}${cell(summary)}${code(permission)}${typed}</tr>`;
}
