/** Whether the recovered person can hold and transfer each token again, as the tokens themselves say. Read-only. */
import type { ClaimsRecheck, RecheckedToken } from '../../../shared/claims.ts';
import type { HolderCheck, TokenNeed } from '../../protocols/claiming.ts';
import type { TokenFacts, WalletRecord } from '../../protocols/recovery-protocol.ts';
import type { ReadContext } from '../needs.ts';
import { holdsTopic, wantedTopics } from './expression.ts';
import { topicNames } from './missing.ts';
import { claimsOfRecovery, readClaims } from './of-recovery.ts';
import type { ClaimRecords, ClaimsRead } from './of-recovery.ts';
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

function reasons(
  read: ClaimsRead,
  need: TokenNeed,
  check: HolderCheck,
  record: WalletRecord | undefined,
): readonly string[] {
  const { transfer } = check;
  const refused =
    transfer.kind === 'refused' && !check.paused && !check.addressFrozen && check.verified !== false;
  return [
    ...(check.readable ? [] : ['The token does not answer.']),
    ...(record?.registered === true ? [] : ['The replacement wallet is not registered.']),
    ...(record?.markedLost === true ? ['The replacement wallet is marked as lost.'] : []),
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

/** A wallet that is registered no more holds nothing new, whatever it could do at each token. */
function isStanding(record: WalletRecord | undefined): boolean {
  return record?.registered === true && !record.markedLost;
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

/** @throws DeskError RECOVERY_UNKNOWN, CHAIN_ID_MISMATCH, SYSTEM_NOT_FOUND, BLOCK_CHANGED, of the network. */
export async function recheckClaims(
  context: ReadContext & ClaimRecords,
  recoveryId: string,
): Promise<ClaimsRecheck> {
  const of = claimsOfRecovery(context, recoveryId);
  const read = await readClaims(context, of);
  const { system, needs } = read;
  const { reader } = read.view;
  const { plan, preview } = of;
  const wallet = plan.replacement.address;
  const operator = of.snapshot.recovery.operator;
  const addresses = plan.tokens.map(({ address }) => address);
  const [[record], facts, checks] = await Promise.all([
    system.wallets(reader, [wallet]),
    system.tokens(reader, addresses, wallet, { operator, custodian: null }),
    system.claiming.holder(reader, needs, wallet),
  ]);
  await reader.assertStillCanonical();
  const tokens = checks.map((check, index) => {
    const need = needs[index] ?? { token: check.token, expression: null };
    const symbol = plan.tokens[index]?.symbol ?? '';
    return tokenOf(facts[index], check, symbol, reasons(read, need, check, record));
  });
  return {
    recoveryId,
    chainId: plan.network.chainId,
    practice: preview.network.practice,
    block: blockNamed(reader.block),
    replacementWallet: wallet,
    replacementIdentity: read.registered,
    tokens,
    green: isStanding(record) && tokens.every(isGreen),
  };
}
