import { itemText, readStored } from '../api/manifest.models.ts';
import { apiVersionOf } from '../api/resource.types.ts';
import { selects } from '../api/selectors.models.ts';
import { printJson } from '../json.models.ts';
import { expired } from '../status.errors.ts';
import { firstAtLeast } from '../store/bucket.ts';
import type { View } from '../store/history.ts';
import { textOf } from '../store/stored.types.ts';
import type { PageSeen } from '../faults/faults.ts';
import type { World } from '../world.types.ts';
import type { Answer, Call } from './call.types.ts';
import { type Continue, parseContinue, printContinue } from './continue.models.ts';
import { type ListOptions, listOptions } from './list-options.models.ts';
import { type Cut, type Page, asPartialList, wantsPartial } from './partial.models.ts';

/** One page, of the state at the first page's revision. */
export function listObjects(call: Call, world: World, seen?: (page: PageSeen) => void): Answer {
  const { store, faults } = world;
  const { resource, namespace } = call;
  const bucket = store.bucket(resource.bucket);
  const options = listOptions(call.query, resource, store.revision());
  const from = startOf(options, { now: store.revision(), floor: bucket.floor(), faults });
  const cut = cutPage({ view: bucket.viewAt(from.revision), from, options, call });
  const revision = from.revision;
  seen?.({ resource, namespace, last: cut.last, more: cut.remaining > 0 });
  const token =
    cut.remaining > 0 ? printContinue({ revision, after: relative(cut.last, namespace) }) : '';
  const page = { resource, revision, token, cut, counted: !isSelective(options) };
  return { status: 200, body: wantsPartial(call) ? asPartialList(page) : printList(page) };
}

type Known = { now: number; floor: number; faults: World['faults'] };

function startOf(options: ListOptions, { now, floor, faults }: Known): Continue {
  if (!options.continueToken) {
    const revision = options.exact && options.revision ? options.revision : now;
    if (revision < floor) throw expired(`The provided resource version is too old: ${revision}`);
    return { revision, after: '' };
  }
  const token = parseContinue(options.continueToken);
  if (token.revision < 0) return { ...token, revision: now };
  if (token.revision < floor || faults.tokenExpired(token.revision))
    throw tokenExpired(token.after);
  return token;
}

/** https://kubernetes.io/docs/reference/using-api/api-concepts/#retrieving-large-results-sets-in-chunks */
const tokenExpired = (after: string) =>
  expired(
    'The provided continue parameter is too old to display a consistent list result. You can start a new list without the continue parameter, or use the continue token in this response to retrieve the remainder of the results. Continuing with the provided token results in an inconsistent list - objects that were created, modified, or deleted between the time the first chunk was returned and now may show up in the list.',
    { continue: printContinue({ revision: -1, after }) },
  );

const relative = (key: string, namespace: string) =>
  namespace ? key.slice(namespace.length + 1) : key;

const isSelective = ({ selection }: ListOptions) =>
  selection.labels.length + selection.fields.length > 0;

type PageOf = { view: View; from: Continue; options: ListOptions; call: Call };

function cutPage({ view, from, options, call: { namespace, resource } }: PageOf): Cut {
  const prefix = namespace ? `${namespace}/` : '';
  const end = namespace ? firstAtLeast(view.keys, `${namespace}0`) : view.keys.length;
  let index = firstAtLeast(view.keys, from.after ? `${prefix}${from.after}\u0000` : prefix);
  const items: string[] = [];
  let last = '';
  const full = () => options.limit > 0 && items.length >= options.limit;
  for (; index < end && !full(); index += 1) {
    const stored = view.get(view.keys[index] ?? '');
    const text = stored && textOf(stored);
    if (!text) continue;
    if (isSelective(options) && !selects(options.selection, readStored(text))) continue;
    items.push(itemText(resource, text));
    last = stored.key;
  }
  return { items, last, remaining: end - index };
}

/** Custom resources are printed as maps: fields in bytewise order, `continue` also when empty. */
function printList({ resource, revision, token, cut, counted }: Page): string {
  const version = apiVersionOf(resource);
  const items = cut.items.join(',');
  const left = token && counted ? cut.remaining : undefined;
  if (resource.custom) {
    const metadata = printJson({
      continue: token,
      remainingItemCount: left,
      resourceVersion: `${revision}`,
    });
    return `{"apiVersion":"${version}","items":[${items}],"kind":"${resource.listKind}","metadata":${metadata}}\n`;
  }
  const metadata = printJson({
    resourceVersion: `${revision}`,
    continue: token || undefined,
    remainingItemCount: left,
  });
  return `{"kind":"${resource.listKind}","apiVersion":"${version}","metadata":${metadata},"items":[${items}]}\n`;
}
