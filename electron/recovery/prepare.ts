/** From a case to a stored plan: preview, replacement wallet, preview with it, plan. Sends nothing. */
import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import type { Address } from '../../shared/address.ts';
import type { RecoveryCase } from '../../shared/case.ts';
import { DeskError } from '../../shared/errors.ts';
import type { Plan } from '../../shared/plan.ts';
import type { Preview } from '../../shared/preview.ts';
import { isoTime } from '../../shared/values.ts';
import type { Hex } from '../../shared/values.ts';
import { accountFor, assertMakesAccounts } from './accounts.ts';
import type { KeystoreCodec, PassphraseCustody, PlanStore, PreviewStore, ReadContext } from './needs.ts';
import { assertHoldAcknowledged, makePlan } from './plan.ts';
import { buildPreview } from './preview.ts';
import type { BuiltPreview } from './preview.ts';
import type { ChosenReplacement, PreviewRequest, WalletSaying } from './preview-request.ts';
import { keystoreDigest } from './keystore-digest.ts';
import { generateReplacementWallet, proveReplacementWallet, readKeystore } from './replacement-wallet.ts';
import type { GeneratedWallet } from './replacement-wallet.ts';

export interface PrepareContext extends ReadContext {
  readonly folder: string;
  readonly codec: KeystoreCodec;
  readonly plans: PlanStore;
  readonly previews: PreviewStore;
  readonly cases: {
    insert(id: string, recoveryCase: RecoveryCase, participantId: string, createdAt: string): void;
  };
  readonly wallets: {
    get(address: Address): unknown;
    insert(wallet: {
      address: Address;
      keystoreFile: string;
      keystoreDigest: Hex | null;
      planDigest: Hex | null;
      createdAt: string;
    }): void;
    bind(address: Address, planDigest: Hex): void;
    keep(address: Address, sealed: string): void;
  };
  /** All facts of one event in one commit. */
  transaction<T>(work: () => T): T;
}

/** Where the replacement comes from. Passphrases are wiped by the caller. */
export type ReplacementSource =
  | { readonly kind: 'chosen'; readonly chosen: ChosenReplacement }
  | {
      readonly kind: 'generate';
      readonly passphrase: Uint8Array;
      /** Keeps the passphrase until the hand-over; null where whoever chose it does. */
      readonly custody: Pick<PassphraseCustody, 'seal'> | null;
    }
  /** A keystore that a desk made before, for a recovery that was left half done. */
  | {
      readonly kind: 'keystore';
      readonly file: string;
      readonly address: Address;
      readonly passphrase: Uint8Array;
    };

/** Where the replacement of a further lost wallet comes from; `account`: the profile's wallet factory, owned by the first. */
export type FurtherSource = ReplacementSource | { readonly kind: 'account' };

/** What is said of another wallet of the person. */
export type OtherSource =
  | { readonly wallet: Address; readonly says: 'lost'; readonly source: FurtherSource }
  | { readonly wallet: Address; readonly says: 'moves' | 'stays' };

/** The keystore of a replacement that this desk made, and what opens it: wiped by whoever gave it. */
export interface Made {
  readonly file: string;
  readonly passphrase: Uint8Array;
}

export type Prepared =
  | { readonly kind: 'blocked'; readonly preview: Preview }
  | {
      readonly kind: 'planned';
      readonly plan: Plan;
      readonly planDigest: Hex;
      readonly built: BuiltPreview;
      readonly previewDigest: Hex;
      readonly request: PreviewRequest;
      /** By address, the replacements that this desk made. */
      readonly made: ReadonlyMap<Address, Made>;
    };

type Generated = Extract<ReplacementSource, { kind: 'generate' }>;

interface Wallet {
  readonly chosen: ChosenReplacement;
  readonly made: Made | null;
  /** Whether it was made just now. */
  readonly fresh: boolean;
}

/** Where the keystore lies, so that a recovery cut off before its proof can go on. */
function record(context: PrepareContext, address: Address, file: string, keystore: string): void {
  context.wallets.insert({
    address,
    keystoreFile: path.relative(context.folder, path.resolve(file)),
    keystoreDigest: keystoreDigest(keystore),
    planDigest: null,
    createdAt: isoTime(context.now()),
  });
}

/** What is not to be kept was used for nothing: it does not stay behind either. */
async function sealed(
  { custody, passphrase }: Generated,
  { address, keystore, file }: GeneratedWallet,
): Promise<string | null> {
  if (custody === null) return null;
  try {
    return await custody.seal({ address, keystore }, passphrase);
  } catch (thrown) {
    await rm(file, { force: true });
    throw thrown;
  }
}

async function generate(context: PrepareContext, source: Generated): Promise<Wallet> {
  const { folder, policy, codec } = context;
  if (!policy.generatedReplacement) {
    throw new DeskError('BLOCKED', {
      message: 'Policy does not let this desk make replacement wallets.',
      remedy: 'Ask the holder for an address, with a proof of control.',
      retry: 'never',
    });
  }
  const now = context.now();
  const { passphrase } = source;
  const made = await generateReplacementWallet({ folder, passphrase, policy, codec, now });
  const { address, file } = made;
  const kept = await sealed(source, made);
  context.transaction(() => {
    record(context, address, file, made.keystore);
    if (kept !== null) context.wallets.keep(address, kept);
  });
  return {
    chosen: { address, kind: 'generated', control: 'generated' },
    made: { file, passphrase },
    fresh: true,
  };
}

