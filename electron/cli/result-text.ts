/** The outcome of a recovery in words, for the terminal. */
import type { PhaseReport, RecoveryResult } from '../../shared/outcome.ts';
import { table } from './table.ts';

const WORDS: Readonly<Record<RecoveryResult['status'], string>> = {
  running: 'The recovery is under way.',
  waiting: 'The recovery waits.',
  stopped: 'The recovery stopped. It is not over: it must be gone on with.',
  cancelled: 'The recovery was cancelled before anything irreversible was done.',
  failed: 'The recovery failed: it recovered neither the identity nor a token.',
  completed: 'The recovery is complete.',
  completed_with_token_failures: 'The recovery is complete, except for what is listed below.',
};

function failures({ tokens }: RecoveryResult): readonly string[] {
  if (tokens.failures.length === 0) return [];
  return [
    '',
    'Not recovered:',
    ...tokens.failures.flatMap((failure) => [
      `  ${failure.symbol}${failure.lostWallet === undefined ? '' : `  of ${failure.lostWallet}`}  ${failure.reason}: ${failure.message}`,
      `      → ${failure.remedy}`,
    ]),
  ];
}

/** Where there are several, each in full. */
function wallets({
  wallets: all,
  lostWallet,
  replacementWallet,
  replacementIdentity,
}: RecoveryResult): readonly string[] {
  const list =
    all.length > 1
      ? all
      : [{ lost: lostWallet, replacement: replacementWallet, identity: replacementIdentity }];
  return list.flatMap(({ lost, replacement, identity }) => [
    `Lost wallet            ${lost}`,
    `Replacement wallet     ${replacement}`,
    `Replacement identity   ${identity}`,
    ...(list.length > 1 ? [''] : []),
  ]);
}

const OUTCOMES: Readonly<Record<NonNullable<RecoveryResult['healthy']>[number]['outcome'], string>> = {
  moved: 'moved to the identity',
  stays: 'stays with the identity',
  failed: 'could not be moved, is with the identity',
  open: 'not moved yet, is with the identity',
};

function healthy({ healthy: all = [] }: RecoveryResult): readonly string[] {
  return all.map(
    ({ wallet, identity, outcome }) => `Healthy wallet         ${wallet}, ${OUTCOMES[outcome]} ${identity}`,
  );
}

function waiting({ waitsFor = [] }: RecoveryResult): readonly string[] {
  return waitsFor.map(({ address, what, steps }) => {
    const count = steps.length === 1 ? 'one step' : `${steps.length} steps`;
    const how = what === 'operator' ? 'to go on with' : 'to have signed and sent';
    return `Waits for              ${address}, ${how} ${count}`;
  });
}

/** What was taken away at the participant directory. */
function countWords({ counts = {} }: PhaseReport): string {
  const told = Object.entries(counts).flatMap(([kind, count]) =>
    count === 0 ? [] : [`${count} ${kind.replaceAll('_', ' ')}`],
  );
  return told.join(', ');
}

export function resultText(result: RecoveryResult): string {
  const { tokens } = result;
  return [
    ...(result.practice ? ['*** PRACTICE NETWORK: nothing here is real ***', ''] : []),
    WORDS[result.status],
    ...(result.reason === undefined
      ? []
      : [`  ${result.reason.code}: ${result.reason.message}`, `      → ${result.reason.remedy}`]),
    '',
    `Recovery               ${result.recoveryId}`,
    ...wallets(result),
    ...healthy(result),
    ...waiting(result),
    `Tokens recovered       ${tokens.recovered} of ${tokens.total}`,
    ...(tokens.holdersWay === undefined
      ? []
      : [`By the replacement     ${tokens.holdersWay.join(', ')}, itself`]),
    '',
    table(
      ['Phase', 'State', 'Why'],
      result.phases.map((phase) => [phase.name, phase.status, phase.reason ?? countWords(phase)]),
    ),
    ...failures(result),
    ...(result.followUps.length === 0
      ? []
      : ['', 'What must follow:', ...result.followUps.map((item) => `  ${item.code}: ${item.message}`)]),
    '',
    `Plan digest            ${result.planDigest}`,
  ].join('\n');
}
