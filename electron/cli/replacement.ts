/** The replacement wallets as the options of `recover` give them: of the lost wallet, and of those lost with it. */
import { z } from 'zod';
import type { Address } from '../../shared/address.ts';
import { DeskError } from '../../shared/errors.ts';
import type { Records } from '../records.ts';
import type { ReadContext } from '../recovery/needs.ts';
import type { FurtherSource, OtherSource, ReplacementSource } from '../recovery/prepare.ts';
import type { ChosenReplacement } from '../recovery/preview-request.ts';
import type { ControlChallenge } from '../recovery/proof-of-control.ts';
import { chooseGiven } from '../recovery/replacement-choice.ts';
import { keystoreAddress } from '../operator/keystore-address.ts';
import { newPassphraseWords } from '../operator/passphrase-words.ts';
import { wipe } from '../operator/passphrase.ts';
import { custodyOf } from '../workbench/hand-over-services.ts';
import { badUsage } from './executor-options.ts';
import { passphraseFrom } from './given-passphrase.ts';
import { assertOthersOnly, sayingsOf } from './other-wallets.ts';
import type { Control, OtherProofOptions, Said, SaidLost, WrittenSource } from './other-wallets.ts';
import { askNewPassphrase } from './prompt.ts';
import type { Session } from './session.ts';
import { subjectNow } from './subject.ts';

