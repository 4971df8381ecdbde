/**
 * The terminal in a process of its own that faults itself at a named moment: `crashing-cli.ts <fault> <arguments>`.
 * The product has no such switch; only what the engine names as checkpoints is used.
 */
import { writeSync } from 'node:fs';
import process from 'node:process';
import { nodeChildPrograms } from '../../electron/operator/node-child-programs.ts';
import { runTerminal } from '../../electron/cli/program.ts';
import { faultSchema } from './fault.ts';
import { BUILT } from './keychain-desk.ts';

const [spec = '{"signal":"none"}', ...argv] = process.argv.slice(2);
const fault = faultSchema.parse(JSON.parse(spec));

const stop = new AbortController();
process.on('SIGINT', () => stop.abort());

let passed = 0;
let sameName = 0;

function checkpoint(name: string): void {
  passed += 1;
  if (name === fault.at) sameName += 1;
  const here =
    fault.at === undefined ? passed === fault.count : name === fault.at && sameName === fault.count;
  if (!here || fault.signal === 'none') return;
  // Written at once: a killed process would take it along.
  writeSync(process.stderr.fd, `[${fault.signal} at ${name}]\n`);
  process.kill(process.pid, fault.signal);
}

process.exitCode = await runTerminal(
  {
    stdin: process.stdin,
    stdout: process.stdout,
    stderr: process.stderr,
    signal: stop.signal,
    checkpoint,
    programs: nodeChildPrograms(BUILT),
    openExternal: () => Promise.reject(new Error('there is no browser')),
  },
  argv,
);