async function walletOf(context: PrepareContext, source: ReplacementSource): Promise<Wallet> {
  switch (source.kind) {
    case 'chosen':
      return { chosen: source.chosen, made: null, fresh: false };
    case 'generate':
      return generate(context, source);
    case 'keystore': {
      const { file, passphrase, address } = source;
      await proveReplacementWallet({ file, passphrase, expected: address, codec: context.codec });
      if (context.wallets.get(address) === null) record(context, address, file, await readKeystore(file));
      return {
        chosen: { address, kind: 'generated', control: 'generated' },
        made: { file, passphrase },
        fresh: false,
      };
    }
    default:
      return source satisfies never;
  }
}

/** The replacement as far as it is there before anything is made: a standing link is adopted by its address. */
function knownBefore(source: FurtherSource): ChosenReplacement | null {
  if (source.kind === 'generate' || source.kind === 'account') return null;
  if (source.kind === 'chosen') return source.chosen;
  return { address: source.address, kind: 'generated', control: 'generated' };
}

function wantsAccount(others: readonly OtherSource[]): boolean {
  return others.some((other) => other.says === 'lost' && other.source.kind === 'account');
}

function sayings(
  others: readonly OtherSource[],
  chosenFor: (wallet: Address, source: FurtherSource) => ChosenReplacement | null,
): readonly WalletSaying[] {
  return others.map((other) =>
    other.says === 'lost'
      ? { wallet: other.wallet, says: 'lost', replacement: chosenFor(other.wallet, other.source) }
      : other,
  );
}

/** One by one, each stored before the next is made. */
async function walletsFor(
  context: PrepareContext,
  first: Wallet,
  others: readonly OtherSource[],
): Promise<ReadonlyMap<Address, Wallet>> {
  const wallets = new Map<Address, Wallet>();
  for (const other of others) {
    if (other.says !== 'lost') continue;
    const { wallet, source } = other;
    wallets.set(
      wallet,
      source.kind === 'account'
        ? { chosen: await accountFor(context, first.chosen), made: null, fresh: false }
        : await walletOf(context, source),
    );
  }
  return wallets;
}

/**
 * Prepares a recovery. With blockers nothing is made or stored.
 * @param others what is said of the person's other wallets.
 * @throws DeskError HOLD_REFERENCE_MISSING, PASSPHRASE_WEAK, KEYSTORE_*, WALLET_FACTORY_MISSING, of network and store.
 */
export async function prepareRecovery(
  context: PrepareContext,
  request: Omit<PreviewRequest, 'replacement' | 'others'>,
  source: ReplacementSource,
  holdReference: string | null,
  others: readonly OtherSource[] = [],
): Promise<Prepared> {
  const known = knownBefore(source);
  const account = known === null || !wantsAccount(others) ? null : await accountFor(context, known);
  const before = sayings(others, (_wallet, from) => (from.kind === 'account' ? account : knownBefore(from)));
  const first = await buildPreview(context, { ...request, replacement: known, others: before });
  if (first.preview.blockers.length > 0) return { kind: 'blocked', preview: first.preview };
  assertHoldAcknowledged(first.preview, holdReference);
  if (account === null && wantsAccount(others)) await assertMakesAccounts(context);
  const wallet = await walletOf(context, source);
  const further = await walletsFor(context, wallet, others);
  const said = sayings(others, (lost) => further.get(lost)?.chosen ?? null);
  const full: PreviewRequest = { ...request, replacement: wallet.chosen, others: said };
  const complete = known !== null && before.every((one) => one.says !== 'lost' || one.replacement !== null);
  const built = complete ? first : await buildPreview(context, full);
  if (built.preview.blockers.length > 0) return { kind: 'blocked', preview: built.preview };
  const caseId = randomUUID();
  const plan = makePlan(context, built, { caseId, holdReference });
  const all = [wallet, ...further.values()];

  return context.transaction((): Prepared => {
    context.cases.insert(caseId, request.case, plan.participantId, isoTime(context.now()));
    const previewDigest = context.previews.save(built.preview);
    const planDigest = context.plans.save(plan);
    for (const { chosen, fresh } of all) if (fresh) context.wallets.bind(chosen.address, planDigest);
    return {
      kind: 'planned',
      plan,
      planDigest,
      built,
      previewDigest,
      request: full,
      made: new Map(all.flatMap(({ chosen, made }) => (made === null ? [] : [[chosen.address, made]]))),
    };
  });
}

/** Proves what this desk made, each by its own passphrase; null where it made none. */
export function proverOf(
  made: ReadonlyMap<Address, Made>,
  codec: KeystoreCodec,
): ((replacement: Address) => Promise<void>) | null {
  if (made.size === 0) return null;
  return async (expected) => {
    const wallet = made.get(expected);
    if (wallet === undefined) throw new Error(`there is no keystore of ${expected}`);
    await proveReplacementWallet({ ...wallet, expected, codec });
  };
}
