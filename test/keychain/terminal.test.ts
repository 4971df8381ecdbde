/** The built terminal, with a real keychain and a real node. */
import { afterEach, describe, expect, it } from 'vitest';
import { documentOf, errorOf, withoutEffect } from '../support/command-line.ts';
import { deskScene } from '../support/desk-scene.ts';
import { storeIn } from '../support/keychain-desk.ts';
import { KeychainSession } from '../support/keychain-session.ts';
import {
  BUILT_MAIN,
  PASSPHRASE,
  draftOf,
  operatorAudit,
  terminalProcess,
  unsignedArgs,
  withOperators,
} from '../support/operator-terminal.ts';

describe('an operator in the terminal whose key the keychain wraps', () => {
  const scene = deskScene();
  const sessions: KeychainSession[] = [];

  afterEach(async () => {
    for (const session of sessions.splice(0)) await session.close();
  });

  async function opened(keychain: 'open' | 'none'): Promise<KeychainSession> {
    const session = await KeychainSession.open({ keychain });
    sessions.push(session);
    return session;
  }

  /** Ada, with the key of the practice operator in the keychain of a session of its own. */
  async function ada() {
    const session = await opened('open');
    const { environment } = session;
    const { id } = await withOperators(
      scene.data,
      async (operators) =>
        (await operators.create(draftOf('Ada', 'operator', { wrapping: 'keychain' }))).operator,
      environment,
    );
    return { session, id, environment };
  }

  function recover(environment: Readonly<Record<string, string>>, passphrase = PASSPHRASE) {
    const person = scene.desk.person('wim-de-groot');
    const line = [
      ...unsignedArgs(scene.desk, person, scene.data),
      '--operator',
      'Ada',
      '--passphrase-fd',
      '3',
    ];
    return terminalProcess(line, { passphrase, environment, entry: BUILT_MAIN });
  }

  async function refused(environment: Readonly<Record<string, string>>, passphrase?: string) {
    const run = await withoutEffect(scene.desk, scene.data, () => recover(environment, passphrase));
    return { ...errorOf(run), exit: run.code };
  }

  it('recovers with keychain and passphrase together', async () => {
    const { environment } = await ada();

    const run = await recover(environment);

    expect(run.code, run.stderr).toBe(0);
    expect(documentOf(run)).toMatchObject({ status: 'completed' });
    expect(operatorAudit(scene.data)).toEqual([
      'operator_created',
      'operator_signed_in passphrase',
      'operator_proved passphrase',
      'operator_signed_out',
    ]);
  });

  it('is told what is wrong with either, and only a wrong passphrase counts', async () => {
    const { session, id, environment } = await ada();
    const elsewhere = await opened('none');

    expect(await refused(environment, 'another passphrase')).toMatchObject({
      code: 'PASSPHRASE_WRONG',
      exit: 2,
    });
    await session.lock();
    expect(await refused(environment)).toMatchObject({ code: 'KEYCHAIN_LOCKED', exit: 1 });
    expect(await refused(elsewhere.environment)).toMatchObject({ code: 'KEYCHAIN_UNAVAILABLE', exit: 1 });

    expect(operatorAudit(scene.data).slice(1)).toEqual(['operator_attempt_failed PASSPHRASE_WRONG']);
    expect(id).toMatch(/^O-/u);
  });

  it('has lost the key with the entry, and is told so', async () => {
    const { id, environment } = await ada();
    await storeIn(environment).remove(id);

    expect(await refused(environment)).toMatchObject({ code: 'KEYCHAIN_ENTRY_MISSING', exit: 1 });
  });
});
