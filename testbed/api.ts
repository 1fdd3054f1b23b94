import { request } from 'node:https';

export type Api = { server: string; ca: string; token: string };
export type Call = {
  method?: string;
  path: string;
  body?: unknown;
  /** A body as it is to be sent, in place of `body`: for numbers that no double holds. */
  text?: string;
  contentType?: string;
};
export type Answer = { status: number; text: string };

/** One request to the API server, with no client of the product in between. */
export function callApi({ server, ca, token }: Api, call: Call): Promise<Answer> {
  const { method = 'GET', path, body, contentType = 'application/json' } = call;
  const content = call.text ?? (body === undefined ? undefined : JSON.stringify(body));
  const headers = { authorization: `Bearer ${token}`, 'content-type': contentType };
  return new Promise((resolve, reject) => {
    const sent = request(new URL(path, server), { method, ca, headers, agent: false }, (answer) => {
      const parts: Buffer[] = [];
      answer.on('data', (part: Buffer) => parts.push(part));
      answer.once('error', reject);
      answer.once('end', () => {
        resolve({ status: answer.statusCode ?? 0, text: Buffer.concat(parts).toString() });
      });
    });
    sent.once('error', reject);
    sent.end(content);
  });
}

/** Creates an object, or throws with what the API server said. */
export async function createObject(api: Api, path: string, body: unknown): Promise<void> {
  const { status, text } = await callApi(api, { method: 'POST', path, body });
  if (status !== 201) throw new Error(`POST ${path} answered ${status}: ${text}`);
}
