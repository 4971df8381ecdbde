/**
 * Secrets in the operating system's keychain, through the keychain program: one process for each call, so that no
 * secret stays in one, and one that hangs can be ended.
 */
import type { Json } from '../../shared/canonical.ts';
import type { Policy } from '../../shared/policy.ts';
import { ProgramEnded } from './child-conversation.ts';
import { keychainFault, keychainOdd, keychainTimeout } from './keychain-errors.ts';
import { keychainAnswerSchema } from './keychain-messages.ts';
import type { KeychainAnswer, KeychainRequest } from './keychain-messages.ts';
import type { ChildProgram, ChildPrograms } from './needs.ts';
import { bytesOf, wipe } from './passphrase.ts';
import type { SecretStore } from './secret-store.ts';

type Ask = (request: KeychainRequest) => Promise<KeychainAnswer>;

/**
 * Every call throws DeskError KEYCHAIN_UNAVAILABLE, KEYCHAIN_LOCKED or KEYCHAIN_TIMEOUT where the keychain does not
 * do its part. What crosses to the program and the library is text, which JavaScript cannot overwrite.
 */
export function keychainStore(
  programs: ChildPrograms,
  policy: Pick<Policy, 'keychainTimeoutMs'>,
): SecretStore {
  const inTime = <T>(work: (ask: Ask) => Promise<T>) =>
    withProgram(programs.start('keychain'), policy.keychainTimeoutMs, work);

  return {
    read: (account) => inTime((ask) => readEntry(ask, account)),
    write: (account, secret) =>
      inTime(async (ask) => {
        const answer = await ask({ ask: 'write', account, secret: asBase64(secret) });
        if (answer.gave !== 'written') throw keychainOdd('answered something else than was asked');
        const back = await readEntry(ask, account);
        const same = back !== null && Buffer.compare(back, secret) === 0;
        if (back !== null) wipe(back);
        if (!same) throw keychainOdd('does not give back what was put into it');
      }),
    remove: (account) =>
      inTime(async (ask) => {
        const answer = await ask({ ask: 'remove', account });
        if (answer.gave !== 'removed') throw keychainOdd('answered something else than was asked');
        const left = await readEntry(ask, account);
        if (left === null) return answer.was;
        wipe(left);
        throw keychainOdd('still holds the entry that was to be removed');
      }),
  };
}

async function readEntry(ask: Ask, account: string): Promise<Uint8Array | null> {
  const answer = await ask({ ask: 'read', account });
  if (answer.gave !== 'secret') throw keychainOdd('answered something else than was asked');
  return answer.secret === null ? null : bytesOf(answer.secret, 'base64');
}

/** Of the very bytes, not of a copy that nobody would overwrite. */
function asBase64({ buffer, byteOffset, length }: Uint8Array): string {
  return Buffer.from(buffer, byteOffset, length).toString('base64');
}

/** Runs the work within the time given for one answer each, and ends the program in any case. */
async function withProgram<T>(
  program: ChildProgram,
  limitMs: number,
  work: (ask: Ask) => Promise<T>,
): Promise<T> {
  try {
    return await work(async (request) => {
      const answer = keychainAnswerSchema.safeParse(await inTime(program.ask(request), limitMs));
      if (!answer.success) throw keychainOdd('answered something else than was asked');
      if (answer.data.gave === 'fault') throw keychainFault(answer.data.fault);
      return answer.data;
    });
  } catch (thrown) {
    // Nothing of the runtime's error goes further: it may name what was sent.
    if (thrown instanceof ProgramEnded) throw keychainOdd('ended while it was asked');
    throw thrown;
  } finally {
    program.end();
    await program.ended;
  }
}

async function inTime(answer: Promise<Json>, limitMs: number): Promise<Json> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(keychainTimeout(limitMs)), limitMs);
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
    // Whatever comes of it when the program is ended is no one's any more.
    answer.catch(() => undefined);
  }
}
