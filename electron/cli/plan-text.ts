/** A plan in words, shown before the confirmation is asked. */
import type { DirectoryAction } from '../../shared/directory-actions.ts';
import { tokensOf } from '../../shared/plan.ts';
import type { Plan } from '../../shared/plan.ts';
import type { Hex } from '../../shared/values.ts';
import { valueOf } from '../recovery/funds.ts';
import { goesHoldersWay } from '../recovery/holders-way.ts';
import { partsOf } from '../recovery/parts.ts';
import type { Part } from '../recovery/parts.ts';
import { coins } from './amounts.ts';
import { table } from './table.ts';

const CONTROL: Readonly<Record<Plan['replacement']['control'], string>> = {
  proof: 'the holder proved control of it',
  call_back: 'on a recorded call-back, without proof',
  generated: 'made and kept by this desk',
  standing: 'linked on chain before',
};

const WORDS: Readonly<Record<Plan['steps'][number]['role'], string>> = {
  contain: 'Freeze the lost wallet',
  prepare: 'Create the replacement identity, or the smart account',
  fund: 'Give the replacement coin for gas',
  relink: 'Mark the wallet lost, link it to the replacement',
  move: 'Register a healthy wallet with the replacement identity',
  token: 'Recover the whole balance',
  release: 'Lift the freeze that this recovery set',
  claim: 'Issue a claim',
};

/** Steps of a kind and signer, on how many tokens. */
function actions(parts: readonly Part[]): readonly (readonly string[])[] {
  return Object.entries(WORDS).flatMap(([role, words]) =>
    parts.flatMap(({ signer, steps }) => {
      const own = steps.filter((step) => step.role === role);
      if (own.length === 0) return [];
      const tokens = own.filter((step) => step.token !== null);
      const row = [words, tokens.length === 0 ? '' : `${tokens.length} tokens`, own[0]?.right ?? ''];
      return [parts.length > 1 ? [...row, signer] : row];
    }),
  );
}

/** What replacements sign themselves, and what they are given for it. */
function holdersWay(plan: Plan): readonly string[] {
  const own = plan.steps.filter(goesHoldersWay);
  if (own.length === 0) return [];
  const symbols = tokensOf(plan).flatMap(({ address, symbol }) =>
    own.some(({ token }) => token === address) ? [symbol] : [],
  );
  const given = plan.steps.reduce((sum, step) => sum + valueOf(step), 0n);
  const gas =
    given === 0n
      ? ''
      : `, with ${coins(given.toString())} native coin for gas; the rest stays with the holder`;
  return [`Holder's way      ${symbols.join(', ')}: recovered by the replacement itself${gas}`];
}

const AT_DIRECTORY: Readonly<Record<DirectoryAction, string>> = {
  hold_sign_in: 'hold sign-in',
  revoke_sessions: 'end all sessions',
  link_participant: 'make the replacement the effective wallet',
  reset_mfa: 'reset second factors, passkeys, keys and wallet codes',
};

function atDirectory({ directory }: Plan): string {
  const actions = directory?.actions ?? [];
  return actions.length === 0 ? 'nothing' : actions.map((action) => AT_DIRECTORY[action]).join(', ');
}

export function planText(plan: Plan, digest: Hex): string {
  const parts = partsOf(plan);
  const columns = ['Action', 'On', 'Right', ...(parts.length > 1 ? ['Signed by'] : [])];
  return [
    'What will be done:',
    table(columns, actions(parts)),
    '',
    `Lost wallet       ${plan.lostWallet}`,
    `Replacement       ${plan.replacement.address}, ${CONTROL[plan.replacement.control]}`,
    `New identity      ${plan.replacement.identity}`,
    ...holdersWay(plan),
    ...(plan.holdReference === null ? [] : [`Hold reference    ${plan.holdReference}`]),
    `At the directory  ${atDirectory(plan)}`,
    `Cost              never more than ${coins(plan.highestCost)} native coin`,
    `Plan digest       ${digest}`,
    '',
  ].join('\n');
}
