/** A plan by who signs what, and whose turn it is: read from plan and journal alone. */
import type { Address } from '../../shared/address.ts';
import { isHandedOut } from '../../shared/journal.ts';
import type { RecoverySnapshot } from '../../shared/journal.ts';
import type { WaitsFor } from '../../shared/outcome.ts';
import { tokensOf } from '../../shared/plan.ts';
import type { Plan, PlanStep } from '../../shared/plan.ts';
import { goesHoldersWay } from '../../shared/holders-way.ts';
import { isEnded, stepsNow } from './engine-context.ts';
import { asActed } from './holders-way.ts';
import { bySigner } from './slots.ts';

/** What one address signs of a plan, in plan order. */
export interface Part {
  readonly signer: Address;
  readonly steps: readonly PlanStep[];
}

function grouped(steps: readonly PlanStep[]): readonly Part[] {
  return [...bySigner(steps)].map(([signer, own]) => ({ signer, steps: own }));
}

/** The parts of people: a replacement that signs itself has none, its steps go with the confirmation of who began. */
export function partsOf(plan: Pick<Plan, 'steps'>): readonly Part[] {
  return grouped(plan.steps.filter((step) => !goesHoldersWay(step)));
}

/** Whether a person who signs as the address has a part of the plan. */
export function hasPart(plan: Pick<Plan, 'steps'>, address: Address): boolean {
  return plan.steps.some((step) => step.signer === address && !goesHoldersWay(step));
}

/** What is walked one after the other: nothing of a later one is sent before the earlier ones are through. */
const WALKED: readonly (readonly PlanStep['role'][])[] = [
  ['contain', 'prepare', 'fund'],
  ['relink'],
  ['token', 'move', 'release'],
];

/** Steps with something left to do of what is walked next, by who signs them. */
export function turnsOf(snapshot: Pick<RecoverySnapshot, 'steps'>, plan: Plan): readonly Part[] {
  const rows = stepsNow(snapshot);
  const open = plan.steps.filter((step) => {
    const row = rows.get(step.name);
    return row !== undefined && !isEnded(row);
  });
  const next = WALKED.map((roles) => open.filter((step) => roles.includes(step.role)));
  return grouped(next.find((steps) => steps.length > 0) ?? []);
}

const WAITING: readonly string[] = ['WAITING_FOR_OPERATOR', 'WAITING_FOR_SIGNATURES'];

/** Who a waiting recovery waits for, and with which steps; nobody where it waits for something else, or not at all. */
export function waitsFor(snapshot: RecoverySnapshot, plan: Plan): readonly WaitsFor[] {
  const { status, statusReason } = snapshot.recovery;
  if (status !== 'waiting' || !WAITING.includes(statusReason?.code ?? '')) return [];
  const rows = stepsNow(snapshot);
  // Nothing at all is begun before the replacement is proven to open, by who had it made.
  const onChain = new Set(plan.steps.map(({ name }) => name));
  const unproven = [...rows.values()].find(
    (row) => row.phase === 'create_wallet' && !onChain.has(row.name) && !isEnded(row),
  );
  if (unproven !== undefined)
    return [{ address: snapshot.recovery.operator, what: 'operator', steps: [unproven.name] }];
  const acted = { ...plan, steps: [...asActed(plan, snapshot.recovery.operator, plan.steps)] };
  return turnsOf(snapshot, acted).map(({ signer, steps }) => {
    const isOut = ({ name }: PlanStep): boolean => {
      const row = rows.get(name);
      return row !== undefined && isHandedOut(snapshot.handOuts, row);
    };
    return {
      address: signer,
      what: steps.some(isOut) ? 'signatures' : 'operator',
      steps: steps.map(({ name }) => name),
    };
  });
}

const WORDS: Readonly<Record<PlanStep['role'], string>> = {
  contain: 'freeze the lost wallet',
  prepare: 'create the replacement identity or smart account',
  relink: 'link the lost wallet to the replacement',
  move: 'register the healthy wallet with the replacement identity',
  token: 'recover the balance',
  release: 'lift the freeze',
  claim: 'issue the claim',
  fund: 'give the replacement coin for gas',
};

/** Steps in words, for a sentence: `freeze the lost wallet on NGB28, EURQ; recover the balance on NGB28`. */
export function stepWords(plan: Plan, steps: readonly PlanStep[]): string {
  const symbolOf = (token: Address | null): string | null =>
    tokensOf(plan).find(({ address }) => address === token)?.symbol ?? null;
  const roles = [...new Set(steps.map((step) => step.role))];
  return roles
    .map((role) => {
      const symbols = steps.flatMap((step) => (step.role === role ? (symbolOf(step.token) ?? []) : []));
      return symbols.length === 0 ? WORDS[role] : `${WORDS[role]} on ${symbols.join(', ')}`;
    })
    .join('; ');
}
