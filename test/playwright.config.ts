import { defineConfig } from '@playwright/test';

const SECOND = 1000;

/** One worker: each file shares one desk, and two desks would share two cores with two nodes and two browsers. */
export default defineConfig({
  testDir: 'e2e',
  testMatch: '**/*.test.ts',
  outputDir: '../out/e2e',
  workers: 1,
  fullyParallel: false,
  retries: 0,
  forbidOnly: true,
  timeout: 90 * SECOND,
  expect: { timeout: 30 * SECOND },
  use: { actionTimeout: 30 * SECOND },
});
