/** A desk of a file's own on the practice network: its tests go on one after the other with what the one before left. */
import { test, type Page } from '@playwright/test';
import { DeskRun } from './e2e-desk.ts';
import { openPractice } from './e2e-hands.ts';

/** Started before the first test of the file, stopped after the last. @param give is handed it before the first test. */
export function shareDesk(give: (shared: { readonly desk: DeskRun; readonly page: Page }) => void): void {
  let desk: DeskRun | undefined;
  test.beforeAll(async () => {
    desk = new DeskRun();
    const page = await desk.page();
    await openPractice(page);
    give({ desk, page });
  });
  test.afterAll(() => desk?.stop());
}
