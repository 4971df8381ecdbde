import { defineConfig } from '@playwright/test';

const SECOND = 1000;

/** Each file shares one desk. Two at a time: one waits for its node or its clock while the other computes. */
export default defineConfig({
  testDir: 'e2e',
  testMatch: '**/*.test.ts',
  outputDir: '../out/e2e',
  workers: 2,
  fullyParallel: false,
  retries: 0,
  forbidOnly: true,
  timeout: 90 * SECOND,
  expect: { timeout: 30 * SECOND },
  use: { actionTimeout: 30 * SECOND },
});
