/** The stages of a recovery one by one, with all real parts, for tests that look between them. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { armFor, connect, engineContext, prepareContext } from '../../electron/desk.ts';
import { openRecords } from '../../electron/records.ts';
import type { Checkpoint } from '../../electron/desk.ts';
import type { Records } from '../../electron/records.ts';
import type { HeldSigner } from '../../electron/operator/held-signer.ts';
import { loadNetworkProfile } from '../../electron/policy/load-network-profile.ts';
import { openKeystoreSigner } from '../../electron/operator/operator-signers.ts';
import type { ParticipantDirectory } from '../../electron/participants/directory.ts';
import { practiceAddress } from '../../electron/practice/practice-keys.ts';
import type { SeededPerson } from '../../electron/practice/practice-seed.ts';
import { runRecovery } from '../../electron/recovery/engine.ts';
import type { EngineContext } from '../../electron/recovery/engine-context.ts';
import { beginRecovery, readyToResume } from '../../electron/recovery/execute.ts';
import type { Begun, Confirmed } from '../../electron/recovery/execute.ts';
import type { ReadContext } from '../../electron/recovery/needs.ts';
import type { ExternalSigner } from '../../electron/recovery/signers.ts';
import { prepareRecovery } from '../../electron/recovery/prepare.ts';
import type { OtherSource, Prepared } from '../../electron/recovery/prepare.ts';
import type { Address } from '../../shared/address.ts';
import type { RecoveryReason } from '../../shared/recovery-reasons.ts';
import type { RecoveryResult } from '../../shared/outcome.ts';
import { confirmationText } from '../../shared/plan.ts';
import type { Plan } from '../../shared/plan.ts';
import type { PracticeDesk } from './practice-desk.ts';

export type Planned = Extract<Prepared, { kind: 'planned' }>;

export interface PlanWish {
  readonly reason?: RecoveryReason;
  readonly holdReference?: string | null;
  readonly tokens?: readonly Address[];
  /** Default: the practice role `replacement`, as if its holder had proven control. */
  readonly replacement?: Address;
  /** What is said of the person's other wallets. */
  readonly others?: readonly OtherSource[];
  /** Who signs for their tokens beside the operator. */
  readonly custodian?: Address;
  /** Those that sign elsewhere. */
  readonly external?: readonly Address[];
}

/** Who acts at the desk; else the practice operator, alone. */
export interface StageHands {
  /** Whose keystore is opened; of an address that signs elsewhere, that. */
  readonly own?: 'operator' | 'identityManager' | 'custodian' | HeldSigner | ExternalSigner;
  /** Whose keystores are opened beside it, and who signs elsewhere. */
  readonly others?: readonly ('identityManager' | 'custodian' | ExternalSigner)[];
  readonly checkpoint?: Checkpoint;
  /** The profile's file, where it is not the practice network's own. */
  readonly profileFile?: string;
  /** Of the desk's records; else there is none. */
  readonly directory?: (records: Records) => ParticipantDirectory | null;
}

export interface RecoveryStages {
  readonly records: Records;
  readonly context: ReadContext;
  prepare(person: SeededPerson, wish?: PlanWish): Promise<Prepared>;
  /** As `prepare`, for a person that nothing stands in the way of. */
  plan(person: SeededPerson, wish?: PlanWish): Promise<Planned>;
  begin(planned: Planned, over?: Partial<Confirmed>): Promise<Begun>;
  run(id: string, signal?: AbortSignal): Promise<RecoveryResult>;
  /** Makes it ready to be run again. */
  resume(id: string): Promise<RecoveryResult>;
  close(): Promise<void>;
}

async function signerOf(
  { network: { files } }: PracticeDesk,
  hand: NonNullable<StageHands['own']>,
): Promise<HeldSigner | ExternalSigner> {
  if (typeof hand !== 'string') return hand;
  const { keystore, passphrase } = files[hand];
  const secret = Buffer.from(readFileSync(passphrase, 'utf8').trim());
  return openKeystoreSigner(readFileSync(keystore, 'utf8'), secret);
}

export async function openStages(
  desk: PracticeDesk,
  data: string,
  {
    own = 'operator',
    others = [],
    checkpoint = () => undefined,
    directory = () => null,
    profileFile = desk.network.files.network,
  }: StageHands = {},
): Promise<RecoveryStages> {
  const { profile } = loadNetworkProfile(profileFile);
  const records = openRecords(data);
  const profileDir = path.dirname(profileFile);
  const connection = await connect({
    profile,
    profileDir,
    directory: () => directory(records),
    known: records,
    onScan: () => undefined,
  });
  const [signer, ...beside] = await Promise.all([
    signerOf(desk, own),
    ...others.map((hand) => signerOf(desk, hand)),
  ]);
  const engineFor = (plan: Plan, signal = new AbortController().signal): EngineContext => {
    const armed = (one: HeldSigner | ExternalSigner) => ('handOut' in one ? one : armFor(records, one, plan));
    return engineContext({
      connection,
      records,
      signer: armed(signer),
      others: beside.map(armed),
      profileFile,
      proveWallet: null,
      progress: () => undefined,
      checkpoint,
      signal,
    });
  };
  const planOf = (id: string): Plan => {
    const digest = records.journal.read(id)?.recovery.planDigest;
    const plan = digest === undefined ? null : records.plans.get(digest);
    if (plan === null) throw new Error(`there is no recovery ${id}`);
    return plan;
  };
  const prepare: RecoveryStages['prepare'] = (person, wish = {}) =>
    prepareRecovery(
      prepareContext(connection.context, records),
      {
        case: {
          reason: wish.reason ?? 'lost',
          ticket: 'TEST-1',
          identifiedBy: null,
          identifiedHow: null,
          evidence: [],
        },
        participantId: null,
        lostWallet: person.lostWallet,
        operator: signer.address,
        custodian: wish.custodian ?? null,
        external: wish.external ?? [],
        tokens: wish.tokens ?? [],
        ownRecovery: null,
      },
      {
        kind: 'chosen',
        chosen: {
          address: wish.replacement ?? practiceAddress('replacement'),
          kind: 'given',
          control: 'proof',
        },
      },
      wish.holdReference ?? null,
      wish.others ?? [],
    );
  return {
    records,
    context: connection.context,
    prepare,
    async plan(person, wish) {
      const prepared = await prepare(person, wish);
      if (prepared.kind === 'planned') return prepared;
      throw new Error(prepared.preview.blockers.map((blocker) => blocker.message).join(' '));
    },
    begin: (planned, over = {}) =>
      beginRecovery(engineFor(planned.plan), { ...planned, typed: confirmationText(planned.plan), ...over }),
    run: (id, signal) => runRecovery(engineFor(planOf(id), signal), id),
    async resume(id) {
      await readyToResume(engineFor(planOf(id)), id);
      return runRecovery(engineFor(planOf(id)), id);
    },
    async close() {
      for (const one of [signer, ...beside]) if ('close' in one) one.close();
      await connection.close();
      records.close();
    },
  };
}
