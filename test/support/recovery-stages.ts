/** The stages of a recovery one by one, with all real parts, for tests that look between them. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { connect, engineContext, openRecords, prepareContext } from '../../electron/desk.ts';
import type { Checkpoint, Records } from '../../electron/desk.ts';
import { openKeystore } from '../../electron/operator/keystore.ts';
import { keystoreSigner } from '../../electron/operator/signer.ts';
import type { Signer } from '../../electron/operator/signer.ts';
import { practiceAddress } from '../../electron/practice/practice-keys.ts';
import type { SeededPerson } from '../../electron/practice/practice-seed.ts';
import { runRecovery } from '../../electron/recovery/engine.ts';
import type { EngineContext } from '../../electron/recovery/engine-context.ts';
import { beginRecovery } from '../../electron/recovery/execute.ts';
import type { Begun, Confirmed } from '../../electron/recovery/execute.ts';
import { signersOf } from '../../electron/recovery/signers.ts';
import type { ExternalSigner } from '../../electron/recovery/signers.ts';
import { prepareRecovery } from '../../electron/recovery/prepare.ts';
import type { Prepared } from '../../electron/recovery/prepare.ts';
import type { Address } from '../../shared/address.ts';
import type { RecoveryReason } from '../../shared/recovery-reasons.ts';
import type { RecoveryResult } from '../../shared/outcome.ts';
import { confirmationText } from '../../shared/plan.ts';
import type { PracticeDesk } from './practice-desk.ts';

export type Planned = Extract<Prepared, { kind: 'planned' }>;

export interface PlanWish {
  readonly reason?: RecoveryReason;
  readonly holdReference?: string | null;
  readonly tokens?: readonly Address[];
  /** Default: the practice role `replacement`, as if its holder had proven control. */
  readonly replacement?: Address;
  /** Who signs for their tokens beside the operator. */
  readonly custodian?: Address;
  /** Those that sign elsewhere. */
  readonly external?: readonly Address[];
}

/** Who acts at the desk; else the practice operator, alone. */
export interface StageHands {
  /** Whose keystore is opened; of an address that signs elsewhere, that. */
  readonly own?: 'operator' | 'identityManager' | 'custodian' | ExternalSigner;
  /** Whose keystores are opened beside it, and who signs elsewhere. */
  readonly others?: readonly ('identityManager' | 'custodian' | ExternalSigner)[];
  readonly checkpoint?: Checkpoint;
}

export interface RecoveryStages {
  readonly records: Records;
  readonly engine: EngineContext;
  prepare(person: SeededPerson, wish?: PlanWish): Promise<Prepared>;
  /** As `prepare`, for a person that nothing stands in the way of. */
  plan(person: SeededPerson, wish?: PlanWish): Promise<Planned>;
  begin(planned: Planned, over?: Partial<Confirmed>): Promise<Begun>;
  run(id: string): Promise<RecoveryResult>;
  close(): Promise<void>;
}

async function signerOf(
  { network: { files } }: PracticeDesk,
  hand: NonNullable<StageHands['own']>,
): Promise<Signer | ExternalSigner> {
  if (typeof hand !== 'string') return hand;
  const { keystore, passphrase } = files[hand];
  const secret = Buffer.from(readFileSync(passphrase, 'utf8').trim());
  return keystoreSigner(await openKeystore(readFileSync(keystore, 'utf8'), secret));
}

export async function openStages(
  desk: PracticeDesk,
  data: string,
  { own = 'operator', others = [], checkpoint = () => undefined }: StageHands = {},
): Promise<RecoveryStages> {
  const { profile, files } = desk.network;
  const records = openRecords(data);
  const profileDir = path.dirname(files.network);
  const connection = await connect({
    profile,
    profileDir,
    directory: null,
    known: records,
    onScan: () => undefined,
  });
  const [signer, ...beside] = await Promise.all([
    signerOf(desk, own),
    ...others.map((hand) => signerOf(desk, hand)),
  ]);
  const engine = engineContext({
    connection,
    records,
    signers: signersOf(signer, beside),
    profileFile: files.network,
    proveWallet: null,
    progress: () => undefined,
    checkpoint,
    signal: new AbortController().signal,
  });
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
    );
  return {
    records,
    engine,
    prepare,
    async plan(person, wish) {
      const prepared = await prepare(person, wish);
      if (prepared.kind === 'planned') return prepared;
      throw new Error(prepared.preview.blockers.map((blocker) => blocker.message).join(' '));
    },
    begin: (planned, over = {}) =>
      beginRecovery(engine, { ...planned, typed: confirmationText(planned.plan), ...over }),
    run: (id) => runRecovery(engine, id),
    async close() {
      for (const one of [signer, ...beside]) if ('close' in one) one.close();
      await connection.close();
      records.close();
    },
  };
}
