import { selectorInvalid } from './restore.errors.ts';

export type Requirement = {
  key: string;
  operator: 'in' | 'notIn' | 'exists' | 'absent' | 'greater' | 'less';
  values: readonly string[];
};

const name = String.raw`[A-Za-z0-9](?:[-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?`;
const key = new RegExp(`^(?:[a-z0-9](?:[-a-z0-9.]{0,251}[a-z0-9])?/)?${name}$`);
const value = new RegExp(`^(?:${name})?$`);

/**
 * A label selector as kubectl takes it: `app=web,tier in (a,b),env!=test,owner,!legacy,n>3`. All
 * requirements must hold; the empty text holds for everything. Throws `restores.selector_invalid`.
 */
export function parseLabelSelector(text: string): Requirement[] {
  return splitOutsideBrackets(text).map((part) => {
    const requirement = parseRequirement(part.trim());
    if (!requirement || !isValid(requirement)) throw selectorInvalid(text, part.trim());
    return requirement;
  });
}

/** As Kubernetes decides it: `!=` and `notin` hold for objects without the label, too. */
export const matchesLabels = (
  requirements: readonly Requirement[],
  labels: Readonly<Record<string, string>>,
): boolean => requirements.every((requirement) => holds(requirement, labels));

function holds({ key, operator, values }: Requirement, labels: Readonly<Record<string, string>>) {
  const held = Object.hasOwn(labels, key) ? labels[key] : undefined;
  if (operator === 'absent') return held === undefined;
  if (operator === 'notIn') return held === undefined || !values.includes(held);
  if (held === undefined) return false;
  if (operator === 'exists') return true;
  if (operator === 'in') return values.includes(held);
  if (!/^-?\d+$/.test(held)) return false;
  const [bound] = values.map(BigInt);
  return (
    bound !== undefined && (operator === 'greater' ? BigInt(held) > bound : BigInt(held) < bound)
  );
}

function splitOutsideBrackets(text: string): string[] {
  if (text.trim() === '') return [];
  const parts = [''];
  let inside = false;
  for (const letter of text) {
    if (letter === '(') inside = true;
    if (letter === ')') inside = false;
    if (letter === ',' && !inside) parts.push('');
    else parts[parts.length - 1] += letter;
  }
  return parts;
}

function parseRequirement(part: string): Requirement | null {
  const set = /^(\S+)\s+(in|notin)\s*\(([^()]*)\)$/.exec(part);
  if (set?.[1] !== undefined && set[3] !== undefined) {
    const values = set[3].split(',').map((item) => item.trim());
    return { key: set[1], operator: set[2] === 'in' ? 'in' : 'notIn', values };
  }
  const sign = /==|!=|=|>|</.exec(part);
  if (sign) return parseSign(part, sign[0], sign.index);
  if (part.startsWith('!')) return { key: part.slice(1).trim(), operator: 'absent', values: [] };
  return { key: part, operator: 'exists', values: [] };
}

const operators = { '==': 'in', '=': 'in', '!=': 'notIn', '>': 'greater', '<': 'less' } as const;

function parseSign(part: string, sign: string, at: number): Requirement | null {
  const operator = Object.entries(operators).find(([text]) => text === sign)?.[1];
  if (!operator) return null;
  const values = [part.slice(at + sign.length).trim()];
  return { key: part.slice(0, at).trim(), operator, values };
}

function isValid(requirement: Requirement): boolean {
  if (!key.test(requirement.key)) return false;
  const numeric = requirement.operator === 'greater' || requirement.operator === 'less';
  return requirement.values.every((text) => (numeric ? /^-?\d+$/ : value).test(text));
}
