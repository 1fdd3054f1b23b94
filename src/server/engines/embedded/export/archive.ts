import { pipeline } from 'node:stream';
import { createGzip } from 'node:zlib';
import { pack } from 'tar-stream';

export type ArchiveEntry = { path: string; body: Buffer };

/**
 * A gzip-compressed tar of regular files, made as it is read. Mode 0755, because Velero gives the
 * folders it makes the mode of the file in them; names that fit no plain header get a PAX one.
 */
export async function* createArchive(
  entries: AsyncIterable<ArchiveEntry>,
  { at }: { at: Date },
): AsyncGenerator<Buffer, void> {
  const tar = pack();
  const zipped = createGzip();
  // Whoever reads `zipped` meets the error, pipeline hands it on. A reader that leaves early has
  // one raised after pipeline stopped listening: nobody else would hear it.
  zipped.on('error', () => {});
  tar.on('error', () => {});
  pipeline(tar, zipped, () => {});
  const write = ({ path, body }: ArchiveEntry) =>
    new Promise<void>((resolve, reject) => {
      tar.entry({ name: path, mode: 0o755, mtime: at }, body, (error) =>
        error ? reject(error) : resolve(),
      );
    });
  void feed(entries, write).then(
    () => tar.finalize(),
    (error: unknown) => tar.destroy(error instanceof Error ? error : new Error(String(error))),
  );
  try {
    yield* zipped;
  } finally {
    tar.destroy();
  }
}

async function feed(
  entries: AsyncIterable<ArchiveEntry>,
  write: (entry: ArchiveEntry) => Promise<void>,
): Promise<void> {
  for await (const entry of entries) await write(entry);
}
