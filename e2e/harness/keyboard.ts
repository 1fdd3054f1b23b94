import type { Page } from 'playwright-core';

type Role = Parameters<Page['getByRole']>[0];

/** More stops than any page has: then something cannot be reached. */
const mostStops = 150;

/** Presses Tab until the focus is on it, as somebody without a mouse would. Throws when it never is. */
export async function tabTo(page: Page, role: Role, name: string | RegExp): Promise<void> {
  const wanted = page.getByRole(role, { name, ...(typeof name === 'string' && { exact: true }) });
  await wanted.first().waitFor();
  for (let stops = 0; stops < mostStops; stops += 1) {
    await page.keyboard.press('Tab');
    if (await wanted.evaluateAll((all) => all.some((one) => one === document.activeElement)))
      return;
  }
  throw new Error(`no press of Tab reaches the ${role} “${String(name)}”`);
}

/** Goes there by Tab, and presses it. */
export async function pressOn(page: Page, role: Role, name: string | RegExp): Promise<void> {
  await tabTo(page, role, name);
  await page.keyboard.press(role === 'checkbox' ? 'Space' : 'Enter');
}
