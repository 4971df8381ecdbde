// @ts-check
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { check } from './check.mjs';
import { childEnvironment } from './child.mjs';
import { reportFailure } from './progress.mjs';
import { projectRoot } from './project.mjs';
import { findProjectNode } from './project-node.mjs';
import { runTool } from './run.mjs';
import { prepareDependencies, prepareSystem, setUp } from './setup.mjs';
import { playwrightTallyOf, summaryLine, sumOf, tallyOf } from './tally.mjs';

const SUITES = ['unit', 'integration', 'keychain', 'faults', 'e2e'];

/**
 * @param {string} suite
 * @param {readonly string[]} extra arguments for its runner
 */
async function runSuite(suite, extra) {
  if (!existsSync(path.join(projectRoot, 'test', suite))) {
    console.log(`${suite}: test/${suite} does not exist yet`);
    return { passed: 0, failed: 0, skipped: 0 };
  }
  const folder = mkdtempSync(path.join(os.tmpdir(), 'recovery-desk-tests-'));
  try {
    const reportFile = path.join(folder, 'report.json');
    const tally = await (suite === 'e2e' ? runPlaywright : runVitest)(suite, extra, reportFile);
    console.log(`${suite}: ${summaryLine(tally)}`);
    return tally;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * @param {string} suite
 * @param {readonly string[]} extra
 * @param {string} reportFile
 */
async function runVitest(suite, extra, reportFile) {
  const run = ['run', '--config', 'test/vitest.config.ts', '--project', suite];
  const report = ['--reporter=default', '--reporter=json', `--outputFile.json=${reportFile}`];
  const code = await runTool('vitest', [...run, ...report, ...extra], {
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  return tallyOf(readReport(reportFile), code);
}

/**
 * The window's suite, in a real browser.
 * @param {string} _suite
 * @param {readonly string[]} extra
 * @param {string} reportFile
 */
async function runPlaywright(_suite, extra, reportFile) {
  const run = ['test', '--config', 'test/playwright.config.ts', '--reporter=list,json'];
  const env = { ...childEnvironment(findProjectNode(projectRoot)), PLAYWRIGHT_JSON_OUTPUT_FILE: reportFile };
  const code = await runTool('playwright', [...run, ...extra], {
    stdio: ['ignore', 'inherit', 'inherit'],
    env,
  });
  return playwrightTallyOf(readReport(reportFile), code);
}

/**
 * @param {string} file
 * @returns {any} nothing where the run left none behind
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
  const dependencies = await tallyStep(async () => {
    await prepareSystem();
    await prepareDependencies();
  });
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
