/** Tests of the window: one started desk on the practice network, shared by all files that leave it as they found it. */
import { test as base, type Page } from '@playwright/test';
import { DeskRun } from './e2e-desk.ts';
import { openPractice } from './e2e-hands.ts';

interface Shared {
  /** A desk with the practice network open and its operator signed in. */
  readonly desk: DeskRun;
}

interface Own {
  /** The desk's page. */
  readonly window: Page;
}

export const test = base.extend<Own, Shared>({
  desk: [
    // oxlint-disable-next-line no-empty-pattern
    async ({}, use) => {
      const desk = new DeskRun();
      try {
        await openPractice(await desk.page());
        await use(desk);
      } finally {
        await desk.stop();
      }
    },
    { scope: 'worker', timeout: 90_000 },
  ],
  window: async ({ desk }, use) => {
    await use(await desk.page());
  },
});

export { expect } from '@playwright/test';
