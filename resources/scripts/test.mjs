// @ts-check
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { check } from './check.mjs';
import { reportFailure } from './progress.mjs';
import { projectRoot } from './project.mjs';
import { runTool } from './run.mjs';
import { prepareDependencies, setUp } from './setup.mjs';
import { summaryLine, sumOf, tallyOf } from './tally.mjs';

const SUITES = ['unit', 'integration', 'faults'];

/**
 * @param {string} suite
 * @param {readonly string[]} extra arguments for vitest
 */
async function runSuite(suite, extra) {
  if (!existsSync(path.join(projectRoot, 'test', suite))) {
    console.log(`${suite}: test/${suite} does not exist yet`);
    return { passed: 0, failed: 0, skipped: 0 };
  }
  const folder = mkdtempSync(path.join(os.tmpdir(), 'recovery-desk-tests-'));
  try {
    const reportFile = path.join(folder, 'report.json');
    const run = ['run', '--config', 'test/vitest.config.ts', '--project', suite];
    const report = ['--reporter=default', '--reporter=json', `--outputFile.json=${reportFile}`];
    const code = await runTool('vitest', [...run, ...report, ...extra], {
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    const tally = tallyOf(readReport(reportFile), code);
    console.log(`${suite}: ${summaryLine(tally)}`);
    return tally;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * @param {string} file
 * @returns {import('./tally.mjs').Report | undefined}
 */
function readReport(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}

/**
 * A set-up step that fails is one failure among others; what does not need it still runs.
 * @param {() => Promise<void>} step
 */
async function tallyStep(step) {
  try {
    await step();
    return { passed: 0, failed: 0, skipped: 0 };
  } catch (error) {
    reportFailure(error);
    return { passed: 0, failed: 1, skipped: 0 };
  }
}

/**
 * Runs all runners one after another, also after one has failed, so that everything is counted.
 * @param {readonly string[]} suites none for all suites and the check
 * @param {readonly string[]} extra
 */
async function runAll(suites, extra) {
  const dependencies = await tallyStep(() => prepareDependencies());
  // Every runner is a dependency.
  if (dependencies.failed > 0) return dependencies;
  const tallies = suites.length === 0 ? [{ ...(await check()), skipped: 0 }] : [];
  tallies.push(await tallyStep(() => setUp()));
  for (const suite of suites.length === 0 ? SUITES : suites) tallies.push(await runSuite(suite, extra));
  return sumOf(tallies);
}

/** @param {readonly string[]} args */
function parse(args) {
  const end = args.findIndex((argument) => !SUITES.includes(argument));
  const suites = end === -1 ? args : args.slice(0, end);
  const extra = args.slice(suites.length).filter((argument, index) => index > 0 || argument !== '--');
  return { suites, extra };
}

const { suites, extra } = parse(process.argv.slice(2));
if (extra.length > 0 && suites.length !== 1) {
  process.stderr.write(
    `usage: test.mjs [${SUITES.join(' | ')}]... ; further arguments go with one suite alone\n`,
  );
  process.exit(2);
}
const total = await runAll(suites, extra);
console.log(`\n${summaryLine(total)}`);
process.exitCode = total.failed === 0 ? 0 : 1;
