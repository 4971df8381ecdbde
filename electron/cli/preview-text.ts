/** A preview in words, for the terminal. */
import type { Preview, SignerPreview, TokenPreview } from '../../shared/preview.ts';
import type { Hex } from '../../shared/values.ts';
import { coins, tokenAmount } from './amounts.ts';
import { table } from './table.ts';

function outcome(token: TokenPreview): string {
  const { predicted } = token;
  switch (predicted.outcome) {
    case 'recovers':
      return token.way === 'holder' ? 'recovers, by the replacement wallet itself' : 'recovers';
    case 'already_recovered':
      return 'recovered before';
    case 'fails':
      return `fails: ${predicted.reason}${token.way === 'holder' ? ', by the replacement wallet itself' : ''}`;
    default:
      return predicted satisfies never;
  }
}

const COLUMNS = [
  'Token',
  'Name',
  'Balance',
  'Frozen part',
  'Wallet frozen',
  'Paused',
  'Custodian',
  'Expected',
] as const;

function tokens(preview: Preview): string {
  if (preview.tokens.length === 0) return 'No token of this system is on the lost wallet.';
  const split = preview.signers !== undefined;
  return table(
    split ? [...COLUMNS, 'Signed by'] : COLUMNS,
    preview.tokens.map((token) => [
      token.symbol,
      token.name,
      tokenAmount(token.balance, token.decimals),
      token.frozen === '0' ? '' : tokenAmount(token.frozen, token.decimals),
      token.addressFrozen ? 'yes' : '',
      token.paused ? 'yes' : '',
      token.custodianRight ? 'yes' : 'NO',
      outcome(token),
      ...(split ? [token.signer ?? ''] : []),
    ]),
  );
}

function identityStatus(preview: Preview): string {
  const { lost } = preview;
  if (lost.markedLost) return `marked as lost${lost.linkedTo === null ? '' : `, linked to ${lost.linkedTo}`}`;
  return lost.registered ? `registered, country ${lost.country}` : 'not registered';
}

function notes(
  title: string,
  list: readonly { code: string; message: string; remedy: string }[],
): readonly string[] {
  if (list.length === 0) return [];
  return [
    '',
    title,
    ...list.flatMap((note) => [`  ${note.code}: ${note.message}`, `      → ${note.remedy}`]),
  ];
}

function notRecoverable({ notRecoverable: left }: Preview): readonly string[] {
  const parts = [
    ...(left.nativeBalance === '0' ? [] : [`${coins(left.nativeBalance)} native coin`]),
    ...left.tokens.map(
      (token) => `${tokenAmount(token.balance, token.decimals)} ${token.symbol} (${token.address})`,
    ),
  ];
  return parts.length === 0 ? [] : ['', `Not recoverable here: ${parts.join(', ')}`];
}

/** Where several sign: what each would sign and pay. */
function signerLine({ address, role, external, transactions, estimate, balance }: SignerPreview): string {
  const pays = external ? 'signed and paid elsewhere' : `about ${coins(estimate)} of ${coins(balance)} coin`;
  const whose = role === 'operator' ? 'By the operator ' : 'By the custodian';
  return `${whose}  ${address}: ${transactions} transactions, ${pays}`;
}

/** What the person gets in with now, as far as the directory tells. */
function accessText({ directory }: Preview): string {
  if (directory === undefined) return 'no participant directory';
  if (!directory.answers) return 'the participant directory does not answer';
  const { access } = directory;
  if (access === null) return 'the participant directory does not know the person';
  const { signIn, ...counts } = access;
  const told = Object.entries(counts).flatMap(([kind, count]) =>
    count === null ? [] : [`${count} ${kind.replaceAll('_', ' ')}`],
  );
  return told.length === 0 ? 'not kept by the participant directory' : `${told.join(', ')}; ${signIn}`;
}

export function previewText(preview: Preview, digest: Hex): string {
  const { network, block, participant, replacement, cost } = preview;
  return [
    ...(network.practice ? ['*** PRACTICE NETWORK: nothing here is real ***', ''] : []),
    `Preview at block ${block.number} of ${network.name} (chain ${network.chainId}), ${block.time}`,
    '',
    `Participant       ${participant.name ?? participant.id}`,
    `Lost wallet       ${preview.lostWallet ?? 'none'}`,
    `Identity status   ${identityStatus(preview)}`,
    `Old identity      ${preview.oldIdentity ?? 'none'}`,
    `Replacement       ${replacement === null ? 'not chosen yet' : `${replacement.address} (${replacement.kind})`}`,
    ...(replacement === null ? [] : [`New identity      ${replacement.identity}`]),
    `Operator          ${preview.operator.address}${preview.operator.identityManager ? ', identity manager' : ''}`,
    ...(preview.signers ?? []).map(signerLine),
    `Sign-in           ${accessText(preview)}`,
    `Case              ${preview.case.reason}, ticket ${preview.case.ticket}`,
    '',
    tokens(preview),
    ...notRecoverable(preview),
    '',
    `Transactions      about ${cost.transactions}, about ${coins(cost.estimate)} native coin at today's fees (${cost.by === 'simulation' ? 'simulated' : 'typical figures'})`,
    ...notes('In the way:', preview.blockers),
    ...notes('Mind:', preview.warnings),
    '',
    `Preview digest    ${digest}`,
  ].join('\n');
}
