import type { TestProject } from 'vitest/node';
import './provided.ts';
import { startTestbed } from './start.ts';

/** One control plane with controllers for all `*.cluster.test.ts`. */
export async function setup({ provide }: TestProject): Promise<() => Promise<void>> {
  const testbed = await startTestbed();
  provide('testbed', testbed.access);
  return testbed.stop;
}
