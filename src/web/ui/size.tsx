import { figure, size } from '#shared/words/format.models.ts';

/** `1.5 KiB`; the exact number of bytes on hover. */
export function Size({ bytes }: { bytes: number }) {
  return <span title={`${figure(bytes)} bytes`}>{size(bytes)}</span>;
}
