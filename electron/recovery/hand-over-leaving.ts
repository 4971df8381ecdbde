/**
 * What leaves the desk of a generated wallet: keystore, passphrase, or both in a file for the holder alone. Each leaving
 * is in the journal before it is handed out: one that is cut off counts as happened, and may be repeated.
 */
import path from 'node:path';
import { DeskError } from '../../shared/errors.ts';
import type { HandOverOf, HandOverRow } from '../../shared/hand-over.ts';
import { isSamePerson } from '../../shared/hand-over-rules.ts';
import type { Hex } from '../../shared/values.ts';
import { assertGivesOut, assertMayTake, handOverNow, refuse } from './hand-over.ts';
import type { HandOverContext, HandOverNow, Person } from './hand-over.ts';
import { keystoreDigest } from './keystore-digest.ts';
import { readKeystore } from './replacement-wallet.ts';

export interface LeavingFile {
  /** What a file of it is called. */
  readonly name: string;
  readonly text: string;
}

interface KeptKeystore {
  readonly file: string;
  readonly text: string;
}

function altered(context: HandOverContext, now: HandOverNow, person: Person, what: string): never {
  const error = new DeskError('HAND_OVER_ALTERED', {
    message: `${what} Nothing left the desk.`,
    remedy:
      'Put the data folder back from a backup of the day the plan was made, and try again. If nobody can say how it came about, treat it as tampering and report it.',
    retry: 'never',
  });
  return refuse(context, now.view, person, error);
}

/** The keystore as it was made. @throws DeskError KEYSTORE_UNREADABLE, HAND_OVER_ALTERED, HAND_OVER_NOT_KEPT */
async function keystoreOf(context: HandOverContext, now: HandOverNow, person: Person): Promise<KeptKeystore> {
  const { wallet: address } = now.view;
  const wallet = context.wallets.get(address);
  if (wallet === null) {
    throw new DeskError('HAND_OVER_NOT_KEPT', {
      message: `This desk does not know where the keystore of ${address} lies: it was made on another one. Nothing left the desk.`,
      remedy: 'Hand it over from the desk that made it.',
      retry: 'never',
    });
  }
  const file = path.resolve(context.folder, wallet.keystoreFile);
  const text = await readKeystore(file);
  const made: Hex | null = wallet.keystoreDigest;
  if (made !== null && made !== keystoreDigest(text))
    altered(context, now, person, `The keystore ${file} is not the one that was made with the plan.`);
  return { file, text };
}

function passphraseNotKept({ view, snapshot }: HandOverNow): DeskError {
  return new DeskError('HAND_OVER_NOT_KEPT', {
    message: `The desk does not have the passphrase of ${view.wallet}: whoever began the recovery (${snapshot.recovery.operator}) chose it, and it was not kept.`,
    remedy:
      'Have that person give it to the holder. If it is forgotten, nobody can open the wallet: open a new case with it as the lost wallet.',
    retry: 'never',
  });
}

/** The kept passphrase, proven to open the keystore to the plan's wallet. The caller wipes it. */
async function passphraseOf(
  context: HandOverContext,
  now: HandOverNow,
  person: Person,
  { text: keystore }: KeptKeystore,
): Promise<Uint8Array> {
  const { wallet: address } = now.view;
  const sealed = context.wallets.kept(address);
  if (sealed === null) throw passphraseNotKept(now);
  const passphrase = await context.custody
    .open({ address, keystore }, sealed)
    .catch((thrown: unknown) =>
      thrown instanceof DeskError && thrown.code === 'HAND_OVER_ALTERED'
        ? refuse(context, now.view, person, thrown)
        : Promise.reject(thrown),
    );
  await assertOpens(context, now, person, keystore, passphrase);
  return passphrase;
}

/** What is handed out must open the wallet. Wipes a passphrase that does not. */
async function assertOpens(
  context: HandOverContext,
  now: HandOverNow,
  person: Person,
  keystore: string,
  passphrase: Uint8Array,
): Promise<void> {
  const { wallet: address } = now.view;
  try {
    const opened = await context.codec.open(keystore, passphrase);
    if (opened.address === address) return;
  } catch (thrown) {
    passphrase.fill(0);
    throw thrown;
  }
  passphrase.fill(0);
  altered(context, now, person, `The keystore of ${address} opens to another wallet.`);
}