export interface ReplacementOptions extends OtherProofOptions {
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

/** Where every replacement of a plan comes from. */
export interface Replacements {
  readonly first: ReplacementSource;
  readonly others: readonly OtherSource[];
  /** Wipes the passphrases. */
  wipe(): void;
}

/** Without a word of it the desk makes a wallet, as it does for the lost wallet of the case. */
const MADE = { kind: 'generate' } as const;

type OwnSource = Exclude<WrittenSource, { kind: 'account' }>;

function firstSource({ replacement, replacementKeystore: file }: ReplacementOptions): OwnSource {
  if (replacement !== undefined) return { kind: 'address', address: replacement };
  return file === undefined ? MADE : { kind: 'keystore', file };
}

/** An option left without its partner would be passed over, and another wallet taken than was meant. */
function assertTogether(given: ReplacementOptions, written: readonly WrittenSource[]): void {
  const { replacement, proof, proofExpires, callBack, replacementKeystore } = given;
  const { replacementPassphraseFile: passphrase, replacementWords: words } = given;
  if (replacement === undefined && (proof !== undefined || callBack === true)) {
    throw badUsage(
      `${proof === undefined ? '--call-back' : '--proof'} was given without the address that it is for.`,
      'Add --replacement with the address of the holder.',
    );
  }
  if (proofExpires !== undefined && proof === undefined) {
    throw badUsage('--proof-expires was given without a proof.', 'Add --proof with the signature.');
  }
  const made = written.some(({ kind }) => kind === 'generate');
  const opened = written.some(({ kind }) => kind === 'keystore');
  if (words === true && (passphrase !== undefined || opened || !made)) {
    throw badUsage(
      '--replacement-words was given beside another replacement wallet or its passphrase.',
      'Give one of them.',
    );
  }
  if (
    replacement !== undefined &&
    (replacementKeystore !== undefined || (passphrase !== undefined && !made && !opened))
  ) {
    throw badUsage(
      "Both a holder's address and a wallet of the desk were given.",
      'Give either --replacement with --proof, or --replacement-passphrase-file.',
    );
  }
  if (opened && passphrase === undefined) {
    throw badUsage(
      'The passphrase of the replacement keystore is needed.',
      'Add --replacement-passphrase-file.',
    );
  }
}

/** Seconds since 1970 of a time with zone. */
function expiryOf(text: string): number {
  const time = z.iso.datetime({ offset: true }).safeParse(text);
  if (time.success) return Math.floor(Date.parse(time.data) / 1000);
  throw badUsage(`${text} is no time with zone.`, 'Give the expiry of the proof as `challenge` printed it.');
}

type SubjectNow = Awaited<ReturnType<typeof subjectNow>>;

/** A lost wallet, the address that replaces it, and how its holder showed that it is theirs. */
interface Wanted {
  /** Null where it is not known: then no challenge was made either. */
  readonly lostWallet: Address | null;
  readonly address: Address;
  readonly control: Control;
  /** How the proof would be given. */
  readonly option: string;
}

function challengesFor(
  context: ReadContext,
  records: Records,
  { participant, system }: SubjectNow,
  { lostWallet, address: replacement, control }: Wanted,
): readonly ControlChallenge[] {
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
  return control.proofExpires === undefined
    ? stored
    : [of(participant.id, expiryOf(control.proofExpires)), ...stored];
}

async function chosen(
  context: ReadContext,
  records: Records,
  subject: SubjectNow,
  wanted: Wanted,
): Promise<ChosenReplacement> {
  const { address, control, option } = wanted;
  if (control.proof !== undefined) {
    const challenges = challengesFor(context, records, subject, wanted);
    const given = { kind: 'proof' as const, address, signature: control.proof, challenges };
    return chooseGiven(given, await context.chain.pin(), context.policy, context.now());
  }
  if (control.callBack) {
    const given = { kind: 'call_back' as const, address };
    return chooseGiven(given, await context.chain.pin(), context.policy, context.now());
  }
  throw new DeskError('PROOF_MISSING', {
    message: `${address} was given as the replacement without a proof that the holder controls it. Nothing was done.`,
    remedy: `Have the holder sign what \`challenge\` prints, and give the signature with ${option}.`,
    retry: 'never',
  });
}

/** Passphrases of wallets that the desk makes or opens. */
interface Passphrases {
  /** For one wallet that is made: of its own where the desk makes them up, else the one that was given. */
  forMade(): Extract<ReplacementSource, { kind: 'generate' }>;
  given(): Uint8Array;
  wipe(): void;
}

async function passphrasesFor(
  session: Session,
  records: Records,
  { replacementPassphraseFile: file, replacementWords: words }: ReplacementOptions,
  written: readonly WrittenSource[],
): Promise<Passphrases> {
  const made = written.filter(({ kind }) => kind === 'generate').length;
  const needed = words !== true && written.some(({ kind }) => kind === 'generate' || kind === 'keystore');
  const what = made > 1 ? `the ${made} new replacement wallets` : 'the new replacement wallet';
  const typed = (): Promise<Uint8Array> => askNewPassphrase(session.terminal, what);
  const shared = needed ? await (file === undefined ? typed() : passphraseFrom(file, session.output)) : null;
  const all: Uint8Array[] = shared === null ? [] : [shared];
  const custody = words === true ? custodyOf(session.programs, records) : null;
  const given = (): Uint8Array => {
    if (shared === null) throw new Error('no passphrase was asked for');
    return shared;
  };
  return {
    given,
    forMade() {
      if (custody === null) return { kind: 'generate', passphrase: given(), custody };
      const passphrase = newPassphraseWords(records.policy.minPassphraseLength);
      all.push(passphrase);
      return { kind: 'generate', passphrase, custody };
    },
    wipe: () => all.forEach(wipe),
  };
}

async function keystoreSource(
  file: string,
  passphrase: Uint8Array,
): Promise<Extract<ReplacementSource, { kind: 'keystore' }>> {
  return { kind: 'keystore', file, address: await keystoreAddress(file, passphrase), passphrase };
}

type Chosen = ReadonlyMap<Address | 'first', ChosenReplacement>;

/** The addresses of holders, each with its proof. */
async function chosenOf(
  context: ReadContext,
  records: Records,
  given: ReplacementOptions,
  lost: readonly SaidLost[],
): Promise<Chosen> {
  const subject = await subjectNow(context, given);
  assertOthersOnly(sayingsOf(given), subject.lostWallet);
  const found = new Map<Address | 'first', ChosenReplacement>();
  if (given.replacement !== undefined) {
    const { proof, proofExpires, callBack } = given;
    found.set(
      'first',
      await chosen(context, records, subject, {
        lostWallet: subject.lostWallet,
        address: given.replacement,
        control: { proof, proofExpires, callBack: callBack === true },
        option: '--proof',
      }),
    );
  }
  for (const { wallet, source, control } of lost) {
    if (source?.kind !== 'address') continue;
    const option = `--proof-for ${wallet}=SIGNATURE`;
    const wanted = { lostWallet: wallet, address: source.address, control, option };
    found.set(wallet, await chosen(context, records, subject, wanted));
  }
  return found;
}

async function sourceFrom(
  written: OwnSource,
  choice: ChosenReplacement | undefined,
  passphrases: Passphrases,
): Promise<ReplacementSource> {
  if (written.kind === 'generate') return passphrases.forMade();
  if (written.kind === 'keystore') return keystoreSource(written.file, passphrases.given());
  if (choice === undefined) throw new Error(`nothing was shown of ${written.address}`);
  return { kind: 'chosen', chosen: choice };
}

async function otherFrom(said: Said, choices: Chosen, passphrases: Passphrases): Promise<OtherSource> {
  if (said.says !== 'lost') return said;
  const { wallet } = said;
  const written = said.source ?? MADE;
  const source: FurtherSource =
    written.kind === 'account'
      ? { kind: 'account' }
      : await sourceFrom(written, choices.get(wallet), passphrases);
  return { wallet, says: 'lost', source };
}

/**
 * @throws DeskError BAD_USAGE, PROOF_MISSING, PROOF_INVALID, PROOF_EXPIRED, CALL_BACK_FORBIDDEN, PASSPHRASE_*, KEYSTORE_*.
 */
export async function replacementsOf(
  session: Session,
  context: ReadContext,
  records: Records,
  given: ReplacementOptions,
): Promise<Replacements> {
  const said = sayingsOf(given);
  const lost = said.flatMap((one) => (one.says === 'lost' ? [one] : []));
  const own = firstSource(given);
  const written = [own, ...lost.map(({ source }) => source ?? MADE)];
  assertTogether(given, written);
  const choices: Chosen =
    said.length > 0 || given.replacement !== undefined
      ? await chosenOf(context, records, given, lost)
      : new Map();
  const passphrases = await passphrasesFor(session, records, given, written);
  try {
    const first = await sourceFrom(own, choices.get('first'), passphrases);
    const others: OtherSource[] = [];
    for (const one of said) others.push(await otherFrom(one, choices, passphrases));
    return { first, others, wipe: () => passphrases.wipe() };
  } catch (thrown) {
    passphrases.wipe();
    throw thrown;
  }
}
