// @ts-check
import { isEntryPoint } from './project.mjs';
import { runTool } from './run.mjs';
import { orExit, prepareDependencies } from './setup.mjs';

const STEPS = [
  { name: 'format', command: 'prettier', args: ['--check', '--cache', '--log-level', 'warn', '.'] },
  { name: 'lint', command: 'oxlint', args: ['--type-aware', '--deny-warnings'] },
  { name: 'types', command: 'tsc', args: ['--noEmit'] },
];

/**
 * Runs every step, also after one has failed, so that one run shows all there is to mend.
 * @returns {Promise<{ passed: number, failed: number }>}
 */
export async function check() {
  let failed = 0;
  for (const step of STEPS) {
    const code = await runTool(step.command, step.args, { stdio: ['ignore', 'inherit', 'inherit'] });
    if (code !== 0) failed += 1;
    console.log(`check ${step.name}: ${code === 0 ? 'passed' : 'failed'}`);
  }
  const passed = STEPS.length - failed;
  console.log(`check: ${passed} passed, ${failed} failed`);
  return { passed, failed };
}

if (isEntryPoint(import.meta.url)) {
  await orExit(async () => {
    await prepareDependencies();
    const { failed } = await check();
    process.exitCode = failed === 0 ? 0 : 1;
  });
}
