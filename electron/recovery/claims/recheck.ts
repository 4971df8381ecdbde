/** Whether the recovered person can hold and transfer each token again, as the tokens themselves say. Read-only. */
import type { ClaimsRecheck, RecheckedToken, RecheckedWallet } from '../../../shared/claims.ts';
import type { HolderCheck, TokenNeed } from '../../protocols/claiming.ts';
import type { TokenFacts, WalletRecord } from '../../protocols/recovery-protocol.ts';
import type { ReadContext } from '../needs.ts';
import { holdsTopic, wantedTopics } from './expression.ts';
import { topicNames } from './missing.ts';
import { claimsOfRecovery, readClaims } from './of-recovery.ts';
import type { ClaimRecords, ClaimsRead, KeptWallet, OfRecovery } from './of-recovery.ts';
import { blockNamed } from './report.ts';

function claimReasons({ now, before }: ClaimsRead, { expression }: TokenNeed): readonly string[] {
  const names = topicNames({ now, before });
  return wantedTopics(expression ?? []).flatMap((topic) => {
    if (holdsTopic(now, topic) === true) return [];
    const name = names.get(topic) ?? `topic ${topic}`;
    const claims = now?.claims.filter((claim) => claim.topic === topic) ?? [];
    if (claims.some(({ trusted }) => trusted === false))
      return [`The claim ${name} is of an issuer who is not trusted for it.`];
    if (claims.some(({ valid }) => valid === false))
      return [`The issuer does not stand by the claim ${name}.`];
    return [
      now === null || claims.length > 0
        ? `Whether the claim ${name} counts could not be read.`
        : `The claim ${name} is missing.`,
    ];
  });
}

const NAMES: Readonly<Record<KeptWallet['kind'], string>> = {
  replacement: 'The replacement wallet',
  healthy: 'The wallet',
};

/** What stands in the way of a wallet, whatever it could do at each token. */
function walletReasons(
  kind: KeptWallet['kind'],
  record: WalletRecord | undefined,
  of: OfRecovery,
): readonly string[] {
  const { identity } = of.plan.replacement;
  const elsewhere = kind === 'healthy' && record?.registered === true && record.identity !== identity;
  return [
    ...(record?.registered === true ? [] : [`${NAMES[kind]} is not registered.`]),
    ...(record?.markedLost === true ? [`${NAMES[kind]} is marked as lost.`] : []),
    ...(elsewhere
      ? ['The wallet was to move to the replacement identity, and is registered with another.']
      : []),
  ];
}

function reasons(
  read: ClaimsRead,
  need: TokenNeed,
  check: HolderCheck,
  ofWallet: readonly string[],
): readonly string[] {
  const { transfer } = check;
  const refused =
    transfer.kind === 'refused' && !check.paused && !check.addressFrozen && check.verified !== false;
  return [
    ...(check.readable ? [] : ['The token does not answer.']),
    ...ofWallet,
    ...(check.verified === false ? claimReasons(read, need) : []),
    ...(need.expression === null ? ['What the token asks of claims could not be read.'] : []),
    ...(check.paused ? ['The token is paused by its issuer.'] : []),
    ...(check.addressFrozen ? ['The wallet is frozen on this token.'] : []),
    ...(check.readable && check.frozen > 0n && check.frozen >= check.balance
      ? ['The whole balance is frozen.']
      : []),
    // What stands above says it already.
    ...(refused ? [`${transfer.why.message} ${transfer.why.remedy}`] : []),
  ];
}

/** A transfer to itself that the token accepts is also proof that the wallet may hold it. */
function holds({ readable, verified, transfer, addressFrozen }: HolderCheck): RecheckedToken['hold'] {
  if (!readable) return 'unknown';
  if (addressFrozen || verified === false) return 'no';
  return verified === true || transfer.kind === 'accepted' ? 'yes' : 'unknown';
}

/** It is tried to the wallet itself: what a token refuses to a receiver without its claims says nothing of sending. */
function transfers({
  readable,
  transfer,
  balance,
  verified,
  paused,
  addressFrozen,
}: HolderCheck): RecheckedToken['transfer'] {
  if (!readable) return 'unknown';
  if (transfer.kind === 'accepted') return 'yes';
  if (transfer.kind === 'not_tried') return balance > 0n || paused ? 'no' : 'not_tried';
  return verified === false && !paused && !addressFrozen ? 'unknown' : 'no';
}

function isGreen({ hold, transfer }: RecheckedToken): boolean {
  return hold === 'yes' && (transfer === 'yes' || transfer === 'not_tried');
}

function tokenOf(
  facts: TokenFacts | undefined,
  check: HolderCheck,
  symbol: string,
  why: readonly string[],
): RecheckedToken {
  return {
    token: check.token,
    symbol,
    decimals: facts?.decimals ?? 0,
    balance: check.balance.toString(),
    hold: holds(check),
    transfer: transfers(check),
    reasons: [...why],
  };
}

interface Rechecked extends RecheckedWallet {
  readonly green: boolean;
}

/** A wallet of the person, at each of its tokens. */
async function recheckWallet(
  read: ClaimsRead,
  of: OfRecovery,
  { wallet, kind, tokens }: KeptWallet,
): Promise<Rechecked> {
  const { system, view } = read;
  const { reader } = view;
  const { operator } = of.snapshot.recovery;
  const addresses = tokens.map(({ address }) => address);
  const needs = read.needs.filter(({ token }) => addresses.includes(token));
  const [[record], facts, checks] = await Promise.all([
    system.wallets(reader, [wallet]),
    system.tokens(reader, addresses, wallet, { operator, custodian: null }),
    system.claiming.holder(reader, needs, wallet),
  ]);
  const ofWallet = walletReasons(kind, record, of);
  const checked = checks.map((check) => {
    const need = needs.find(({ token }) => token === check.token) ?? { token: check.token, expression: null };
    const symbol = tokens.find(({ address }) => address === check.token)?.symbol ?? '';
    const own = facts.find(({ address }) => address === check.token);
    return tokenOf(own, check, symbol, reasons(read, need, check, ofWallet));
  });
  return {
    wallet,
    kind,
    identity: record?.identity ?? null,
    tokens: checked,
    reasons: [...ofWallet],
    // A wallet that is registered no more holds nothing new, whatever it could do at each token.
    green: ofWallet.length === 0 && checked.every(isGreen),
  };
}

/** @throws DeskError RECOVERY_UNKNOWN, CHAIN_ID_MISMATCH, SYSTEM_NOT_FOUND, BLOCK_CHANGED, of the network. */
export async function recheckClaims(
  context: ReadContext & ClaimRecords,
  recoveryId: string,
): Promise<ClaimsRecheck> {
  const of = claimsOfRecovery(context, recoveryId);
  const read = await readClaims(context, of);
  const { reader } = read.view;
  const { plan, preview } = of;
  const rechecked = await Promise.all(read.wallets.map((wallet) => recheckWallet(read, of, wallet)));
  await reader.assertStillCanonical();
  const [first, ...further] = rechecked;
  return {
    recoveryId,
    chainId: plan.network.chainId,
    practice: preview.network.practice,
    block: blockNamed(reader.block),
    replacementWallet: plan.replacement.address,
    replacementIdentity: read.registered,
    tokens: first?.tokens ?? [],
    ...(further.length === 0 ? {} : { further: further.map(({ green: _told, ...wallet }) => wallet) }),
    green: rechecked.every(({ green }) => green),
  };
}
