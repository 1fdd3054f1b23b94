import { isLinkLocal } from '../../../platform/http/addresses.models.ts';
import { backupsFolder } from './velero-layout.models.ts';

/** Parts of an upload: S3 wants at least 5 MiB, and takes 10,000 of them (78 GiB in all). */
export const partBytes = 8 * 1024 * 1024;

/** `a/b` without outer slashes, `''` for none; null when it cannot be a prefix. */
export function normalPrefix(prefix: string | undefined): string | null {
  const trimmed = (prefix ?? '').replace(/^\/{0,512}/, '').replace(/\/$/, '');
  if (trimmed === '') return '';
  const wrong = (part: string) => part === '' || part === '.' || part === '..';
  // oxlint-disable-next-line no-control-regex -- those are what is refused
  if (/[\u0000-\u001f\u007f]/.test(trimmed) || trimmed.split('/').some(wrong)) return null;
  return trimmed;
}

/**
 * The address without a slash at its end; null unless it is plain http(s), with nothing secret, and not
 * link-local: what answers there is no store, but may hold credentials of this machine.
 */
export function normalEndpoint(endpoint: string): string | null {
  if (!URL.canParse(endpoint)) return null;
  const { protocol, username, password, search, hash, hostname, origin, pathname } = new URL(
    endpoint,
  );
  if (protocol !== 'http:' && protocol !== 'https:') return null;
  if (isLinkLocal(hostname)) return null;
  if (username !== '' || password !== '' || search !== '' || hash !== '') return null;
  return `${origin}${pathname.replace(/\/$/, '')}`;
}

/** The key of a file of a backup. */
export const keyOf = (given: { prefix: string; name: string; file: string }): string =>
  [given.prefix, backupsFolder, given.name, given.file].filter((part) => part !== '').join('/');

/** Path style: works with every server, and with bucket names that have dots. */
export function addressOf(given: {
  endpoint: string;
  bucket: string;
  key: string;
  query: Readonly<Record<string, string>>;
}): string {
  const { endpoint, bucket, key, query } = given;
  const path = key.split('/').map(encodeURIComponent).join('/');
  const search = new URLSearchParams(query).toString();
  return `${endpoint}/${bucket}${path === '' ? '' : `/${path}`}${search === '' ? '' : `?${search}`}`;
}

/** The text of an element in an answer; undefined when there is none. */
export function elementOf(xml: string, name: string): string | undefined {
  const from = xml.indexOf(`<${name}>`);
  if (from < 0) return undefined;
  const start = from + name.length + 2;
  const end = xml.indexOf(`</${name}>`, start);
  return end < 0 ? undefined : unescape(xml.slice(start, end));
}

const entities: Record<string, string> = {
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#34;': '"',
  '&apos;': "'",
  '&#39;': "'",
  '&amp;': '&',
};
const unescape = (text: string): string =>
  text.replace(/&(lt|gt|quot|#34|apos|#39|amp);/g, (entity) => entities[entity] ?? entity);

const escape = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** The body that puts the parts together, in their order. */
export const completion = (tags: readonly string[]): string =>
  `<CompleteMultipartUpload>${tags
    .map((tag, at) => `<Part><PartNumber>${at + 1}</PartNumber><ETag>${escape(tag)}</ETag></Part>`)
    .join('')}</CompleteMultipartUpload>`;

/** The error code of an answer: a word, never the sentence, which may repeat what we sent. */
export function errorCode(xml: string): string | undefined {
  const code = elementOf(xml, 'Code');
  return code !== undefined && /^[A-Za-z]{1,64}$/.test(code) ? code : undefined;
}
