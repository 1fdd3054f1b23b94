import { type Body, fieldAt, textAt } from './body.models.ts';

/**
 * Whether a volume has lost its claim. It is free for the claim of the same name only once the uid of
 * the old one is gone from it.
 */
export const isReleased = (volume: Body): boolean =>
  textAt(volume, ['status', 'phase']) === 'Released';

/** `claim`: namespace/name of the claim a volume is kept for, `''` when it is free. */
export type VolumeUse = { claim: string; isReleased: boolean };

export function volumeUse(volume: Body): VolumeUse {
  const at = (name: string) => textAt(volume, ['spec', 'claimRef', name]);
  const isTaken = fieldAt(volume, ['spec', 'claimRef']) !== undefined;
  return {
    claim: isTaken ? `${at('namespace')}/${at('name')}` : '',
    isReleased: isReleased(volume),
  };
}

/**
 * A volume with `Retain` remembers the uid of the claim that was deleted, and the binder waits for
 * that one (kubernetes/pkg/controller/volume/persistentvolume).
 */
export const sayReleasedVolume = (name: string): string =>
  `Its volume ${name} still has the data, but waits for the deleted claim: the claim stays pending until an administrator frees the volume with kubectl patch pv ${name} --type=json -p '[{"op":"remove","path":"/spec/claimRef/uid"}]'.`;

/** What becomes of a claim whose volume it cannot have back. */
export const sayVolumeGone = (name: string): string =>
  `Its volume ${name} is gone or belongs to another claim: the claim gets a new, empty one.`;
