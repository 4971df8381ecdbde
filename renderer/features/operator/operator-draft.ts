/** An operator as they are being set up, checked before it is sent; main checks everything again. */
import { readAddress } from '../../../shared/address.ts';
import type { NewCredential, OperatorEntry, SignInWays } from '../../../shared/desk-state.ts';
import type { SentTo } from '../../desk.ts';

export type KeySource = Extract<NewCredential, { kind: 'keystore' }>['from'];

export interface OperatorDraft {
  readonly name: string;
  readonly signIn: OperatorEntry['signIn'];
  /** Where the key is; null as long as that was not chosen. */
  readonly place: OperatorEntry['key'] | null;
  /** Of a key that is kept on this desk. */
  readonly from: KeySource | null;
  /** Of a key in a Ledger. */
  readonly path: string;
  /** Of a Safe or a custody platform. */
  readonly address: string;
}

export type OperatorField = 'name' | 'signIn' | 'place' | 'from' | 'path' | 'address';
export type OperatorProblems = Partial<Readonly<Record<OperatorField, string>>>;

/** The order of the form: the first of them with a problem gets the focus. */
export const OPERATOR_FIELDS: readonly OperatorField[] = [
  'name',
  'signIn',
  'place',
  'from',
  'path',
  'address',
];

/** The account that a Ledger shows first. */
export const USUAL_PATH = "m/44'/60'/0'/0/0";

export function emptyOperator(ways: SignInWays): OperatorDraft {
  return {
    name: '',
    signIn: ways.passphrase ? 'passphrase' : 'oidc',
    place: null,
    from: null,
    path: USUAL_PATH,
    address: '',
  };
}

/** As the contract has them; the page holds no schema library. */
const NAME = /^[\p{L}\p{N}][\p{L}\p{M}\p{N} .,'@_-]*$/u;
const LONGEST_NAME = 60;
const PATH = /^m(\/\d{1,10}'?){1,10}$/;

/** What is wrong with a name, or null. @param taken names of the operators of this desk. */
export function nameProblem(text: string, taken: readonly string[]): string | null {
  const name = text.trim();
  if (name === '') return 'Enter a name.';
  if (name.length > LONGEST_NAME) return `This has ${name.length} characters; ${LONGEST_NAME} fit.`;
  if (!NAME.test(name)) {
    return "A name begins with a letter or a digit, and has no signs but these: . , ' @ _ -";
  }
  const same = taken.some((other) => other.toLowerCase() === name.toLowerCase());
  return same ? 'An operator of this desk has this name already.' : null;
}

/** What is wrong with the path of a key in a Ledger, or null. */
export function pathProblem(text: string): string | null {
  if (PATH.test(text.trim())) return null;
  return `A derivation path looks like ${USUAL_PATH}. Leave it as it was if you know of no other.`;
}

/** What is wrong with the address of a Safe or a custody platform, or null. */
export function holderProblem(text: string): string | null {
  const typed = text.trim();
  if (typed === '') return 'Enter the address that signs.';
  const address = readAddress(typed);
  if (address === 'malformed') {
    return 'This is no address: it must be 0x and 40 characters of 0 to 9 and a to f.';
  }
  return address === 'checksum'
    ? 'The checksum is wrong: a character was mistyped. Copy the address again.'
    : null;
}

/** Whether something of the operator is kept locked by the keychain of this machine: a passphrase, or a key. */
export function needsKeychain({ signIn, place }: Pick<OperatorDraft, 'signIn' | 'place'>): boolean {
  return signIn === 'passphrase' || place === 'keystore';
}

function placeProblem(draft: OperatorDraft, ways: SignInWays): string | null {
  if (draft.place === null) return 'Choose where the key is.';
  const kept = ways.keychainProblem === null || ways.withoutKeychain || !needsKeychain(draft);
  return kept ? null : 'This cannot be set up on this machine as it is: its keychain cannot be used.';
}

export function problemsOfOperator(
  draft: OperatorDraft,
  ways: SignInWays,
  taken: readonly string[],
): OperatorProblems {
  const allowed = draft.signIn === 'passphrase' ? ways.passphrase : ways.oidc !== null;
  const found: Readonly<Record<OperatorField, string | null>> = {
    name: nameProblem(draft.name, taken),
    signIn: allowed ? null : 'The policy of this desk does not allow this way of signing in.',
    place: placeProblem(draft, ways),
    from: draft.place === 'keystore' && draft.from === null ? 'Choose where the key comes from.' : null,
    path: draft.place === 'ledger' ? pathProblem(draft.path) : null,
    address: draft.place === 'export' ? holderProblem(draft.address) : null,
  };
  return Object.fromEntries(Object.entries(found).filter(([, problem]) => problem !== null));
}

export type NewOperator = Omit<SentTo<'operator.create'>, 'key'>;

/** What is sent, or null while something is wrong. */
export function newOperator(
  draft: OperatorDraft,
  ways: SignInWays,
  taken: readonly string[],
): NewOperator | null {
  if (Object.keys(problemsOfOperator(draft, ways, taken)).length > 0) return null;
  const credential = credentialOf(draft);
  return credential === null ? null : { name: draft.name.trim(), signIn: draft.signIn, credential };
}

function credentialOf(draft: OperatorDraft): NewOperator['credential'] | null {
  switch (draft.place) {
    case null:
      return null;
    case 'keystore':
      return draft.from === null ? null : { kind: 'keystore', from: draft.from };
    case 'remote':
      return { kind: 'remote' };
    case 'ledger':
      return { kind: 'ledger', path: draft.path.trim() };
    case 'export':
      return { kind: 'export', address: draft.address.trim() };
  }
}
