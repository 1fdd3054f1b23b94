import type { Resource } from '../api/resource.types.ts';
import { metadataOf, readStored } from '../api/manifest.models.ts';
import { printJson } from '../json.models.ts';
import type { Call } from './call.types.ts';

/** What a page is made of. `last`: key of its last object; `remaining`: objects after it. */
export type Cut = { items: string[]; last: string; remaining: number };

export type Page = {
  resource: Resource;
  revision: number;
  token: string;
  cut: Cut;
  /** The real server does not count what is left of a selection. */
  counted: boolean;
};

/** Asked for by `Accept: application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1`. */
export const wantsPartial = ({ accept }: Pick<Call, 'accept'>): boolean =>
  accept.includes('as=PartialObjectMetadata');

const head = { kind: 'PartialObjectMetadata', apiVersion: 'meta.k8s.io/v1' };

export const asPartial = (text: string): string =>
  printJson({ ...head, metadata: metadataOf(readStored(text)) });

/** Every item in it names its kind. */
export function asPartialList({ revision, token, cut, counted }: Page): string {
  const metadata = {
    resourceVersion: `${revision}`,
    continue: token || undefined,
    remainingItemCount: token && counted ? cut.remaining : undefined,
  };
  const list = { kind: 'PartialObjectMetadataList', apiVersion: 'meta.k8s.io/v1', metadata };
  return `${printJson(list).slice(0, -1)},"items":[${cut.items.map(asPartial).join(',')}]}\n`;
}
