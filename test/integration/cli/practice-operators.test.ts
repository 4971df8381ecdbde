import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { operatorAudit, terminalProcess } from '../../support/operator-terminal.ts';

const MAIN = path.resolve(import.meta.dirname, '../../../electron/cli/main.ts');

interface Opened {
  readonly files: { readonly network: string; readonly operator: { readonly passphrase: string } };
  readonly operators: { readonly data: string; readonly names: readonly string[] };
  readonly people: readonly { readonly id: string; readonly lostWallet: string | null }[];
}

describe('the practice network that the terminal keeps open', () => {
  let data: string;
  let child: ChildProcess;

  beforeEach(() => {
    data = mkdtempSync(path.join(tmpdir(), 'recovery-desk-practice-'));
  });
  afterEach(async () => {
    child.kill('SIGINT');
    if (child.exitCode === null) await once(child, 'exit');
    rmSync(data, { recursive: true, force: true });
  });

  /** Settles with the document once it is written whole. */
  function opened(): Promise<Opened> {
    child = spawn(process.execPath, [MAIN, 'practice', '--json', '--data', data], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const { promise, resolve, reject } = Promise.withResolvers<Opened>();
    let written = '';
    child.stdout?.on('data', (chunk: Buffer) => {
      written += chunk.toString('utf8');
      if (written.endsWith('\n}\n')) resolve(JSON.parse(written) as Opened);
    });
    child.once('exit', () => reject(new Error('ended before it was open')));
    return promise;
  }

  it('has its operators sign in by name like any others, although policy wants a keychain', async () => {
    const { files, operators, people } = await opened();
    const person = people.find(({ id }) => id === 'wim-de-groot');
    const lostWallet = person?.lostWallet ?? '';

    const run = await terminalProcess(
      ['recover', '--json', '--network', files.network, '--wallet', lostWallet, '--reason', 'lost'].concat(
        ['--ticket', 'TRY-1', '--confirm', `RECOVER ${lostWallet.slice(-6)}`, '--data', operators.data],
        ['--replacement-passphrase-file', files.operator.passphrase, '--operator', operators.names[0] ?? ''],
        ['--passphrase-fd', '3'],
      ),
      { passphrase: readFileSync(files.operator.passphrase) },
    );

    expect(operators.names).toEqual([
      'Practice operator',
      'Practice identity manager',
      'Practice custodian',
      'Practice claim issuer',
    ]);
    expect(run.code, run.stderr).toBe(0);
    expect(JSON.parse(run.stdout)).toMatchObject({ status: 'completed' });
    expect(operatorAudit(operators.data).slice(-3)).toEqual([
      'operator_signed_in passphrase',
      'operator_proved passphrase',
      'operator_signed_out',
    ]);
  });
});
