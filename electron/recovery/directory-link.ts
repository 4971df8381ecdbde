/**
 * Ties the lost wallets of a plan to their replacements at the participant directory, one pair after the other. Every
 * pair may be asked again, and each is judged by what the directory shows at the end. A wallet that the chain does not
 * show as recovered is never said to be replaced.
 */
import type { Address } from '../../shared/address.ts';
import type { DirectoryEffect } from '../../shared/directory.ts';
import { DeskError } from '../../shared/errors.ts';
import type { Participant } from '../../shared/participant.ts';
import { walletsOf } from '../../shared/plan.ts';
import type { Plan, PlannedWallet } from '../../shared/plan.ts';
import { stepsNow } from './engine-context.ts';
import type { Run } from './engine-context.ts';
import type { Directory } from './needs.ts';

/** A lost wallet, and the wallet of the person that stands for it in the end. */
interface WalletPair {
  readonly lost: Address;
  readonly replacement: Address;
}

export interface WalletsLinked {
  readonly effect: DirectoryEffect;
  /** Lost wallets that the chain does not show as recovered: nothing was asked about them. */
  readonly left: readonly Address[];
}

interface Asked {
  readonly run: Run;
  readonly directory: Directory;
  /** The person at the directory. */
  readonly id: string;
}

/** The hops from a lost wallet to where it ends: a replacement may be lost in turn. */
function hopsFrom(plan: Plan, lost: Address): readonly PlannedWallet[] {
  const hops: PlannedWallet[] = [];
  let at: Address | undefined = lost;
  while (at !== undefined) {
    const next: PlannedWallet | undefined = walletsOf(plan).find(({ lostWallet }) => lostWallet === at);
    if (next === undefined || hops.includes(next)) break;
    hops.push(next);
    at = next.replacement.address;
  }
  return hops;
}

/**
 * Each lost wallet with where it ends, the first of the plan first. One that replaces another and is lost itself stands
 * for nothing in the directory: it is one of the lost ones there.
 */
function walletPairs(plan: Plan): readonly WalletPair[] {
  return walletsOf(plan).map(({ lostWallet, replacement }) => ({
    lost: lostWallet,
    replacement: hopsFrom(plan, lostWallet).at(-1)?.replacement.address ?? replacement.address,
  }));
}

/** The pair that the wallet in use belongs to, replaced or not yet; where it is none of them, the first. */
function pairInUse(pairs: readonly WalletPair[], person: Participant | null): WalletPair | undefined {
  const effective = person?.wallets.find((wallet) => wallet.effective)?.address;
  return (
    pairs.find(({ lost }) => lost === effective) ??
    pairs.find(({ replacement }) => replacement === effective) ??
    pairs[0]
  );
}

/** Whether the chain tied the wallet to its replacement, or had before. */
function isRecovered(run: Run, { lostWallet }: PlannedWallet): boolean {
  const step = run.plan.steps.find(({ role, wallet }) => role === 'relink' && wallet === lostWallet);
  return step === undefined || stepsNow(run.snapshot()).get(step.name)?.state === 'done';
}

function notShown(what: string): DeskError {
  return new DeskError('DIRECTORY_GARBAGE', {
    message: `The participant directory took the call, and does not show ${what}.`,
    remedy: 'Have whoever runs the directory look at it, then resume.',
    retry: 'safe',
  });
}

/** @throws DeskError DIRECTORY_GARBAGE for what is not shown, unless the directory said that it has no place for it. */
function assertShown(
  person: Participant | null,
  { lost, replacement }: WalletPair,
  { survivors }: DirectoryEffect,
): void {
  if (survivors.length > 0) return;
  const walletOf = (address: Address) => person?.wallets.find((wallet) => wallet.address === address);
  const now = walletOf(replacement);
  if (now === undefined || now.lost === true) throw notShown(`${replacement} as a wallet of the person`);
  if (walletOf(lost)?.lost !== true) throw notShown(`${lost} as lost`);
}

function together(told: readonly DirectoryEffect[], links: number): DirectoryEffect {
  const survivors = new Map(
    told.flatMap((one) => one.survivors.map((survivor) => [survivor.what, survivor])),
  );
  return { counts: { wallet_link: links }, survivors: [...survivors.values()] };
}

/**
 * The pair that the wallet in use belongs to comes first: its replacement becomes the effective wallet, and those of the
 * others further wallets of the person.
 * @throws DeskError DIRECTORY_GARBAGE where the directory does not show what it said it did.
 */
export async function linkWallets({ run, directory, id }: Asked): Promise<WalletsLinked> {
  const { plan, context } = run;
  const call = { signal: context.signal };
  const pairs = walletPairs(plan);
  const due = pairs.filter(({ lost }) => hopsFrom(plan, lost).every((hop) => isRecovered(run, hop)));
  const inUse = pairInUse(pairs, await directory.get(id, call));
  const told = new Map<WalletPair, DirectoryEffect>();
  for (const pair of due.toSorted((one, other) => Number(other === inUse) - Number(one === inUse))) {
    told.set(pair, await directory.linkWallet(id, { ...pair, effective: pair === inUse }, call));
    context.checkpoint('linked:link_participant');
  }
  const person = await directory.get(id, call);
  const has = (wanted: Address): boolean =>
    person?.wallets.some(({ address }) => address === wanted) === true;
  if (inUse !== undefined && due.includes(inUse)) {
    const effective = person?.wallets.find((wallet) => wallet.effective)?.address;
    if (effective !== inUse.replacement) throw notShown('the replacement as the effective wallet');
  }
  for (const [pair, effect] of told) assertShown(person, pair, effect);
  return {
    effect: together([...told.values()], due.filter(({ replacement }) => has(replacement)).length),
    left: pairs.filter((pair) => !due.includes(pair)).map(({ lost }) => lost),
  };
}
