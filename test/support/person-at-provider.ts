/** A person at a real browser, who logs in and agrees wherever the desk sends them. */
import { chromium } from '@playwright/test';
import type { BrowserContext, Page } from '@playwright/test';
import { findBrowser } from '../../electron/chromium-runtime/find-browser.ts';

export class PersonAtProvider {
  readonly #context: BrowserContext;
  readonly #user: string;

  static async open(user: string): Promise<PersonAtProvider> {
    // SECURITY: Chromium's sandbox stays on, but for root, for whom it does not start.
    const chromiumSandbox = process.getuid?.() !== 0;
    const browser = await chromium.launch({ executablePath: findBrowser(), chromiumSandbox });
    return new PersonAtProvider(await browser.newContext(), user);
  }

  private constructor(context: BrowserContext, user: string) {
    this.#context = context;
    this.#user = user;
  }

  /** What the desk opens addresses with: each has a tab of its own. */
  readonly openExternal = async (url: string): Promise<void> => {
    const page = await this.#context.newPage();
    await page.goto(url);
    await this.#answer(page);
  };

  /** Whatever is asked there, until nothing more is. */
  async #answer(page: Page): Promise<void> {
    const asked = page.getByRole('heading', { name: /^(login|consent)$/u });
    while ((await asked.count()) > 0) {
      const user = page.getByLabel('User');
      if (await user.isVisible()) await user.fill(this.#user);
      await Promise.all([page.waitForEvent('load'), page.getByRole('button', { name: 'Go on' }).click()]);
    }
  }

  async close(): Promise<void> {
    await this.#context.browser()?.close();
  }
}
