import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { ProgramEnded } from '../../../electron/operator/child-conversation.ts';
import { keychainStore } from '../../../electron/operator/keychain-store.ts';
import type { ChildProgram, ChildPrograms } from '../../../electron/operator/needs.ts';
import type { Json } from '../../../shared/canonical.ts';
import { DEFAULT_POLICY } from '../../support/default-policy.ts';

const SECRET = Buffer.from('thirty-two bytes of a secret ...');
const IN_BASE64 = SECRET.toString('base64');
const ACCOUNT = 'O-0123456789';

/** DOUBLE of the program, for answers that the real one never gives. */
function programsDouble(answer: (message: Json) => Promise<Json>, keychainTimeoutMs = 50) {
  const running = new Set<ChildProgram>();
  const programs: ChildPrograms = {
    start: () => {
      const { promise: ended, resolve } = Promise.withResolvers<void>();
      const program: ChildProgram = {
        ask: answer,
        end: () => {
          running.delete(program);
          resolve();
        },
        ended,
      };
      running.add(program);
      return program;
    },
  };
  return { running, store: keychainStore(programs, { keychainTimeoutMs }) };
}

/** Answers in turn. */
function saying(...answers: Json[]) {
  return programsDouble(async () => answers.shift() ?? null);
}

describe('the keychain store', () => {
  it.each<[string, Json[]]>([
    ['gives back nothing', [{ gave: 'written' }, { gave: 'secret', secret: null }]],
    ['gives back something else', [{ gave: 'written' }, { gave: 'secret', secret: 'c2VjcmV0' }]],
    ['answers something that is none', [{ gave: 'written' }, { error: IN_BASE64 }]],
    ['answers another question', [{ gave: 'secret', secret: IN_BASE64 }]],
  ])('does not take a secret for written when the keychain %s', async (_name, answers) => {
    const { store, running } = saying(...answers);
    const refusal = await store.write(ACCOUNT, SECRET).catch((thrown: unknown) => thrown);
    expect(refusal).toMatchObject({ code: 'KEYCHAIN_UNAVAILABLE' });
    expect(JSON.stringify(refusal)).not.toContain(IN_BASE64);
    expect(running.size).toBe(0);
  });

  it('does not take an entry for removed that is still there', async () => {
    const { store } = saying({ gave: 'removed', was: true }, { gave: 'secret', secret: IN_BASE64 });
    await expect(store.remove(ACCOUNT)).rejects.toMatchObject({
      code: 'KEYCHAIN_UNAVAILABLE',
      message: expect.stringContaining('still holds the entry'),
    });
  });

  it('says what to do where the part for the keychain is not installed', async () => {
    const { store } = saying({ gave: 'fault', fault: 'missing_part' });
    await expect(store.read(ACCOUNT)).rejects.toMatchObject({
      code: 'KEYCHAIN_UNAVAILABLE',
      remedy: expect.stringContaining('libsecret-1-dev'),
      retry: 'never',
    });
  });

  it('leaves a person a minute to type its password, and waits no longer than two', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    onTestFinished(() => void vi.useRealTimers());
    const { keychainTimeoutMs } = DEFAULT_POLICY;
    const typed = Promise.withResolvers<Json>();
    const slow = programsDouble(() => typed.promise, keychainTimeoutMs).store.read(ACCOUNT);
    const hung = programsDouble(() => new Promise(() => undefined), keychainTimeoutMs);
    const refusal = hung.store.read(ACCOUNT).catch((thrown: unknown) => thrown);

    await vi.advanceTimersByTimeAsync(60_000);
    typed.resolve({ gave: 'secret', secret: IN_BASE64 });
    expect(await slow).toEqual(new Uint8Array(SECRET));
    await vi.advanceTimersByTimeAsync(60_000);

    expect(await refusal).toMatchObject({ code: 'KEYCHAIN_TIMEOUT' });
    expect(hung.running.size).toBe(0);
  });

  it('tells a program that ended from one that is late, and ends it in each case', async () => {
    const dead = programsDouble(() => Promise.reject(new ProgramEnded('ended')));
    await expect(dead.store.read(ACCOUNT)).rejects.toMatchObject({ code: 'KEYCHAIN_UNAVAILABLE' });
    const late = programsDouble(() => new Promise(() => undefined));
    await expect(late.store.read(ACCOUNT)).rejects.toMatchObject({ code: 'KEYCHAIN_TIMEOUT' });
    expect(dead.running.size + late.running.size).toBe(0);
  });
});
