/** The replacement wallet as the options of `recover` give it. */
import { z } from 'zod';
import type { Address } from '../../shared/address.ts';
import { DeskError } from '../../shared/errors.ts';
import type { Records } from '../records.ts';
import type { ReadContext } from '../recovery/needs.ts';
import type { ReplacementSource } from '../recovery/prepare.ts';
import type { ControlChallenge } from '../recovery/proof-of-control.ts';
import { chooseGiven } from '../recovery/replacement-choice.ts';
import { keystoreAddress } from '../operator/keystore-address.ts';
import { newPassphraseWords } from '../operator/passphrase-words.ts';
import { custodyOf } from '../workbench/hand-over-services.ts';
import { passphraseFrom } from './given-passphrase.ts';
import { askNewPassphrase } from './prompt.ts';
import type { Session } from './session.ts';
import { subjectNow } from './subject.ts';

export interface ReplacementOptions {
  readonly wallet?: Address;
  readonly participant?: string;
  readonly replacement?: Address;
  readonly proof?: string;
  readonly proofExpires?: string;
  readonly callBack?: true;
  readonly replacementKeystore?: string;
  readonly replacementPassphraseFile?: string;
  readonly replacementWords?: true;
}

function badUsage(message: string, remedy: string): DeskError {
  return new DeskError('BAD_USAGE', { message, remedy, retry: 'never' });
}

/** An option left without its partner would be passed over, and another wallet taken than was meant. */
function assertTogether(given: ReplacementOptions): void {
  const { replacement, proof, proofExpires, callBack, replacementWords } = given;
  const { replacementKeystore: file, replacementPassphraseFile } = given;
  if (replacement === undefined && (proof !== undefined || callBack === true)) {
    throw badUsage(
      `${proof === undefined ? '--call-back' : '--proof'} was given without the address that it is for.`,
      'Add --replacement with the address of the holder.',
    );
  }
  const words = replacementWords === true;
  if (words && (replacement !== undefined || file !== undefined || replacementPassphraseFile !== undefined)) {
    throw badUsage(
      '--replacement-words was given beside another replacement wallet or its passphrase.',
      'Give one of them.',
    );
  }
  if (proofExpires !== undefined && proof === undefined) {
    throw badUsage('--proof-expires was given without a proof.', 'Add --proof with the signature.');
  }
}

/** Seconds since 1970 of a time with zone. */
function expiryOf(text: string): number {
  const time = z.iso.datetime({ offset: true }).safeParse(text);
  if (time.success) return Math.floor(Date.parse(time.data) / 1000);
  throw badUsage(`--proof-expires ${text} is no time with zone.`, 'Give it as `challenge` printed it.');
}

async function challengesFor(
  context: ReadContext,
  records: Records,
  given: ReplacementOptions,
  replacement: Address,
): Promise<readonly ControlChallenge[]> {
  const { participant, lostWallet, system } = await subjectNow(context, given);
  if (lostWallet === null) return [];
  const { chainId } = context.chain;
  const of = (participantId: string, expires: number): ControlChallenge => ({
    participantId,
    lostWallet,
    replacement,
    chainId,
    system,
    expires,
  });
  const stored = records.challenges
    .find(chainId, lostWallet, replacement)
    .filter((challenge) => challenge.participantId === participant.id)
    .map((challenge) => of(challenge.participantId, challenge.expiry));
  return given.proofExpires === undefined
    ? stored
    : [of(participant.id, expiryOf(given.proofExpires)), ...stored];
}

async function chosen(
  context: ReadContext,
  records: Records,
  given: ReplacementOptions,
  address: Address,
): Promise<ReplacementSource> {
  const { proof, callBack } = given;
  const reader = await context.chain.pin();
  if (proof !== undefined) {
    const challenges = await challengesFor(context, records, given, address);
    const kind = 'proof' as const;
    const replacement = { kind, address, signature: proof, challenges };
    return { kind: 'chosen', chosen: await chooseGiven(replacement, reader, context.policy, context.now()) };
  }
  if (callBack === true) {
    const replacement = { kind: 'call_back' as const, address };
    return { kind: 'chosen', chosen: await chooseGiven(replacement, reader, context.policy, context.now()) };
  }
  throw new DeskError('PROOF_MISSING', {
    message: `${address} was given as the replacement without a proof that the holder controls it. Nothing was done.`,
    remedy: 'Have the holder sign what `challenge` prints, and give the signature with --proof.',
    retry: 'never',
  });
}

/**
 * @throws DeskError BAD_USAGE, PROOF_MISSING, PROOF_INVALID, PROOF_EXPIRED, CALL_BACK_FORBIDDEN, PASSPHRASE_*, KEYSTORE_*.
 */
export async function replacementOf(
  session: Session,
  context: ReadContext,
  records: Records,
  given: ReplacementOptions,
): Promise<ReplacementSource> {
  const { replacement, replacementKeystore: file, replacementPassphraseFile } = given;
  assertTogether(given);
  if (replacement !== undefined) {
    if (replacementPassphraseFile !== undefined || file !== undefined) {
      throw badUsage(
        "Both a holder's address and a wallet of the desk were given.",
        'Give either --replacement with --proof, or --replacement-passphrase-file.',
      );
    }
    return chosen(context, records, given, replacement);
  }
  if (file !== undefined) {
    if (replacementPassphraseFile === undefined) {
      throw badUsage(
        'The passphrase of the replacement keystore is needed.',
        'Add --replacement-passphrase-file.',
      );
    }
    const passphrase = await passphraseFrom(replacementPassphraseFile, session.output);
    return { kind: 'keystore', file, address: await keystoreAddress(file, passphrase), passphrase };
  }
  if (given.replacementWords === true) {
    const passphrase = newPassphraseWords(records.policy.minPassphraseLength);
    return { kind: 'generate', passphrase, custody: custodyOf(session.programs, records) };
  }
  const passphrase =
    replacementPassphraseFile === undefined
      ? await askNewPassphrase(session.terminal, 'the new replacement wallet')
      : await passphraseFrom(replacementPassphraseFile, session.output);
  return { kind: 'generate', passphrase, custody: null };
}
