import { diffLines } from 'diff';
import type { Change } from '#shared/backups/contents.contract.ts';
import { indented } from './indented.models.ts';

/** A line of a field that differs. `number`: its place in the list. */
export type ChangedLine = { kind: 'added' | 'removed' | 'same'; text: string; number: number };

/** Texts so long are shown as removed and added: comparing them would freeze the page. */
const mostEdits = 2000;
/** Lines around a change that stay. */
const context = 3;

/** The lines of a field before and after, with a few equal ones around. */
export function changedLines({ before, after }: Change): ChangedLine[] {
  const [from, to] = [valueInWords(before), valueInWords(after)];
  const parts = diffLines(from, to, { maxEditLength: mostEdits }) ?? [
    { value: from, removed: true, added: false },
    { value: to, added: true, removed: false },
  ];
  const lines = parts.flatMap(({ value, added, removed }) =>
    linesOf(value).map((text) => ({ kind: kindOf(added, removed), text })),
  );
  return lines
    .map((line, number) => ({ ...line, number }))
    .filter(
      ({ kind, number }) =>
        kind !== 'same' ||
        lines
          .slice(Math.max(0, number - context), number + context + 1)
          .some((near) => near.kind !== 'same'),
    );
}

const kindOf = (added: boolean, removed: boolean): ChangedLine['kind'] =>
  added ? 'added' : removed ? 'removed' : 'same';

const linesOf = (text: string): string[] =>
  text === '' ? [] : text.replace(/\n$/, '').split('\n');

/** `/data/app.properties` → `data › app.properties`: a JSON pointer for people. */
export const fieldInWords = (pointer: string): string =>
  pointer === ''
    ? 'Whole object'
    : pointer
        .slice(1)
        .split('/')
        .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
        .join(' › ');

/** A JSON text as people read it: a string without its quotes, so that its lines are lines; an object laid out. */
function valueInWords(json: string | null): string {
  if (json === null) return '';
  if (!json.startsWith('"')) return indented(json);
  try {
    return String(JSON.parse(json));
  } catch {
    return json;
  }
}
