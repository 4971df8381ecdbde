import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { TOKENS } from '../../../electron/practice/tokens.ts';
import type { RecoveryResult } from '../../../shared/outcome.ts';
import { PHASES } from '../../../shared/phases.ts';

const ROOT = path.resolve(import.meta.dirname, '../../..');

interface Demo {
  readonly pid: number;
  /** Resolves when stderr shows the text. */
  shows(wanted: string): Promise<void>;
  end(): Promise<{ readonly code: number | null; readonly stdout: string; readonly stderr: string }>;
}

/** Started as people start it, in a process group of its own. */
function demo(data: string, ...more: readonly string[]): Demo {
  const child = spawn('npm', ['run', '-s', 'demo', '--', '--json', '--data', data, ...more], {
    cwd: ROOT,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const { pid } = child;
  if (pid === undefined) throw new Error('the demo did not start');
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => {
    said += chunk.toString('utf8');
  });
  const ended = Promise.all([once(child, 'close'), text(child.stdout)]);
  return {
    pid,
    shows: (wanted) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          if (said.includes(wanted)) resolve();
        };
        child.stderr.on('data', look);
        child.once('exit', () => reject(new Error(`ended without showing "${wanted}": ${said}`)));
        look();
      }),
    async end() {
      const [[code], stdout] = await ended;
      return { code: typeof code === 'number' ? code : null, stdout, stderr: said };
    },
  };
}

/** Command lines of all processes that name the folder. */
function processesOf(folder: string): readonly string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      try {
        return [readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')];
      } catch {
        return [];
      }
    })
    .filter((line) => line.includes(folder));
}

describe.runIf(process.platform === 'linux')('demo', () => {
  let data: string;

  beforeEach(() => {
    data = mkdtempSync(path.join(tmpdir(), 'recovery-desk-demo-'));
  });
  afterEach(() => {
    const left = processesOf(data);
    rmSync(data, { recursive: true, force: true });
    if (left.length > 0) throw new Error(`still running: ${left.join('; ')}`);
  });

  function expectAsSeeded({ code, stdout }: { readonly code: number | null; readonly stdout: string }): void {
    const result: RecoveryResult = JSON.parse(stdout);
    const seeded = TOKENS.flatMap(({ symbol, shows }) => (shows === null ? [] : [[symbol, shows]]));
    expect(code).toBe(0);
    expect(result).toMatchObject({
      status: 'completed_with_token_failures',
      practice: true,
      tokens: { total: 12, recovered: 9, failed: 3 },
    });
    expect(result.tokens.failures.map(({ symbol, reason }) => [symbol, reason])).toEqual(seeded);
    expect(result.phases.map((phase) => phase.name)).toEqual(PHASES);
    expect(Object.fromEntries(result.phases.map(({ name, status }) => [name, status]))).toEqual({
      create_wallet: 'done',
      revoke_sessions: 'done',
      contain: 'skipped',
      create_identity: 'done',
      recover_identity: 'done',
      recover_tokens: 'partly',
      link_participant: 'done',
      reset_mfa: 'done',
      verify: 'done',
    });
    const counts = result.phases.flatMap(({ name, counts: told }) =>
      told === undefined ? [] : [[name, told]],
    );
    expect(Object.fromEntries(counts)).toEqual({
      revoke_sessions: { sign_in_hold: 1, sessions: 3 },
      link_participant: { wallet_link: 1 },
      reset_mfa: { second_factors: 1, passkeys: 1, api_keys: 1, wallet_verifications: 2, sessions: 0 },
    });
  }

  it('ends as its scenario was seeded, prints one document, and leaves nothing running', async () => {
    const run = await demo(data).end();

    expectAsSeeded(run);
    expect(processesOf(data)).toEqual([]);
  });

  it('works again in the same place, and two of them at once', async () => {
    const both = [demo(data), demo(data)];

    for (const run of both) expectAsSeeded(await run.end());
    expectAsSeeded(await demo(data).end());
    // Each clears away what ended before it.
    expect(readdirSync(path.join(data, 'practice'))).toHaveLength(1);
  });

  it('recovers as many tokens as were asked for', async () => {
    const { code, stdout } = await demo(data, '--tokens', '30').end();

    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      status: 'completed',
      tokens: { total: 30, recovered: 30, failed: 0 },
    });
  });

  it.each(['Starting the practice network', 'Recovery R-', 'Token recovery: running'])(
    'leaves no node behind when Ctrl-C is pressed at "%s"',
    async (when) => {
      const run = demo(data);
      await run.shows(when);

      // As a terminal does: to everybody in the foreground group.
      process.kill(-run.pid, 'SIGINT');
      const { stderr } = await run.end();

      expect(stderr).not.toMatch(/\n\s+at /);
    },
  );
});
