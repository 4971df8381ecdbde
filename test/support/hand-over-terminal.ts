/** Operators who hand a wallet over on the terminal, over the data folder of a `handOverScene`. */
import { execFileSync } from 'node:child_process';
import { closeSync, openSync, readSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { ChildPrograms } from '../../electron/operator/needs.ts';
import { keychainRequestSchema } from '../../electron/operator/keychain-messages.ts';
import { asDeskError } from '../../shared/errors.ts';
import type { Json } from '../../shared/canonical.ts';
import { draftOf, PASSPHRASE, setUp } from './operator-terminal.ts';
import type { HandOverScene, SceneKeychain } from './hand-over-scene.ts';
import { terminal } from './terminal.ts';
import type { TerminalRun } from './terminal.ts';

/** DOUBLE of the keychain program, over the scene's keychain: what it answers is in the real program's words. */
function programsOver(keychain: SceneKeychain): ChildPrograms {
  const answered = async (message: Json): Promise<Json> => {
    const request = keychainRequestSchema.parse(message);
    try {
      if (request.ask === 'read') {
        const secret = await keychain.read(request.account);
        return { gave: 'secret', secret: secret === null ? null : Buffer.from(secret).toString('base64') };
      }
      if (request.ask === 'remove') return { gave: 'removed', was: await keychain.remove(request.account) };
      await keychain.write(request.account, Buffer.from(request.secret, 'base64'));
      return { gave: 'written' };
    } catch (thrown) {
      if (asDeskError(thrown).code !== 'KEYCHAIN_LOCKED') throw thrown;
      return { gave: 'fault', fault: 'closed' };
    }
  };
  return { start: () => ({ ask: answered, end: () => undefined, ended: Promise.resolve() }) };
}

/** A pipe that was opened for a secret. */
export interface SecretPipe {
  /** To be handed on. It is closed by whoever writes. */
  readonly descriptor: number;
  /** What was written, once it was. */
  read(): string;
  close(): void;
}

export function secretPipe(folder: string, called = 'pipe'): SecretPipe {
  const name = path.join(folder, called);
  execFileSync('mkfifo', ['-m', '600', name]);
  const reading = openSync(name, 'r+');
  const descriptor = openSync(name, 'w');
  return {
    descriptor,
    read() {
      const buffer = Buffer.alloc(4096);
      return buffer.subarray(0, readSync(reading, buffer, 0, buffer.length, null)).toString('utf8');
    },
    close: () => closeSync(reading),
  };
}

export interface HandOverTerminal {
  /** Runs `handover` as an operator; `Anna` and `Bert` are set up. */
  readonly as: (name: string, ...argv: readonly string[]) => Promise<TerminalRun>;
  /** Runs what nobody signs in for. */
  readonly run: (...argv: readonly string[]) => Promise<TerminalRun>;
}

/** Closes the scene's records: the terminal is the one that works with them now. */
export async function handOverTerminal(scene: HandOverScene): Promise<HandOverTerminal> {
  scene.records.close();
  const { folder: data, keychain } = scene;
  await setUp(data, draftOf('Anna', 'operator'));
  await setUp(data, draftOf('Bert', 'custodian'));
  const programs = programsOver(keychain);
  const typed = path.join(data, '..', 'typed');
  writeFileSync(typed, PASSPHRASE, { mode: 0o600 });
  const run = (...argv: readonly string[]): Promise<TerminalRun> =>
    terminal(['handover', ...argv, '--data', data, '--json'], { programs });
  return {
    run,
    as: (name, ...argv) => run(...argv, '--operator', name, '--passphrase-fd', String(openSync(typed, 'r'))),
  };
}
