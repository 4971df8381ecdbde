/** Builds the services once and wires them: every entry (window, terminal, tests) uses this. */
import { digestOf } from '../shared/canonical.ts';
import type { NetworkProfile } from '../shared/network-profile.ts';
import type { Plan } from '../shared/plan.ts';
import { isoTime } from '../shared/values.ts';
import { scanLogs } from './chain/log-scan.ts';
import { openChain } from './chain/open-chain.ts';
import type { Chain } from './chain/types.ts';
import { openNetwork } from './network/network.ts';
import { armSigner } from './operator/armed-signer.ts';
import type { ArmedSigner } from './operator/armed-signer.ts';
import type { HeldSigner } from './operator/held-signer.ts';
import { keystoreCodec } from './operator/keystore-codec.ts';
import { peopleOf } from './participants/known-people.ts';
import type { ParticipantDirectory } from './participants/directory.ts';
import { protocolOf } from './protocols/families.ts';
import { confirmedSigning } from './recovery/confirmed-signing.ts';
import type { Checkpoint, EngineContext } from './recovery/engine-context.ts';
import type { ReadContext } from './recovery/needs.ts';
import type { PrepareContext } from './recovery/prepare.ts';
import { signersOf } from './recovery/signers.ts';
import type { ExternalSigner } from './recovery/signers.ts';
import type { KnownBefore, Records } from './records.ts';

export type { Checkpoint };

export interface Connected {
  readonly context: ReadContext;
  readonly chain: Chain;
  close(): Promise<void>;
}

export interface ConnectOptions {
  readonly profile: NetworkProfile;
  /** The folder that file names in the profile start at. */
  readonly profileDir: string;
  /** Asked each time: people may be imported while the network is worked on. */
  readonly directory: () => ParticipantDirectory | null;
  readonly known: KnownBefore;
  /** Told while logs are scanned: the block reached, and the last. */
  readonly onScan: (reached: number, last: number) => void;
  /** Gives up connecting; once connected only `close` ends it. */
  readonly giveUp?: AbortSignal;
}

/** Connects to the profile's chain. @throws DeskError CHAIN_ID_MISMATCH, ENDPOINT_*, HOST_NOT_ALLOWED. */
export async function connect(options: ConnectOptions): Promise<Connected> {
  const { profile, profileDir, known, onScan, giveUp } = options;
  const protocol = protocolOf(profile.protocol);
  const network = openNetwork({ profile, policy: known.policy, profileDir });
  try {
    const chain = await openChain({
      profile,
      policy: known.policy,
      network,
      ...(giveUp === undefined ? {} : { giveUp }),
    });
    const fromBlock = profile.fromBlock ?? 0;
    const context: ReadContext = {
      profile,
      policy: known.policy,
      chain,
      protocol,
      scanner: (reader) => (name, filter) =>
        scanLogs({
          chain,
          memory: known.scans,
          key: digestOf({
            chainId: profile.chainId,
            system: profile.system ?? null,
            fromBlock,
            name,
            filter,
          }),
          filter,
          fromBlock,
          toBlock: reader.block.number,
          onProgress: onScan,
        }),
      people: peopleOf(options.directory, profile.chainId),
      journal: known.journal,
      now: () => new Date(),
    };
    return {
      context,
      chain,
      close: async () => {
        await chain.close();
        network.close();
      },
    };
  } catch (error) {
    network.close();
    throw error;
  }
}

/** What preparing a recovery works with. */
export function prepareContext(context: ReadContext, records: Records): PrepareContext {
  return {
    ...context,
    folder: records.folder,
    codec: keystoreCodec,
    plans: records.plans,
    previews: records.previews,
    cases: records.cases,
    wallets: records.wallets,
    transaction: (work) => records.transaction(work),
  };
}

/**
 * Arms the operator's signer for a plan that was confirmed, with what its recovery may still cost. Refusals are audited.
 * @param raisedTo wei: a higher bound that was confirmed to this run.
 */
export function armFor(
  records: Records,
  held: HeldSigner,
  plan: Plan,
  raisedTo: bigint | null = null,
): ArmedSigner {
  const confirmed = confirmedSigning(records.journal, plan, held.address, raisedTo);
  return armSigner(held, confirmed, ({ operator, unsigned }) =>
    records.audit.append({
      kind: 'signing_refused',
      at: isoTime(new Date()),
      fields: { operator, unsignedDigest: digestOf(unsigned) },
    }),
  );
}

/** Writes down that a plan was to be carried out and was not, and why. */
export function executionRefused({ audit }: Pick<Records, 'audit'>): Pick<EngineContext, 'executionRefused'> {
  return {
    executionRefused: (planDigest, reason) =>
      audit.append({
        kind: 'execution_refused',
        at: isoTime(new Date()),
        fields: { planDigest, reason },
      }),
  };
}

/** What running a recovery works with beyond reading. */
export interface EngineInput extends Pick<
  EngineContext,
  'profileFile' | 'proveWallet' | 'progress' | 'checkpoint' | 'signal'
> {
  /** SECURITY: the engine gets no signer but one that is bound to the confirmed plan. */
  readonly signer: ArmedSigner | ExternalSigner;
  /** Further ones who sign a part of it: at this desk, or elsewhere. */
  readonly others?: readonly (ArmedSigner | ExternalSigner)[];
  /** Higher bounds that are confirmed to this run, where more than one context serves it. */
  readonly confirmedBounds?: EngineContext['confirmedBounds'];
  readonly connection: Connected;
  readonly records: Records;
}

export function engineContext(input: EngineInput): EngineContext {
  const { connection, records, signer, others = [], confirmedBounds = new Map(), ...rest } = input;
  const { journal, plans, previews, auditedRaises } = records;
  return {
    ...connection.context,
    ...rest,
    signers: signersOf(signer, others),
    journal,
    plans,
    previews,
    auditedRaises,
    ...executionRefused(records),
    confirmedBounds,
  };
}
