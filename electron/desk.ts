/** Builds the services once and wires them: every entry (window, terminal, tests) uses this. */
import path from 'node:path';
import { digestOf } from '../shared/canonical.ts';
import type { Journal } from '../shared/journal.ts';
import type { NetworkProfile } from '../shared/network-profile.ts';
import type { Plan } from '../shared/plan.ts';
import type { Policy } from '../shared/policy.ts';
import { isoTime } from '../shared/values.ts';
import { openAuditLog } from './audit/audit-log.ts';
import type { AuditLog } from './audit/audit-log.ts';
import { scanLogs } from './chain/log-scan.ts';
import type { ScanMemory } from './chain/needs.ts';
import { openChain } from './chain/open-chain.ts';
import type { Chain } from './chain/types.ts';
import { openNetwork } from './network/network.ts';
import { armSigner } from './operator/armed-signer.ts';
import type { ArmedSigner } from './operator/armed-signer.ts';
import type { HeldSigner } from './operator/held-signer.ts';
import { keystoreCodec } from './operator/keystore-codec.ts';
import { peopleOf } from './participants/known-people.ts';
import type { ParticipantDirectory } from './participants/directory.ts';
import { localPeople } from './participants/local/local-people.ts';
import type { LocalPeople } from './participants/local/local-people.ts';
import { loadPolicy } from './policy/load-policy.ts';
import { protocolOf } from './protocols/families.ts';
import { confirmedSigning } from './recovery/confirmed-signing.ts';
import type { Checkpoint, EngineContext } from './recovery/engine-context.ts';
import type { AuditedRaises, PlanStore, PreviewStore, ReadContext } from './recovery/needs.ts';
import type { PrepareContext } from './recovery/prepare.ts';
import { signersOf } from './recovery/signers.ts';
import type { ExternalSigner } from './recovery/signers.ts';
import { accessRepository } from './store/access-repository.ts';
import { caseRepository } from './store/case-repository.ts';
import { challengeRepository } from './store/challenge-repository.ts';
import { openDataFolder } from './store/data-folder.ts';
import { openStore } from './store/database.ts';
import type { Store } from './store/database.ts';
import { openJournal } from './store/journal.ts';
import { operatorRepository } from './store/operator-repository.ts';
import type { OperatorRepository } from './store/operator-repository.ts';
import { machinePolicyFile } from './policy/machine-policy.ts';
import { participantRepository } from './store/participant-repository.ts';
import { planRepository } from './store/plan-repository.ts';
import { previewRepository } from './store/preview-repository.ts';
import { scanMemory } from './store/scan-memory.ts';
import { walletRepository } from './store/wallet-repository.ts';

export type { Checkpoint };

/** What the data folder holds. */
export interface Records {
  readonly folder: string;
  readonly policy: Policy;
  readonly journal: Journal;
  readonly audit: AuditLog;
  readonly operators: OperatorRepository;
  readonly plans: PlanStore;
  readonly previews: PreviewStore;
  readonly auditedRaises: AuditedRaises;
  readonly cases: ReturnType<typeof caseRepository>;
  readonly challenges: ReturnType<typeof challengeRepository>;
  readonly wallets: ReturnType<typeof walletRepository>;
  readonly scans: ScanMemory;
  readonly local: LocalPeople;
  transaction<T>(work: () => T): T;
  close(): void;
}

function policyOf(folder: string): Policy {
  return loadPolicy({
    machinePolicyFile: machinePolicyFile(),
    settingsFile: path.join(folder, 'policy.json'),
  });
}

function recordsOf(store: Store, policy: Policy): Records {
  const audit = openAuditLog(store);
  return {
    folder: store.folder,
    policy,
    journal: openJournal(store, audit),
    audit,
    operators: operatorRepository(store, audit),
    plans: planRepository(store),
    previews: previewRepository(store),
    auditedRaises: {
      tells: (recoveryId, highestCost) => audit.tells('cost_bound_raised', { recoveryId, highestCost }),
    },
    cases: caseRepository(store),
    challenges: challengeRepository(store),
    wallets: walletRepository(store),
    scans: store.mode === 'write' ? scanMemory(store) : { ...scanMemory(store), save: () => undefined },
    local: localPeople({
      people: participantRepository(store),
      access: accessRepository(store),
      transaction: (work) => store.transaction(work),
      audit: (event) => audit.append(event),
    }),
    transaction: (work) => store.transaction(work),
    close: () => store.close(),
  };
}

/** Opens the data folder as its one writer. @throws DeskError DATA_FOLDER_*, DATABASE_*, AUDIT_BROKEN, POLICY_INVALID. */
export function openRecords(data: string): Records {
  const folder = openDataFolder(data);
  const policy = policyOf(folder);
  const store = openStore(folder, { mode: 'write' });
  try {
    return recordsOf(store, policy);
  } catch (error) {
    store.close();
    throw error;
  }
}

/** Reads the data folder beside its writer; null when nothing was ever stored there. */
export function readRecords(data: string): Records | null {
  const folder = path.resolve(data);
  const store = openStore(folder, { mode: 'read' });
  return store === null ? null : recordsOf(store, policyOf(folder));
}

/** What reading needs of the records; nothing known where there are none. */
type KnownBefore = Pick<ReadContext, 'journal' | 'policy'> & { readonly scans: ScanMemory };

const NOTHING_KNOWN: Pick<ReadContext, 'journal'> & { readonly scans: ScanMemory } = {
  journal: { open: () => null, list: () => [], unsettled: () => [] },
  scans: { load: () => null, save: () => undefined },
};

/** What is known on a desk where nothing was stored yet. */
export function knownBefore(records: Records | null, data: string): KnownBefore {
  return records ?? { ...NOTHING_KNOWN, policy: policyOf(path.resolve(data)) };
}

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
    executionRefused: (planDigest, reason) =>
      records.audit.append({
        kind: 'execution_refused',
        at: isoTime(new Date()),
        fields: { planDigest, reason },
      }),
    confirmedBounds,
  };
}
