/** What is wrong with a page as it stands: accessibility in both themes, and what its policy had to refuse. */
import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';
import type { DeskRun } from './e2e-desk.ts';

export const THEMES = ['light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

/** Shows the desk in a theme, and waits until nothing of the change is still under way. */
export async function showTheme(desk: DeskRun, page: Page, theme: Theme): Promise<void> {
  await desk.get('desk.setAppearance', { appearance: theme });
  const shown = page.locator('html');
  if (page === (await desk.page())) await expect(shown).toHaveAttribute('data-mantine-color-scheme', theme);
  else
    await expect
      .poll(() => page.evaluate(() => matchMedia('(prefers-color-scheme: dark)').matches))
      .toBe(theme === 'dark');
  await settle(page);
}

/** Waits for the ends of all animations that have one. */
export async function settle(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const ending = document
      .getAnimations()
      .filter((one) => one.effect?.getComputedTiming().endTime !== Number.POSITIVE_INFINITY);
    await Promise.allSettled(ending.map((one) => one.finished));
  });
}

/** Rules of axe that screens break, by screen and theme: looked at on the way, judged together. */
export class AccessibilityFaults {
  readonly #looked = new Map<string, readonly string[]>();

  /** The screens that were looked at in both themes, and those of them that break a rule. */
  get result(): { readonly looked: readonly string[]; readonly faults: readonly string[] } {
    return { looked: [...this.#looked.keys()], faults: [...this.#looked.values()].flat() };
  }

  /** Holds every rule of axe against a screen, in light and in dark. */
  async look(desk: DeskRun, page: Page, screen: string): Promise<void> {
    const faults: string[] = [];
    for (const theme of THEMES) {
      await showTheme(desk, page, theme);
      // Legacy: the other way opens a page of its own, which the desk does not let anybody do.
      const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
      for (const { id, nodes } of violations) {
        for (const { target, failureSummary = '' } of nodes) {
          faults.push(`${screen}, ${theme}: ${id} at ${target.join(' ')}: ${failureSummary}`);
        }
      }
    }
    this.#looked.set(screen, faults);
  }
}

/** What a page's policy refused since its document began, told also where it was refused before anybody watched. */
export interface Refusals {
  readonly seen: readonly string[];
}

export async function watchRefusals(page: Page): Promise<Refusals> {
  const seen: string[] = [];
  const session = await page.context().newCDPSession(page);
  session.on('Log.entryAdded', ({ entry }) => {
    if (entry.source === 'security') seen.push(entry.text);
  });
  session.on('Audits.issueAdded', ({ issue }) => {
    const { contentSecurityPolicyIssueDetails: details } = issue.details;
    if (details !== undefined) seen.push(`${details.violatedDirective} ${details.blockedURL ?? ''}`.trim());
  });
  await session.send('Log.enable');
  await session.send('Audits.enable');
  return { seen };
}
