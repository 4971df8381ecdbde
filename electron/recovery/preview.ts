/**
 * The preview: reads, judges and predicts, pinned to one block. Read-only by construction: nothing here signs,
 * sends or stores.
 */
import type { PlanStep } from '../../shared/plan.ts';
import type { Blocker, Preview, WalletStanding } from '../../shared/preview.ts';
import { isoTime } from '../../shared/values.ts';
import { requiredTopics, shownClaims } from './claims/shown-claims.ts';
import { blockersOf } from './blockers.ts';
import { estimateCost, highestGasPrice } from './cost.ts';
import type { ReadContext } from './needs.ts';
import { oldIdentityOf, readPreviewFacts } from './preview-facts.ts';
import type { LostFacts, PreviewFacts } from './preview-facts.ts';
import { isExternal } from './preview-request.ts';
import type { PreviewRequest } from './preview-request.ts';
import { signerPreviews } from './signer-preview.ts';
import { simulateSteps } from './simulation.ts';
import type { StepSimulation } from './simulation.ts';
import { tokenPreviews } from './token-preview.ts';
import { warningsOf } from './warnings.ts';

const UNKNOWN_STANDING: WalletStanding = {
  registered: false,
  identity: null,
  country: null,
  markedLost: false,
  linkedTo: null,
};

function standing({ registered, identity, country, markedLost, linkedTo }: WalletStanding): WalletStanding {
  return { registered, identity, country, markedLost, linkedTo };
}

interface Predicted {
  readonly simulation: StepSimulation | null;
  /** The step that everything rests on and that would not go through, in words. */
  readonly broken: Blocker | null;
  /** Whether the node can simulate at all. */
  readonly able: boolean;
}

/** Steps with something left to do. */
function dueSteps(lost: LostFacts): readonly PlanStep[] {
  return lost.steps.filter(
    (step) => (step.token === null || !lost.recovered.has(step.token)) && !lost.prepared.has(step.name),
  );
}

/** Simulates where that can say something: a plan that lacks its base fails for that reason alone. */
async function predict(context: ReadContext, facts: PreviewFacts, lost: LostFacts): Promise<Predicted> {
  const able = await context.chain.canSimulate();
  if (!able || !(lost.record.registered || lost.adopts)) return { simulation: null, broken: null, able };
  const open = dueSteps(lost);
  const simulation = await simulateSteps(context.chain, open, facts.operator.address, facts.reader.block);
  const failing = open.find(
    (step) => (step.role === 'relink' || step.role === 'prepare') && simulation?.get(step.name)?.ok === false,
  );
  if (failing === undefined) return { simulation, broken: null, able: simulation !== null };
  const returned = simulation?.get(failing.name)?.returnData ?? '0x';
  const explained = facts.system.explainRevert(failing, returned, 'simulated');
  return {
    simulation: null,
    able,
    broken: {
      code: 'RECOVERY_SIMULATION_REVERTS',
      message: `Tried out, the recovery does not go through: ${explained.message}`,
      remedy: explained.remedy,
    },
  };
}

function replacementOf(request: PreviewRequest, lost: LostFacts): Preview['replacement'] {
  const chosen = request.replacement;
  const read = lost.replacement;
  if (chosen === null || read === null) return null;
  return {
    address: chosen.address,
    kind: lost.adopts ? 'adopted' : chosen.kind,
    control: chosen.control,
    identity: (lost.adopts ? read.record.identity : null) ?? read.prediction.address,
    identityExists: read.prediction.exists,
    standing: standing(read.record),
  };
}

function lostParts(
  lost: LostFacts | null,
): Pick<Preview, 'lost' | 'oldIdentity' | 'claims' | 'requiredTopics' | 'notRecoverable'> {
  return {
    lost: lost === null ? UNKNOWN_STANDING : standing(lost.record),
    oldIdentity: lost === null ? null : oldIdentityOf(lost.record),
    claims: shownClaims(lost?.claims),
    requiredTopics: lost === null ? [] : requiredTopics(lost.claims, lost.needs),
    notRecoverable: {
      nativeBalance: (lost?.nativeBalance ?? 0n).toString(),
      tokens: (lost?.foreign ?? []).map((token) => ({ ...token, balance: token.balance.toString() })),
    },
  };
}

/** A preview as asked for, together with the facts a plan is made from. */
export interface BuiltPreview {
  readonly preview: Preview;
  readonly facts: PreviewFacts;
}

/** Builds a preview. @throws DeskError CHAIN_ID_MISMATCH, SYSTEM_NOT_FOUND, PARTICIPANT_NOT_FOUND, of the network. */
export async function buildPreview(context: ReadContext, request: PreviewRequest): Promise<BuiltPreview> {
  const facts = await readPreviewFacts(context, request);
  const { lost, reader, operator, subject } = facts;
  const { simulation, broken, able } =
    lost === null ? { simulation: null, broken: null, able: true } : await predict(context, facts, lost);
  const { custodian } = facts;
  const named = [operator, ...(custodian === null ? [] : [custodian])].map(({ address }) => address);
  const tokens = lost === null ? [] : tokenPreviews(facts.system, lost, simulation, named);
  const cost =
    lost === null
      ? {
          transactions: 0,
          gas: '0',
          gasPrice: highestGasPrice(facts.fees).toString(),
          estimate: '0',
          by: 'typical' as const,
        }
      : estimateCost(
          facts.system,
          dueSteps(lost).filter((step) => !isExternal(request, step.signer)),
          simulation,
          facts.fees,
        );
  const signers = signerPreviews(request, facts, lost === null ? [] : dueSteps(lost), simulation);
  const blockers = blockersOf(context, request, facts, { ...cost, signers });
  const preview: Preview = {
    format: 'recovery-desk/preview',
    version: 1,
    createdAt: isoTime(context.now()),
    network: {
      name: context.profile.name,
      chainId: context.chain.chainId,
      protocol: context.protocol.kind,
      system: facts.system.system,
      practice: context.profile.practice === true,
    },
    block: {
      number: reader.block.number,
      hash: reader.block.hash,
      time: isoTime(new Date(reader.block.time * 1000)),
    },
    case: request.case,
    operator: {
      address: operator.address,
      identityManager: operator.identityManager,
      balance: operator.balance.toString(),
      foreignPending: operator.foreignPending,
    },
    ...(custodian === null ? {} : { signers: [...signers] }),
    participant: subject.participant,
    ...(facts.directory === null ? {} : { directory: facts.directory }),
    lostWallet: subject.lostWallet,
    ...lostParts(lost),
    replacement: lost === null ? null : replacementOf(request, lost),
    adopts: lost?.adopts ?? false,
    tokens: [...tokens],
    cost,
    blockers: broken !== null && blockers.length === 0 ? [broken] : [...blockers],
    warnings: [
      ...warningsOf({
        context,
        facts,
        reason: request.case.reason,
        replacement: request.replacement,
        tokens,
        simulates: able,
      }),
    ],
  };
  return { preview, facts };
}
