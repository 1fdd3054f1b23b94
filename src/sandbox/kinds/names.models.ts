import type { Resource } from '../api/resource.types.ts';
import { type JsonObject, objectAt, textAt } from '../json.models.ts';
import { type Cause, invalidValue, required } from '../status.errors.ts';

const label = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;
const subdomain = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;

const labelWords =
  "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')";
const subdomainWords =
  "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";

/** Kinds whose names are DNS labels. */
const labels = new Set(['namespaces', 'services']);

/** Problems of name, labels and the like, in the order in which the server reports them. */
export function metadataCauses(resource: Resource, object: JsonObject): Cause[] {
  const name = textAt(object, 'metadata', 'name');
  if (!name) return [required('metadata.name', 'name or generateName is required')];
  return [...nameCauses(resource, name), ...labelCauses(objectAt(object, 'metadata', 'labels'))];
}

function nameCauses({ group, bucket }: Resource, name: string): Cause[] {
  const refuse = (why: string) => [invalidValue('metadata.name', name, why)];
  if (group === 'rbac.authorization.k8s.io') return pathSegment(name).flatMap(refuse);
  const isLabel = labels.has(bucket);
  const longest = isLabel ? 63 : 253;
  if (name.length > longest) return refuse(`must be no more than ${longest} bytes`);
  if ((isLabel ? label : subdomain).test(name)) return [];
  return refuse(isLabel ? labelWords : subdomainWords);
}

/** RBAC names may be anything that fits one segment of a path. */
function pathSegment(name: string): string[] {
  if (name === '.' || name === '..') return [`may not be '${name}'`];
  return ['/', '%'].filter((bad) => name.includes(bad)).map((bad) => `may not contain '${bad}'`);
}

const labelValue = /^(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?$/;
const valueWords =
  "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')";

function labelCauses(given: JsonObject): Cause[] {
  return Object.values(given).flatMap((value) => {
    const text = typeof value === 'string' ? value : '';
    if (text.length > 63)
      return [invalidValue('metadata.labels', text, 'must be no more than 63 bytes')];
    return labelValue.test(text) ? [] : [invalidValue('metadata.labels', text, valueWords)];
  });
}
