import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Log } from '../../platform/log.ts';
import { unlessMissing } from './durable.ts';
import { removeLeftovers } from './fast-import.ts';
import { requireGit } from './git.ts';
import { createObjectReader, type ObjectReader } from './object-reader.ts';
import {
  createRepository,
  deleteRefs,
  listRefs,
  repositoryExists,
  repositoryPath,
} from './repository.ts';
import { createTrees, type Trees } from './trees.ts';
import { withWriterLock } from './writer-lock.ts';

/** A repository in use: its folder, and the helper that reads from it. */
export type Repository = {
  gitDir: string;
  reader: ObjectReader;
  /** The same without contents: quick for sizes. */
  sizes: ObjectReader;
  trees: Trees;
};

export type Repositories = {
  /** Null when this cluster has none yet. */
  find: (cluster: string) => Promise<Repository | null>;
  /** Made when there is none. */
  open: (cluster: string) => Promise<Repository>;
  /** Takes back what a process left that died while writing. Answers what was taken back. */
  recover: (cluster: string) => Promise<string[]>;
  /** After the packs were written anew: helpers start again on the new ones. */
  reopen: (cluster: string) => void;
  clusters: () => Promise<string[]>;
  close: () => void;
};

export function createRepositories({ data, log }: { data: string; log: Log }): Repositories {
  const opened = new Map<string, Repository>();
  const recovered = new Map<string, Promise<string[]>>();

  const recover = async (cluster: string) => {
    const gitDir = repositoryPath(data, cluster);
    if (!(await repositoryExists(gitDir))) return [];
    const taken = await withWriterLock(gitDir, 'recovery', () => takeBack(gitDir));
    if (taken.length > 0) log.warn({ cluster, taken }, 'took back what a dead process had left');
    return taken;
  };
  const recoverNow = (cluster: string) => {
    const trying = recover(cluster);
    recovered.set(cluster, trying);
    trying.catch(() => recovered.delete(cluster)); // whoever asked hears of it
    return trying;
  };
  const find = async (cluster: string) => {
    await requireGit();
    const known = opened.get(cluster);
    if (known) return known;
    const gitDir = repositoryPath(data, cluster);
    if (!(await repositoryExists(gitDir))) return null;
    const reader = createObjectReader(gitDir);
    const sizes = createObjectReader(gitDir, { only: 'sizes' });
    const repository = { gitDir, reader, sizes, trees: createTrees(reader) };
    opened.set(cluster, repository);
    return repository;
  };
  const reopen = (cluster: string) => {
    opened.get(cluster)?.reader.close();
    opened.get(cluster)?.sizes.close();
    opened.delete(cluster);
  };
  return {
    find,
    reopen,
    recover: recoverNow,
    open: async (cluster) => {
      await ensure(repositoryPath(data, cluster));
      await (recovered.get(cluster) ?? recoverNow(cluster));
      const repository = await find(cluster);
      if (!repository) throw new Error(`the repository of ${cluster} vanished`);
      return repository;
    },
    clusters: () => clustersIn(data),
    close: () => {
      for (const cluster of opened.keys()) reopen(cluster);
    },
  };
}

async function ensure(gitDir: string): Promise<void> {
  await requireGit();
  if (!(await repositoryExists(gitDir))) await createRepository(gitDir);
}

async function clustersIn(data: string): Promise<string[]> {
  const names = (await readdir(join(data, 'repositories')).catch(unlessMissing)) ?? [];
  return names.filter((name) => /^[a-z0-9].*\.git$/.test(name)).map((name) => name.slice(0, -4));
}

/** Runs under the writer's lock: whoever left these is dead. */
async function takeBack(gitDir: string): Promise<string[]> {
  const locks = await removeGitLocks(gitDir);
  const folder = join(gitDir, 'quarantine');
  const quarantined = (await readdir(folder).catch(unlessMissing)) ?? [];
  await rm(folder, { recursive: true, force: true });
  await removeLeftovers(gitDir);
  const refs = [
    ...(await listRefs(gitDir, 'refs/incoming/')),
    ...(await listRefs(gitDir, 'refs/reading/')),
  ].map(({ name }) => name);
  await deleteRefs(gitDir, refs);
  return [...locks, ...refs, ...quarantined];
}

/** git's own lock files outlive a git that was killed, and block every later one. */
async function removeGitLocks(gitDir: string): Promise<string[]> {
  const found = [
    'HEAD.lock',
    'config.lock',
    'packed-refs.lock',
    'packed-refs.new',
    'gc.pid',
    'gc.pid.lock',
  ];
  const refs = (await readdir(join(gitDir, 'refs'), { recursive: true })).filter((name) =>
    name.endsWith('.lock'),
  );
  const top = new Set(await readdir(gitDir));
  const locks = [
    ...found.filter((name) => top.has(name)),
    ...refs.map((name) => join('refs', name)),
  ];
  for (const lock of locks) await rm(join(gitDir, lock), { force: true });
  return locks;
}
