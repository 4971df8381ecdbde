/** The person's own browser: what the system opens addresses with leads to it, as it would on their machine. */
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { chromium, type Browser, type Page } from '@playwright/test';
import { findBrowser } from '../../electron/chromium-runtime/find-browser.ts';
import { childEnvironment } from '../../resources/scripts/child.mjs';
import { waitFor } from './e2e-desk.ts';

export class OutsideBrowser {
  readonly #folder: string;
  readonly #browser: Browser;
  readonly page: Page;
  #seen = 0;

  /** @param folder for the program that opens addresses. */
  static async open(folder: string): Promise<OutsideBrowser> {
    mkdirSync(folder, { recursive: true });
    const program = path.join(folder, 'xdg-open');
    writeFileSync(program, `#!/bin/sh\nprintf '%s\\n' "$1" >> "${path.join(folder, 'opened')}"\n`);
    chmodSync(program, 0o700);
    // SECURITY: Chromium's sandbox stays on, but for root, for whom it does not start.
    const browser = await chromium.launch({
      executablePath: findBrowser(),
      chromiumSandbox: process.getuid?.() !== 0,
    });
    return new OutsideBrowser(folder, browser, await (await browser.newContext()).newPage());
  }

  private constructor(folder: string, browser: Browser, page: Page) {
    this.#folder = folder;
    this.#browser = browser;
    this.page = page;
  }

  /** What a desk is started with, so that the system opens addresses here. */
  get environment(): NodeJS.ProcessEnv {
    const { PATH = '' } = childEnvironment(process.execPath);
    return { PATH: `${this.#folder}:${PATH}` };
  }

  /** Goes to the next address that was opened. */
  async goToOpened(): Promise<void> {
    const file = path.join(this.#folder, 'opened');
    const url = await waitFor('an address to be opened in the browser', () => {
      const lines = existsSync(file) ? readFileSync(file, 'utf8').split('\n').slice(0, -1) : [];
      return lines[this.#seen];
    });
    this.#seen += 1;
    await this.page.goto(url);
  }

  async close(): Promise<void> {
    await this.#browser.close();
  }
}
