import type { TestProject } from 'vitest/node';
import { build } from '../../scripts/launch/build.mjs';
import { findChromium } from './chromium.ts';
import './provided.ts';

/** Once for all `*.browser.test.ts`: what is tested is what people start, built from these sources. */
export async function setup({ provide }: TestProject): Promise<void> {
  provide('chromium', findChromium());
  await build();
}
