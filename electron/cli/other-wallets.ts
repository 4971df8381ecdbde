/** What the options of a command say of the person's other wallets: lost too, moving to the new identity, or staying. */
import { Option } from 'commander';
import type { Command } from 'commander';
import type { Address } from '../../shared/address.ts';
import { addressOf, addressesOf } from './arguments.ts';
import { badUsage } from './executor-options.ts';

/** Where a replacement comes from, as it was written. */
export type WrittenSource =
  | { readonly kind: 'generate' }
  | { readonly kind: 'account' }
  | { readonly kind: 'address'; readonly address: Address }
  | { readonly kind: 'keystore'; readonly file: string };

interface ForWallet {
  readonly wallet: Address;
  readonly value: string;
}

export interface OtherWalletOptions {
  readonly alsoLost?: readonly { readonly wallet: Address; readonly source: WrittenSource | null }[];
  readonly moves?: readonly Address[];
  readonly stays?: readonly Address[];
}

/** Beside those, how holders showed that the addresses are theirs. */
export interface OtherProofOptions extends OtherWalletOptions {
  readonly proofFor?: readonly ForWallet[];
  readonly proofExpiresFor?: readonly ForWallet[];
  readonly callBackFor?: readonly Address[];
}

/** How a holder showed that an address is theirs. */
export interface Control {
  readonly proof?: string | undefined;
  readonly proofExpires?: string | undefined;
  readonly callBack: boolean;
}

export interface SaidLost {
  readonly wallet: Address;
  readonly says: 'lost';
  readonly source: WrittenSource | null;
  readonly control: Control;
}

export type Said = SaidLost | { readonly wallet: Address; readonly says: 'moves' | 'stays' };

const KEYSTORE = 'keystore:';

function sourceOf(option: string, written: string): WrittenSource {
  if (written === 'generate' || written === 'account') return { kind: written };
  if (written.startsWith(KEYSTORE) && written.length > KEYSTORE.length) {
    return { kind: 'keystore', file: written.slice(KEYSTORE.length) };
  }
  if (written.startsWith('0x')) return { kind: 'address', address: addressOf('The replacement')(written) };
  throw badUsage(
    `${option}: "${written}" is no place that a replacement comes from.`,
    'Write the address of the holder, or generate, account, or keystore:FILE.',
  );
}

/** `<wallet>=<what>`, the second part as it stands. */
function split(text: string): { readonly wallet: Address; readonly value: string | null } {
  const at = text.indexOf('=');
  const wallet = addressOf('The wallet')(at < 0 ? text : text.slice(0, at));
  return { wallet, value: at < 0 ? null : text.slice(at + 1) };
}

type AlsoLost = NonNullable<OtherWalletOptions['alsoLost']>;

function alsoLost(text: string, before: AlsoLost = []): AlsoLost {
  const { wallet, value } = split(text);
  return [...before, { wallet, source: value === null ? null : sourceOf('--also-lost', value) }];
}

function forWallets(option: string): (text: string, before?: readonly ForWallet[]) => readonly ForWallet[] {
  return (text, before = []) => {
    const { wallet, value } = split(text);
    if (value === null || value === '')
      throw badUsage(`${option} names a wallet and nothing for it.`, `Write ${option} WALLET=VALUE.`);
    return [...before, { wallet, value }];
  };
}

function wallets(text: string, before: readonly Address[] = []): readonly Address[] {
  return addressesOf('The wallet')(text, before);
}

/** For every command that previews or plans. */
export function otherWalletOptions(command: Command): Command {
  return command
    .addOption(
      new Option(
        '--also-lost <wallet[=replacement]>',
        'another wallet of the person is lost too; its replacement is the address of the holder, or generate, account, or keystore:FILE (may be repeated)',
      ).argParser(alsoLost),
    )
    .addOption(
      new Option(
        '--moves <wallet>',
        "another wallet is in the person's hands, and moves to the new identity (may be repeated)",
      ).argParser(wallets),
    )
    .addOption(
      new Option(
        '--stays <wallet>',
        "another wallet is in the person's hands, and stays with the old identity (may be repeated)",
      ).argParser(wallets),
    );
}

/** For commands that plan. */
export function otherProofOptions(command: Command): Command {
  return command
    .addOption(
      new Option(
        '--proof-for <wallet=signature>',
        "the holder's signature of the challenge for the replacement of that lost wallet (may be repeated)",
      ).argParser(forWallets('--proof-for')),
    )
    .addOption(
      new Option(
        '--proof-expires-for <wallet=time>',
        'when that challenge expires, if it was made on another desk (may be repeated)',
      ).argParser(forWallets('--proof-expires-for')),
    )
    .addOption(
      new Option(
        '--call-back-for <wallet>',
        'a recorded call-back stands in for the proof of that lost wallet’s replacement (may be repeated)',
      ).argParser(wallets),
    );
}

