/** A preview in words, for the terminal. */
import type { LostPreview, OtherWallet, Preview, SignerPreview, TokenPreview } from '../../shared/preview.ts';
import type { Hex } from '../../shared/values.ts';
import { rightWords } from '../recovery/wallet-follow-ups.ts';
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

type Split = 'one signer' | 'several signers';

function tokens(lost: LostPreview, signers: Split): string {
  if (lost.tokens.length === 0) return 'No token of this system is on the lost wallet.';
  const split = signers === 'several signers';
  return table(
    split ? [...COLUMNS, 'Signed by'] : COLUMNS,
    lost.tokens.map((token) => [
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

function identityStatus({ lost }: LostPreview): string {
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

function notRecoverable({ notRecoverable: left }: LostPreview): readonly string[] {
  const parts = [
    ...(left.nativeBalance === '0' ? [] : [`${coins(left.nativeBalance)} native coin`]),
    ...left.tokens.map(
      (token) => `${tokenAmount(token.balance, token.decimals)} ${token.symbol} (${token.address})`,
    ),
  ];
  return parts.length === 0 ? [] : ['', `Not recoverable here: ${parts.join(', ')}`];
}

function rights({ rights: held = [] }: LostPreview): readonly string[] {
  return held.length === 0
    ? []
    : ['', 'Rights that no recovery takes away:', ...held.map((right) => `  ${rightWords(right)}`)];
}

const KINDS: Readonly<Record<NonNullable<Preview['replacement']>['kind'], string>> = {
  given: 'given',
  generated: 'generated',
  adopted: 'adopted',
  account: 'a smart account, owned by the first replacement',
};

function replacementText({ replacement }: LostPreview): readonly string[] {
  if (replacement === null) return ['Replacement       not chosen yet'];
  const { address, kind, control, identity } = replacement;
  return [
    `Replacement       ${address} (${control === 'standing' ? 'linked on chain before' : KINDS[kind]})`,
    `New identity      ${identity}`,
  ];
}

function lostText(lost: LostPreview): readonly string[] {
  return [
    `Identity status   ${identityStatus(lost)}`,
    `Old identity      ${lost.oldIdentity ?? 'none'}`,
    ...replacementText(lost),
  ];
}

/** A wallet that is lost together with the one of the case, with all that is on it. */
function furtherText(lost: LostPreview, signers: Split): readonly string[] {
  const before = lost.replacement?.control === 'standing';
  return [
    '',
    `${before ? 'Lost before      ' : 'Lost too         '} ${lost.lostWallet ?? 'none'}`,
    ...lostText(lost),
    '',
    tokens(lost, signers),
    ...rights(lost),
    ...notRecoverable(lost),
  ];
}

const SAID: Readonly<Record<OtherWallet['says'], string>> = {
  undecided: 'NOT SAID',
  moves: 'moves to the new identity',
  stays: 'stays with the old identity',
};

function otherWallets({ others = [] }: Preview): readonly string[] {
  if (others.length === 0) return [];
  return [
    '',
    'Other wallets of the identity:',
    table(
      ['Wallet', 'Kind', 'Country', 'Holds', 'What was said'],
      others.map(({ wallet, contract, standing, holds, says }) => [
        wallet,
        contract ? 'smart account' : 'key',
        standing.country === null ? '' : String(standing.country),
        holds.join(', ') || 'nothing',
        SAID[says],
      ]),
    ),
  ];
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
  const { network, block, participant, cost } = preview;
  const signers: Split = preview.signers === undefined ? 'one signer' : 'several signers';
  return [
    ...(network.practice ? ['*** PRACTICE NETWORK: nothing here is real ***', ''] : []),
    `Preview at block ${block.number} of ${network.name} (chain ${network.chainId}), ${block.time}`,
    '',
    `Participant       ${participant.name ?? participant.id}`,
    `Lost wallet       ${preview.lostWallet ?? 'none'}`,
    ...lostText(preview),
    `Operator          ${preview.operator.address}${preview.operator.identityManager ? ', identity manager' : ''}`,
    ...(preview.signers ?? []).map(signerLine),
    `Sign-in           ${accessText(preview)}`,
    `Case              ${preview.case.reason}, ticket ${preview.case.ticket}`,
    '',
    tokens(preview, signers),
    ...rights(preview),
    ...notRecoverable(preview),
    ...(preview.further ?? []).flatMap((lost) => furtherText(lost, signers)),
    ...otherWallets(preview),
    '',
    `Transactions      about ${cost.transactions}, about ${coins(cost.estimate)} native coin at today's fees (${cost.by === 'simulation' ? 'simulated' : 'typical figures'})`,
    ...notes('In the way:', preview.blockers),
    ...notes('Mind:', preview.warnings),
    '',
    `Preview digest    ${digest}`,
  ].join('\n');
}
