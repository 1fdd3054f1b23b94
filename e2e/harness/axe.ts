import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type Axe from 'axe-core';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** What axe finds on the page as it stands: rule, and the elements that break it. Empty: nothing. */
async function axeFindings(page: Page, within: string): Promise<string[]> {
  await page.evaluate(source);
  // What fades in is pale on its way: it is looked at when it is there.
  await page.waitForFunction(() =>
    document
      .getAnimations()
      .every((one) => one.effect?.getComputedTiming().iterations === Infinity),
  );
  const { violations } = await page.evaluate(
    ([place, runOnly]): Promise<AxeResults> =>
      (window as unknown as { axe: typeof Axe }).axe.run(place, { runOnly: [...runOnly] }),
    [within, tags] as const,
  );
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')}: ${failureSummary}`),
  );
}

const colours = [
  { name: 'light', media: { colorScheme: 'light', forcedColors: 'none' } },
  { name: 'dark', media: { colorScheme: 'dark', forcedColors: 'none' } },
  { name: 'forced colours', media: { colorScheme: 'light', forcedColors: 'active' } },
] as const;

/** The same in all colours, wide and narrow. */
export async function axeEverywhere(page: Page, within = 'html'): Promise<string[]> {
  const findings: string[] = [];
  for (const width of [1280, 360])
    for (const { name, media } of colours) {
      await page.setViewportSize({ width, height: 900 });
      await page.emulateMedia(media);
      const found = await axeFindings(page, within);
      findings.push(...found.map((finding) => `${name}, ${width} px: ${finding}`));
    }
  return findings;
}

/** How wide the page wants to be in a window of 320 px, which is one of 1280 px at 400 %. */
export async function widthAtMostZoom(page: Page): Promise<number> {
  await page.setViewportSize({ width: 320, height: 700 });
  return page.evaluate(() => document.documentElement.scrollWidth);
}
