import type { Endpoint } from '#shared/http/endpoint.ts';
import { sendTo } from './call.ts';
import type { CommandRequest } from './request.ts';
import type { Answer, Send } from './transport.ts';

type Page = { items: unknown[]; next: string | null };

/** All pages as if they were one: what the first one says besides `items` is kept. */
export async function allPages(
  send: Send,
  endpoint: Endpoint,
  request: CommandRequest,
): Promise<Answer> {
  const query = { limit: '500', ...request.query };
  const first = await sendTo(send, endpoint, { ...request, query });
  const all: Page = JSON.parse(first.text);
  while (all.next !== null) {
    const after = { ...query, cursor: all.next };
    const { text } = await sendTo(send, endpoint, { ...request, query: after });
    const page: Page = JSON.parse(text);
    all.items.push(...page.items);
    all.next = page.next;
  }
  return { ...first, text: JSON.stringify(all) };
}
