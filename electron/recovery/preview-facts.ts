/** Everything a preview reads from the chain, all at one block. */
import type { Address } from '../../shared/address.ts';
import type { DirectoryFacts } from '../../shared/directory.ts';
import type { PlanStep } from '../../shared/plan.ts';
import type { FeeQuote, PinnedReader } from '../chain/types.ts';
import type { ChainView, RecoverySystem } from '../protocols/recovery-protocol.ts';
import { directoryFacts } from './directory-facts.ts';
import type { LostFacts } from './lost-facts.ts';
import type { ReadContext } from './needs.ts';
import type { OtherFacts } from './other-wallets.ts';
import { custodianOf, subjectOf } from './preview-request.ts';
import type { PreviewRequest, Subject } from './preview-request.ts';
import { NO_WALLETS, readWallets } from './wallet-facts.ts';

export interface OperatorFacts {
  readonly address: Address;
  readonly identityManager: boolean;
  readonly identity: Address | null;
  readonly balance: bigint;
  readonly foreignPending: number;
}

export interface PreviewFacts {
  readonly reader: PinnedReader;
  readonly system: RecoverySystem;
  readonly subject: Subject;
  /** null where there is none. */
  readonly directory: DirectoryFacts | null;
  readonly operator: OperatorFacts;
  /** Who was named to sign for tokens beside the operator; null for nobody. */
  readonly custodian: OperatorFacts | null;
  readonly fees: FeeQuote;
  /** The wallet that the case is opened for. */
  readonly lost: LostFacts | null;
  /** The person's further lost wallets. */
  readonly further: readonly LostFacts[];
  /** The other wallets registered with the person's identity. */
  readonly others: readonly OtherFacts[];
  /** Wallets of which something was said, and that are not registered with the person's identity. */
  readonly strangers: readonly Address[];
  /** Steps of all lost wallets, in the order in which they are sent. */
  readonly steps: readonly PlanStep[];
}

/** Every lost wallet that was read, the one that the case is opened for first. */
export function allLost({ lost, further }: Pick<PreviewFacts, 'lost' | 'further'>): readonly LostFacts[] {
  return lost === null ? [] : [lost, ...further];
}

async function readOperator(
  context: ReadContext,
  system: RecoverySystem,
  reader: PinnedReader,
  address: Address,
): Promise<OperatorFacts> {
  const [identityManager, balance, nonces, records] = await Promise.all([
    system.identityManager(reader, address),
    reader.balance(address),
    context.chain.nonces(address),
    system.wallets(reader, [address]),
  ]);
  const ours = new Set(context.journal.unsettled(context.chain.chainId, address).map((row) => row.nonce));
  const pending = Array.from({ length: nonces.pending - nonces.latest }, (_, index) => nonces.latest + index);
  return {
    address,
    identityManager,
    identity: records[0]?.identity ?? null,
    balance,
    foreignPending: pending.filter((nonce) => !ours.has(nonce)).length,
  };
}

/** Reads all that a preview shows. @throws DeskError CHAIN_ID_MISMATCH, SYSTEM_NOT_FOUND, BLOCK_CHANGED, of the network. */
export async function readPreviewFacts(context: ReadContext, request: PreviewRequest): Promise<PreviewFacts> {
  await context.chain.assertChainId();
  const reader = await context.chain.pin();
  const system = await context.protocol.openSystem(reader, context.profile);
  const view: ChainView = { reader, scan: context.scanner(reader) };
  const named = request.lostWallet === null ? [] : [request.lostWallet];
  const [before] = await system.wallets(reader, named);
  const subject = await subjectOf(context.people, request, before?.factoryIdentity ?? null);
  const custodian = custodianOf(request);
  const [operator, beside, fees, directory] = await Promise.all([
    readOperator(context, system, reader, request.operator),
    custodian === null ? null : readOperator(context, system, reader, custodian),
    context.chain.fees(),
    directoryFacts(context.people.directory(), subject),
  ]);
  const wallet = subject.lostWallet;
  const record = wallet === null ? undefined : (before ?? (await system.wallets(reader, [wallet]))[0]);
  const read =
    record === undefined ? NO_WALLETS : await readWallets(context, system, view, request, subject, record);
  await reader.assertStillCanonical();
  return { reader, system, subject, directory, operator, custodian: beside, fees, ...read };
}
