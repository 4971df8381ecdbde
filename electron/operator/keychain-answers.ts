/**
 * Answers the desk's questions from the keychain. SECURITY: faults leave as codes alone, never in the words of the
 * library, and nothing is asked of it but single entries by their names.
 */
import { KEYCHAIN_SERVICE, keychainRequestSchema } from './keychain-messages.ts';
import type { KeychainAnswer, KeychainFault, KeychainRequest } from './keychain-messages.ts';

/** What of keytar is used. Its search for all entries brings the process down where the keychain is locked. */
export interface Keytar {
  getPassword(service: string, account: string): Promise<string | null>;
  setPassword(service: string, account: string, password: string): Promise<void>;
  deletePassword(service: string, account: string): Promise<boolean>;
}

/** An entry that is written and removed again, to see whether the keychain is open. */
const TRIAL = 'trial entry, may be removed';

/** @param load null where keytar is not installed. Rejects for what is no question of the desk. */
export async function answerFromKeychain(
  load: () => Promise<Keytar | null>,
  message: unknown,
): Promise<KeychainAnswer> {
  const keytar = await load();
  if (keytar === null) return fault('missing_part');
  const request = keychainRequestSchema.parse(message);
  try {
    return await answerOne(keytar, request);
  } catch {
    return fault(await whyNot(keytar));
  }
}

async function answerOne(keytar: Keytar, request: KeychainRequest): Promise<KeychainAnswer> {
  const { account } = request;
  switch (request.ask) {
    case 'read': {
      const secret = await keytar.getPassword(KEYCHAIN_SERVICE, account);
      if (secret === null) await tryWriting(keytar);
      return { gave: 'secret', secret };
    }
    case 'write':
      await keytar.setPassword(KEYCHAIN_SERVICE, account, request.secret);
      return { gave: 'written' };
    case 'remove': {
      const was = await keytar.deletePassword(KEYCHAIN_SERVICE, account);
      if (!was) await tryWriting(keytar);
      return { gave: 'removed', was };
    }
  }
}

/**
 * A locked keychain, and one without a collection, says of every entry that there is none; only writing tells.
 * Rejects then.
 */
async function tryWriting(keytar: Keytar): Promise<void> {
  await keytar.setPassword(KEYCHAIN_SERVICE, TRIAL, 'trial');
  await keytar.deletePassword(KEYCHAIN_SERVICE, TRIAL);
}

/** Told apart by what it does, for its words differ by system, version and language. */
async function whyNot(keytar: Keytar): Promise<KeychainFault> {
  try {
    await keytar.getPassword(KEYCHAIN_SERVICE, TRIAL);
    return 'closed';
  } catch {
    return 'no_service';
  }
}

function fault(code: KeychainFault): KeychainAnswer {
  return { gave: 'fault', fault: code };
}
