/** A plan in words, shown before the confirmation is asked. */
import type { DirectoryAction } from '../../shared/directory-actions.ts';
import { tokensOf, walletsOf } from '../../shared/plan.ts';
import type { Plan, PlannedWallet } from '../../shared/plan.ts';
import type { Hex } from '../../shared/values.ts';
import { goesHoldersWay } from '../../shared/holders-way.ts';
import { valueOf } from '../recovery/funds.ts';
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

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}

/** On how many tokens, and wallets where the plan has several. */
function extent(own: Part['steps'], wallets: number): string {
  const tokens = own.filter((step) => step.token !== null).length;
  const about = new Set(own.map(({ wallet }) => wallet)).size;
  return [
    ...(tokens === 0 ? [] : [counted(tokens, wallets > 1 ? 'balance' : 'token')]),
    ...(wallets > 1 ? [counted(about, 'wallet')] : []),
  ].join(' of ');
}

/** Steps of a kind and signer, and on what. */
function actions(parts: readonly Part[], wallets: number): readonly (readonly string[])[] {
  return Object.entries(WORDS).flatMap(([role, words]) =>
    parts.flatMap(({ signer, steps }) => {
      const own = steps.filter((step) => step.role === role);
      if (own.length === 0) return [];
      const row = [words, extent(own, wallets), own[0]?.right ?? ''];
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

function walletText({ lostWallet, replacement }: PlannedWallet): readonly string[] {
  const { address, kind, control, identity } = replacement;
  const how = kind === 'account' ? 'a smart account that the first replacement owns' : CONTROL[control];
  return [
    `Lost wallet       ${lostWallet}`,
    `Replacement       ${address}, ${how}`,
    `New identity      ${identity}`,
  ];
}

function healthyText({ healthy = [], replacement }: Plan): readonly string[] {
  if (healthy.length === 0) return [];
  return [
    ...healthy.map(({ wallet, identity, moves }) =>
      moves
        ? `Healthy wallet    ${wallet}, moves to the identity ${replacement.identity}`
        : `Healthy wallet    ${wallet}, stays with the identity ${identity}`,
    ),
    '',
  ];
}

export function planText(plan: Plan, digest: Hex): string {
  const parts = partsOf(plan);
  const wallets = walletsOf(plan);
  const lines = wallets.map(walletText);
  const columns = ['Action', 'On', 'Right', ...(parts.length > 1 ? ['Signed by'] : [])];
  return [
    'What will be done:',
    table(columns, actions(parts, wallets.length)),
    '',
    ...lines.flatMap((own) => (wallets.length > 1 ? [...own, ''] : own)),
    ...healthyText(plan),
    ...holdersWay(plan),
    ...(plan.holdReference === null ? [] : [`Hold reference    ${plan.holdReference}`]),
    `At the directory  ${atDirectory(plan)}`,
    `Cost              never more than ${coins(plan.highestCost)} native coin`,
    `Plan digest       ${digest}`,
    '',
  ].join('\n');
}
