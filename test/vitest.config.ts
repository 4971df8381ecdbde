import path from 'node:path';
import { defineConfig } from 'vitest/config';

const SECOND = 1000;

/** Suites that start real nodes and processes: few at a time, with time to start them. */
const heavy = { maxWorkers: 2, testTimeout: 60 * SECOND, hookTimeout: 120 * SECOND };

const BUILT = 'test/support/build-processes.ts';

function suite(
  name: string,
  limits: {
    maxWorkers?: number;
    testTimeout: number;
    hookTimeout: number;
    isolate?: boolean;
    globalSetup?: string;
  },
) {
  return { test: { name, include: [`test/${name}/**/*.test.{ts,tsx}`], environment: 'node', ...limits } };
}

export default defineConfig({
  root: path.resolve(import.meta.dirname, '..'),
  test: {
    projects: [
      // Files share what they import, which took three quarters of the time.
      suite('unit', { testTimeout: 20 * SECOND, hookTimeout: 20 * SECOND, isolate: false }),
      suite('integration', { ...heavy, globalSetup: BUILT }),
      // Each file has a session bus of its own.
      suite('keychain', heavy),
      // These wait for blocks more than they compute.
      suite('faults', { ...heavy, maxWorkers: 3, globalSetup: BUILT }),
    ],
  },
});