function assertOnce(option: string, named: readonly Address[]): void {
  const twice = named.find((wallet, index) => named.indexOf(wallet) !== index);
  if (twice === undefined) return;
  throw badUsage(`${option} was given twice for ${twice}.`, 'Give it once for each wallet.');
}

function assertSaidOnce(said: readonly Said[]): void {
  const seen = new Map<Address, Said['says']>();
  for (const { wallet, says } of said) {
    const before = seen.get(wallet);
    if (before !== undefined) {
      throw badUsage(
        before === says
          ? `The same was said twice of ${wallet}.`
          : `${wallet} was said to be two things at once: ${WORDS[before]}, and ${WORDS[says]}.`,
        'Say of each wallet once what became of it: --also-lost, --moves or --stays.',
      );
    }
    seen.set(wallet, says);
  }
}

const WORDS: Readonly<Record<Said['says'], string>> = {
  lost: 'lost',
  moves: 'moving to the new identity',
  stays: 'staying with the old one',
};

/** An option about a replacement that is not chosen would be passed over. */
function assertProofsNeeded(said: readonly Said[], given: OtherProofOptions): void {
  const { proofFor = [], proofExpiresFor = [], callBackFor = [] } = given;
  const chosen = new Set(
    said.flatMap((one) => (one.says === 'lost' && one.source?.kind === 'address' ? [one.wallet] : [])),
  );
  const all = [
    ...proofFor.map(({ wallet }) => ['--proof-for', wallet] as const),
    ...proofExpiresFor.map(({ wallet }) => ['--proof-expires-for', wallet] as const),
    ...callBackFor.map((wallet) => ['--call-back-for', wallet] as const),
  ];
  for (const [option, wallet] of all) {
    if (chosen.has(wallet)) continue;
    throw badUsage(
      `${option} names ${wallet}, for which no address of the holder was given.`,
      `Add --also-lost ${wallet}=ADDRESS; for the lost wallet of the case the options are --proof, --proof-expires and --call-back.`,
    );
  }
  const proven = new Set(proofFor.map(({ wallet }) => wallet));
  const unproven = proofExpiresFor.find(({ wallet }) => !proven.has(wallet));
  if (unproven !== undefined) {
    throw badUsage(
      `--proof-expires-for was given without a proof for ${unproven.wallet}.`,
      'Add --proof-for with the signature.',
    );
  }
  const both = callBackFor.find((wallet) => proven.has(wallet));
  if (both === undefined) return;
  throw badUsage(`A proof and a call-back were given for ${both}.`, 'Give one of them.');
}

/** What the options say, one saying a wallet. @throws DeskError BAD_USAGE where they contradict each other. */
export function sayingsOf(given: OtherProofOptions): readonly Said[] {
  const { proofFor = [], proofExpiresFor = [], callBackFor = [] } = given;
  const valueFor = (list: readonly ForWallet[], lost: Address): string | undefined =>
    list.find(({ wallet }) => wallet === lost)?.value;
  const said: readonly Said[] = [
    ...(given.alsoLost ?? []).map(({ wallet, source }): SaidLost => ({
      wallet,
      says: 'lost',
      source,
      control: {
        proof: valueFor(proofFor, wallet),
        proofExpires: valueFor(proofExpiresFor, wallet),
        callBack: callBackFor.includes(wallet),
      },
    })),
    ...(given.moves ?? []).map((wallet) => ({ wallet, says: 'moves' }) as const),
    ...(given.stays ?? []).map((wallet) => ({ wallet, says: 'stays' }) as const),
  ];
  assertSaidOnce(said);
  assertOnce(
    '--proof-for',
    proofFor.map(({ wallet }) => wallet),
  );
  assertOnce(
    '--proof-expires-for',
    proofExpiresFor.map(({ wallet }) => wallet),
  );
  assertOnce('--call-back-for', callBackFor);
  assertProofsNeeded(said, given);
  return said;
}

/** The wallet that the case is about is lost by that. @throws DeskError BAD_USAGE */
export function assertOthersOnly(said: readonly Pick<Said, 'wallet'>[], lostWallet: Address | null): void {
  if (said.every(({ wallet }) => wallet !== lostWallet)) return;
  throw badUsage(
    `${lostWallet ?? ''} is the lost wallet that the case is about, and was named among the person's other wallets.`,
    'Leave it out there: its replacement is given with --replacement.',
  );
}
