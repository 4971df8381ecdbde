/** A plan in words, shown before the confirmation is asked. */
import type { Plan } from '../../shared/plan.ts';
import type { Hex } from '../../shared/values.ts';
import { coins } from './amounts.ts';
import { table } from './table.ts';

const CONTROL: Readonly<Record<Plan['replacement']['control'], string>> = {
  proof: 'the holder proved control of it',
  call_back: 'on a recorded call-back, without proof',
  generated: 'made and kept by this desk',
};

const WORDS: Readonly<Record<Plan['steps'][number]['role'], string>> = {
  contain: 'Freeze the lost wallet',
  prepare: 'Create the replacement identity',
  relink: 'Mark the wallet lost, link it to the replacement',
  token: 'Recover the whole balance',
  release: 'Lift the freeze that this recovery set',
};

/** Steps of a kind, on how many tokens. */
function actions(plan: Plan): readonly (readonly string[])[] {
  return Object.entries(WORDS).flatMap(([role, words]) => {
    const steps = plan.steps.filter((step) => step.role === role);
    if (steps.length === 0) return [];
    const tokens = steps.filter((step) => step.token !== null);
    return [[words, tokens.length === 0 ? '' : `${tokens.length} tokens`, steps[0]?.right ?? '']];
  });
}

export function planText(plan: Plan, digest: Hex): string {
  return [
    'What will be done:',
    table(['Action', 'On', 'Right'], actions(plan)),
    '',
    `Lost wallet       ${plan.lostWallet}`,
    `Replacement       ${plan.replacement.address}, ${CONTROL[plan.replacement.control]}`,
    `New identity      ${plan.replacement.identity}`,
    ...(plan.holdReference === null ? [] : [`Hold reference    ${plan.holdReference}`]),
    `Cost              never more than ${coins(plan.highestCost)} native coin`,
    `Plan digest       ${digest}`,
    '',
  ].join('\n');
}
