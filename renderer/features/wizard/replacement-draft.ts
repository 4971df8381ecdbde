/** The replacement as it is being chosen, checked before it is sent; main checks everything again. */
import { readAddress } from '../../../shared/address.ts';
import type { Address } from '../../../shared/address.ts';
import type { ReplacementChoice, SentChoice } from './wizard-acts.ts';

/** `account`: for a further lost wallet alone. */
export type ReplacementKind = SentChoice['kind'];

export interface ReplacementDraft {
  readonly kind: ReplacementKind;
  readonly address: string;
  readonly signature: string;
  readonly holdReference: string;
}

export interface ReplacementNeeds {
  readonly lostWallet: Address | null;
  /** The address that the text to sign was made for. */
  readonly challenged: Address | null;
  /** Whether a possible legal hold has to be acknowledged. */
  readonly hold: boolean;
  /** Addresses that are chosen for the person's other lost wallets. */
  readonly taken?: readonly string[];
}

export type ReplacementProblems = Partial<
  Readonly<Record<'address' | 'challenge' | 'signature' | 'holdReference', string>>
>;

export function emptyReplacement(address: Address | null): ReplacementDraft {
  return { kind: 'proof', address: address ?? '', signature: '', holdReference: '' };
}

/** What is wrong with a typed address, or null. */
export function addressProblem(text: string, lostWallet: Address | null): string | null {
  const typed = text.trim();
  if (typed === '') return 'Enter the address that the holder gives.';
  const address = readAddress(typed);
  if (address === 'malformed')
    return 'This is no address: it must be 0x and 40 characters of 0 to 9 and a to f.';
  if (address === 'checksum') {
    return 'The checksum is wrong: a character was mistyped. Copy the address again.';
  }
  return address === lostWallet
    ? 'This is the lost wallet itself. The replacement must be another one.'
    : null;
}

const SIGNATURE = /^0x(?:[0-9a-f]{2})+$/i;
const LONGEST_SIGNATURE = 20_000;

/** What is wrong with a pasted signature, or null. Those of contract wallets may have any length. */
export function signatureProblem(text: string): string | null {
  const typed = text.trim();
  if (typed === '') return 'Paste the signature that the holder sends back.';
  if (typed.length > LONGEST_SIGNATURE) return 'This is too long for a signature.';
  return SIGNATURE.test(typed) ? null : 'A signature is 0x and pairs of characters of 0 to 9 and a to f.';
}

const LONGEST_REFERENCE = 200;

function holdProblem(text: string): string | null {
  const length = text.trim().length;
  if (length === 0) return 'Give the reference under which the freeze was looked into.';
  return length > LONGEST_REFERENCE ? `This has ${length} characters; ${LONGEST_REFERENCE} fit.` : null;
}

function challengeProblem(draft: ReplacementDraft, challenged: Address | null): string | null {
  return challenged !== null && readAddress(draft.address.trim()) === challenged
    ? null
    : 'Make the text to sign for this address.';
}

/** Whether the holder gives an address: else the desk or the network's factory makes one. */
export function givesAddress({ kind }: Pick<ReplacementDraft, 'kind'>): boolean {
  return kind === 'proof' || kind === 'call_back';
}

function takenProblem(text: string, taken: readonly string[] = []): string | null {
  const address = readAddress(text.trim());
  return taken.some((other) => readAddress(other.trim()) === address)
    ? 'This wallet is chosen for another lost wallet. Each needs one of its own.'
    : null;
}

export function problemsOfReplacement(draft: ReplacementDraft, needs: ReplacementNeeds): ReplacementProblems {
  const proof = draft.kind === 'proof';
  const found = {
    address: givesAddress(draft)
      ? (addressProblem(draft.address, needs.lostWallet) ?? takenProblem(draft.address, needs.taken))
      : null,
    challenge: proof ? challengeProblem(draft, needs.challenged) : null,
    signature: proof ? signatureProblem(draft.signature) : null,
    holdReference: needs.hold ? holdProblem(draft.holdReference) : null,
  };
  return Object.fromEntries(Object.entries(found).filter(([, problem]) => problem !== null));
}

/** What is sent for a lost wallet, or null while something is wrong. */
export function choiceOf(draft: ReplacementDraft, needs: ReplacementNeeds): SentChoice | null {
  if (Object.keys(problemsOfReplacement(draft, needs)).length > 0) return null;
  const address = draft.address.trim();
  switch (draft.kind) {
    case 'proof':
      return { kind: 'proof', address, signature: draft.signature.trim() };
    case 'call_back':
      return { kind: 'call_back', address };
    case 'generate':
    case 'account':
      return { kind: draft.kind };
    default:
      return draft.kind satisfies never;
  }
}

/** What is sent for the first lost wallet, or null while something is wrong. */
export function replacementChoice(
  draft: ReplacementDraft,
  needs: ReplacementNeeds,
): ReplacementChoice | null {
  const choice = choiceOf(draft, needs);
  if (choice === null || choice.kind === 'account') return null;
  return { holdReference: needs.hold ? draft.holdReference.trim() : null, choice };
}
