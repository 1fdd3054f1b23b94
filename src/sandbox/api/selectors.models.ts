import { type JsonObject, at, objectAt } from '../json.models.ts';
import { badRequest } from '../status.errors.ts';

export type Requirement = { key: string; test: (value: string | undefined) => boolean };

const setForm = /^([^\s!=,()]+)\s+(in|notin)\s*\(([^)]*)\)$/;
const equalForm = /^([^\s!=,()]+)\s*(==|=|!=)\s*([^\s!=,()]*)$/;
const existsForm = /^(!?)\s*([^\s!=,()]+)$/;

/** Label selector, both forms; throws 400 in the words of the API server. */
export function parseLabelSelector(text: string): Requirement[] {
  return splitRequirements(text).map((part) => labelRequirement(part.trim()));
}

/** Commas inside parentheses belong to a set. */
const splitRequirements = (text: string) => (text.trim() ? text.split(/,(?![^(]*\))/) : []);

function labelRequirement(part: string): Requirement {
  const set = setForm.exec(part);
  if (set) return setRequirement(set[1] ?? '', set[2] === 'in', set[3] ?? '');
  const equal = equalForm.exec(part);
  if (equal) return equality(equal[1] ?? '', equal[2] ?? '', equal[3] ?? '');
  const exists = existsForm.exec(part);
  if (!exists) throw badRequest(`unable to parse requirement: ${complaint(part)}`);
  const wanted = exists[1] !== '!';
  return { key: exists[2] ?? '', test: (value) => (value !== undefined) === wanted };
}

function complaint(part: string): string {
  if (part.startsWith('!!')) return "found '!', expected: identifier";
  const rest = part.replace(/^[^\s!=,()]+\s*/, '');
  return rest
    ? `found '${rest.split(/\s/)[0] ?? ''}', expected: in, notin, =, ==, !=, gt, lt`
    : "found '', expected: identifier";
}

function setRequirement(key: string, inside: boolean, list: string): Requirement {
  const values = new Set(list.split(',').map((value) => value.trim()));
  return {
    key,
    test: (value) => (value !== undefined && values.has(value)) === inside,
  };
}

const equality = (key: string, sign: string, wanted: string): Requirement => ({
  key,
  test: (value) => (value === wanted) === (sign !== '!='),
});

/** Fields that may be selected besides `metadata.name` and `metadata.namespace`. */
const selectable: Record<string, readonly string[]> = {
  Pod: [
    'spec.nodeName',
    'spec.restartPolicy',
    'spec.schedulerName',
    'spec.serviceAccountName',
    'status.phase',
    'status.podIP',
  ],
  Event: [
    'involvedObject.kind',
    'involvedObject.namespace',
    'involvedObject.name',
    'involvedObject.uid',
    'reason',
    'type',
  ],
  Secret: ['type'],
  Namespace: ['status.phase'],
  Node: ['spec.unschedulable'],
  Service: ['spec.clusterIP', 'spec.type'],
  Job: ['status.successful'],
  ReplicaSet: ['status.replicas'],
};

export function parseFieldSelector(text: string, kind: string): Requirement[] {
  const parts = text.trim() ? text.split(',') : [];
  return parts.map((part) => {
    const found = /^([^=!]+)(==|=|!=)(.*)$/.exec(part.trim());
    if (!found) throw badRequest(`invalid selector: '${text}'; can't understand '${part}'`);
    const [, field = '', sign = '', wanted = ''] = found;
    const known = ['metadata.name', 'metadata.namespace', ...(selectable[kind] ?? [])];
    if (!known.includes(field)) throw badRequest(`field label not supported: ${field}`);
    return { key: field, test: (value) => (value === wanted) === (sign !== '!=') };
  });
}

export type Selection = { labels: Requirement[]; fields: Requirement[] };

export function selects({ labels, fields }: Selection, object: JsonObject): boolean {
  const own = objectAt(object, 'metadata', 'labels');
  const inLabels = labels.every(({ key, test }) => test(asText(own[key])));
  return (
    inLabels && fields.every(({ key, test }) => test(asText(at(object, ...key.split('.'))) ?? ''))
  );
}

const scalarText = (value: unknown): string =>
  typeof value === 'string' ? value : JSON.stringify(value);

const asText = (value: unknown): string | undefined =>
  value === undefined || value === null ? undefined : scalarText(value);
