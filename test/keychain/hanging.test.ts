import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { storeIn } from '../support/keychain-desk.ts';
import { KeychainSession } from '../support/keychain-session.ts';
import { commandLineOf, environmentOf, lives, processTree } from '../support/processes.ts';
import { VirtualDisplay } from '../support/virtual-display.ts';

const ACCOUNT = 'O-0123456789';
const SECRET = Buffer.from('the wrapping secret, 32 bytes ..');
const IN_BASE64 = SECRET.toString('base64');

/** Nobody answers the system's question on this display. */
let display: VirtualDisplay;
let session: KeychainSession;

beforeAll(async () => {
  display = await VirtualDisplay.open();
});
afterAll(() => display.close());

beforeEach(async () => {
  // Without a keyring the system asks for the password of a new one.
  session = await KeychainSession.open({ keychain: 'bare', display: display.name });
});
afterEach(() => session.close());

function keychainPrograms(parent: number): number[] {
  return processTree(parent).filter((pid) => lives(pid) && commandLineOf(pid).includes('keychain.js'));
}

describe('a keychain that asks the person, and waits', () => {
  it('is given up after the time that policy gives it, and its program is gone', async () => {
    const writing = storeIn(session.environment, 5_000).write(ACCOUNT, SECRET);
    expect(keychainPrograms(process.pid)).toHaveLength(1);

    await expect(writing).rejects.toMatchObject({
      code: 'KEYCHAIN_TIMEOUT',
      message: expect.stringContaining('within 5 seconds'),
      remedy: expect.stringContaining('Unlock the keychain first'),
    });

    expect(keychainPrograms(process.pid)).toEqual([]);
  });

  it('has got nothing of the secret but in messages, and nothing else of the desk', async () => {
    const environment = { ...session.environment, DESK_SECRET: 'of the desk', NODE_OPTIONS: '--title=x' };
    const refusal = storeIn(environment)
      .write(ACCOUNT, SECRET)
      .catch((thrown: unknown) => thrown);
    await session.prompted();
    const [program] = keychainPrograms(process.pid);

    const shown = `${commandLineOf(program ?? 0)}\n${environmentOf(program ?? 0).join('\n')}`;

    expect(shown).toContain('DBUS_SESSION_BUS_ADDRESS');
    expect(shown).not.toContain(IN_BASE64);
    expect(shown).not.toContain(SECRET.toString('utf8'));
    expect(shown).not.toMatch(/DESK_SECRET|NODE_OPTIONS/);
    // With the session gone nothing is left to wait for.
    await session.close();
    expect(await refusal).toMatchObject({ code: 'KEYCHAIN_UNAVAILABLE' });
  });

  it('holds no process back when the desk is killed', async () => {
    const caller = path.resolve(import.meta.dirname, '../support/keychain-caller.ts');
    const desk = spawn(process.execPath, [caller], { env: { ...session.environment }, stdio: 'ignore' });
    await session.prompted();
    const programs = keychainPrograms(desk.pid ?? 0);
    expect(programs).toHaveLength(1);

    desk.kill('SIGKILL');
    await once(desk, 'exit');

    await vi.waitFor(() => expect(programs.filter(lives)).toEqual([]), { timeout: 20_000 });
  });
});