/** Judges anew and records without a pause between: of two who come at once the second is judged by the first. */
function record(
  context: HandOverContext,
  of: HandOverOf,
  fact: Omit<HandOverRow, 'at' | 'wallet'>,
  assertMay: (now: HandOverNow) => void,
): void {
  const now = handOverNow(context, of);
  assertGivesOut(now);
  assertMay(now);
  context.journal.recordHandOver(of.recoveryId, { wallet: of.wallet, ...fact });
  context.checkpoint(`hand_over:${fact.what}`);
}

/**
 * The keystore leaves with this person.
 * @throws DeskError as `handOverNow`; HAND_OVER_NOT_READY, HAND_OVER_DONE, HAND_OVER_SECOND_PERSON, HAND_OVER_ALTERED,
 *   KEYSTORE_UNREADABLE.
 */
export async function takeKeystore(
  context: HandOverContext,
  of: HandOverOf,
  person: Person,
): Promise<LeavingFile> {
  const now = handOverNow(context, of);
  assertGivesOut(now);
  assertMayTake(context, now, 'keystore', person);
  const { file, text } = await keystoreOf(context, now, person);
  record(context, of, { what: 'keystore', ...person, recipient: null }, (then) =>
    assertMayTake(context, then, 'keystore', person),
  );
  return { name: path.basename(file), text };
}

/**
 * The passphrase leaves with this person, who is shown it this once. The caller wipes it.
 * @throws DeskError as `takeKeystore`; HAND_OVER_NOT_KEPT, KEYCHAIN_*, KEYSTORE_CORRUPT, PASSPHRASE_WRONG.
 */
export async function takePassphrase(
  context: HandOverContext,
  of: HandOverOf,
  person: Person,
): Promise<Uint8Array> {
  const now = handOverNow(context, of);
  assertGivesOut(now);
  assertMayTake(context, now, 'passphrase', person);
  const keystore = await keystoreOf(context, now, person);
  const passphrase = await passphraseOf(context, now, person, keystore);
  try {
    record(context, of, { what: 'passphrase', ...person, recipient: null }, (then) =>
      assertMayTake(context, then, 'passphrase', person),
    );
    return passphrase;
  } catch (thrown) {
    passphrase.fill(0);
    throw thrown;
  }
}

/** Encrypts to the holder. The caller of it wipes the content. */
export interface HolderSeal {
  /** The key as it counts. @throws DeskError RECIPIENT_INVALID */
  recipientOf(typed: string): Promise<string>;
  seal(recipient: string, content: Uint8Array): Promise<string>;
}

/** A key that one person alone names could be their own. */
function namedByAnother({ view }: HandOverNow, recipient: string, person: Person): boolean {
  return (
    view.byOne ||
    view.recipients.some((named) => named.recipient === recipient && !isSamePerson(named, person))
  );
}

/** What the holder finds in the file: text, so that any program shows it. */
function holderContent(address: string, passphrase: Uint8Array, keystore: string): Uint8Array {
  const parts = [
    Buffer.from(`Wallet: ${address}\n\nPassphrase: `, 'utf8'),
    Buffer.from(passphrase),
    Buffer.from(`\n\nKeystore (save what follows as a file of its own):\n${keystore}`, 'utf8'),
  ];
  const content = Buffer.concat(parts);
  parts[1]?.fill(0);
  return content;
}

/**
 * Both leave in one file that only the holder opens, once a second person named the same key of the holder.
 * @param typed the holder's public key, typed by this person.
 * @returns null where this person is the first to name that key: another one has to.
 * @throws DeskError as `takePassphrase`, but for the two halves; RECIPIENT_INVALID.
 */
export async function takeForHolder(
  context: HandOverContext,
  of: HandOverOf,
  person: Person,
  { typed, to }: { readonly typed: string; readonly to: HolderSeal },
): Promise<LeavingFile | null> {
  const now = handOverNow(context, of);
  assertGivesOut(now);
  const recipient = await to.recipientOf(typed);
  const keystore = await keystoreOf(context, now, person);
  if (!namedByAnother(now, recipient, person)) {
    if (!now.view.passphraseKept) throw passphraseNotKept(now);
    record(context, of, { what: 'recipient', ...person, recipient }, () => undefined);
    return null;
  }
  const passphrase = await passphraseOf(context, now, person, keystore);
  const content = holderContent(now.view.wallet, passphrase, keystore.text);
  passphrase.fill(0);
  try {
    const text = await to.seal(recipient, content);
    record(context, of, { what: 'sealed', ...person, recipient }, () => undefined);
    return { name: `wallet-${now.view.wallet.slice(2, 10).toLowerCase()}.age`, text };
  } finally {
    content.fill(0);
  }
}
