/**
 * The preview: reads, judges and predicts, pinned to one block. Read-only by construction: nothing here signs,
 * sends or stores.
 */
import type { PlanStep } from '../../shared/plan.ts';
import type { Blocker, LostPreview, Preview, TokenPreview, WalletStanding } from '../../shared/preview.ts';
import { isoTime } from '../../shared/values.ts';
import { requiredTopics, shownClaims } from './claims/shown-claims.ts';
import { blockersOf } from './blockers.ts';
import { estimateCost, highestGasPrice } from './cost.ts';
import { fundSteps } from './funding.ts';
import type { ReadContext } from './needs.ts';
import { oldIdentityOf } from './lost-facts.ts';
import type { LostFacts } from './lost-facts.ts';
import { allLost, readPreviewFacts } from './preview-facts.ts';
import type { PreviewFacts } from './preview-facts.ts';
import { isExternal } from './preview-request.ts';
import type { PreviewRequest } from './preview-request.ts';
import { signerPreviews } from './signer-preview.ts';
import { simulateSteps } from './simulation.ts';
import type { StepSimulation } from './simulation.ts';
import { tokenPreviews } from './token-preview.ts';
import { inOrder } from './wallet-facts.ts';
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
function dueSteps(facts: PreviewFacts): readonly PlanStep[] {
  const done = new Set(
    allLost(facts).flatMap(({ steps, prepared, recovered }) => [
      ...prepared,
      ...steps.flatMap(({ name, token }) => (token !== null && recovered.has(token) ? [name] : [])),
    ]),
  );
  return facts.steps.filter(({ name }) => !done.has(name));
}

/** Simulates where that can say something: a plan that lacks its base fails for that reason alone. */
async function predict(context: ReadContext, facts: PreviewFacts): Promise<Predicted> {
  const able = await context.chain.canSimulate();
  const based = allLost(facts).every(({ record, adopts }) => record.registered || adopts);
  if (!able || !based) return { simulation: null, broken: null, able };
  const open = dueSteps(facts);
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

/** With what replacements that sign themselves are given for it: that takes the gas of what they sign. */
function withFunding(
  context: ReadContext,
  facts: PreviewFacts,
  simulation: StepSimulation | null,
): PreviewFacts {
  const { system, fees, operator } = facts;
  const due = dueSteps(facts);
  const lost = allLost(facts);
  const funds = fundSteps(context, { system, fees, simulation, due, lost, operator: operator.address });
  return { ...facts, steps: inOrder([facts.steps, funds]) };
}

function replacementOf({ chosen, replacement, adopts, identity }: LostFacts): Preview['replacement'] {
  if (chosen === null || replacement === null) return null;
  return {
    address: chosen.address,
    kind: adopts ? 'adopted' : chosen.kind,
    control: chosen.control,
    identity,
    identityExists: replacement.prediction.exists,
    standing: standing(replacement.record),
  };
}

type LostPart = Omit<LostPreview, 'lostWallet'>;

function lostPart(lost: LostFacts, tokens: readonly TokenPreview[]): LostPart {
  const { record, contract, rights, nativeBalance, foreign, adopts } = lost;
  return {
    lost: standing(record),
    ...(contract ? { contract: true as const } : {}),
    oldIdentity: oldIdentityOf(record),
    replacement: replacementOf(lost),
    adopts,
    tokens: [...tokens],
    notRecoverable: {
      nativeBalance: nativeBalance.toString(),
      tokens: foreign.map((token) => ({ ...token, balance: token.balance.toString() })),
    },
    ...(rights.length === 0 ? {} : { rights: [...rights] }),
  };
}

const NOTHING_LOST: LostPart = {
  lost: UNKNOWN_STANDING,
  oldIdentity: null,
  replacement: null,
  adopts: false,
  tokens: [],
  notRecoverable: { nativeBalance: '0', tokens: [] },
};

function othersPart({ others }: PreviewFacts): Pick<Preview, 'others'> {
  if (others.length === 0) return {};
  return {
    others: others.map(({ record, contract, holds, says }) => ({
      wallet: record.wallet,
      standing: standing(record),
      contract,
      holds: [...holds],
      says,
    })),
  };
}

/** A preview as asked for, together with the facts a plan is made from. */
export interface BuiltPreview {
  readonly preview: Preview;
  readonly facts: PreviewFacts;
}

/** Builds a preview. @throws DeskError CHAIN_ID_MISMATCH, SYSTEM_NOT_FOUND, PARTICIPANT_NOT_FOUND, of the network. */
export async function buildPreview(context: ReadContext, request: PreviewRequest): Promise<BuiltPreview> {
  const read = await readPreviewFacts(context, request);
  const { lost, reader, operator, subject } = read;
  const { simulation, broken, able } =
    lost === null ? { simulation: null, broken: null, able: true } : await predict(context, read);
  const facts = withFunding(context, read, simulation);
  const { custodian } = facts;
  const named = [operator, ...(custodian === null ? [] : [custodian])].map(({ address }) => address);
  const [first, ...further] = allLost(facts).map((one) => ({
    lostWallet: one.wallet,
    ...lostPart(one, tokenPreviews(facts.system, one, simulation, named)),
  }));
  const tokens = [first, ...further].flatMap((one) => one?.tokens ?? []);
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
          dueSteps(facts).filter((step) => !isExternal(request, step.signer)),
          simulation,
          facts.fees,
        );
  const signers = signerPreviews(request, facts, dueSteps(facts), simulation);
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
    ...(first ?? NOTHING_LOST),
    lostWallet: subject.lostWallet,
    ...(further.length === 0 ? {} : { further }),
    ...othersPart(facts),
    claims: shownClaims(lost?.claims),
    requiredTopics:
      lost === null
        ? []
        : requiredTopics(
            lost.claims,
            allLost(facts).flatMap(({ needs }) => needs),
          ),
    cost,
    blockers: broken !== null && blockers.length === 0 ? [broken] : [...blockers],
    warnings: [
      ...warningsOf({
        context,
        facts,
        reason: request.case.reason,
        holdersWay: request.holdersWay === true,
        tokens,
        simulates: able,
      }),
    ],
  };
  return { preview, facts };
}
