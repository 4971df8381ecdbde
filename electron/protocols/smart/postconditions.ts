/** Judges from the chain whether a SMART step is done, open, or can't be done any more. */
import { toAddress } from '../../../shared/address.ts';
import type { Address } from '../../../shared/address.ts';
import { assertNever } from '../../../shared/assert-never.ts';
import type { PlanStep } from '../../../shared/plan.ts';
import type { LogEntry } from '../../chain/types.ts';
import type { ChainView, Holding, Postcondition, StandingLink, WalletRecord } from '../recovery-protocol.ts';
import { addressTopic, eventTopic, smartAbi } from './abi.ts';
import { judgeClaim } from './claim-judge.ts';
import { freezeLogs, replacementFrozenBy } from './freeze-setters.ts';
import type { FreezeLogs } from './freeze-setters.ts';
import type { SmartParts } from './parts.ts';
import { holdings } from './tokens.ts';
import { walletRecords } from './wallets.ts';

const OPEN: Postcondition = { kind: 'open' };

const UNREADABLE: Postcondition = {
  kind: 'impossible',
  reason: 'UNKNOWN',
  message: 'The token does not answer what the wallets hold, so nothing can be said or done about it.',
  remedy: 'Ask the token administrator why the token does not answer, then retry this token.',
};

function elsewhere(to: Address): Postcondition {
  return {
    kind: 'impossible',
    reason: 'RECOVERED_ELSEWHERE',
    message: `The lost wallet is linked to another replacement, ${to}. Nothing was moved to it by this recovery.`,
    remedy: 'Find out who recovered this person. Run a new preview of the wallet it is linked to.',
  };
}

function conflict(message: string, remedy: string): Postcondition {
  return { kind: 'impossible', reason: 'STATE_CONFLICT', message, remedy };
}

function judgeIdentity(link: StandingLink, replacement: WalletRecord): Postcondition {
  const standing = replacement.factoryIdentity;
  if (standing === null) return OPEN;
  if (standing === link.identity) return { kind: 'done', outcome: { identity: standing } };
  return conflict(
    `The replacement wallet has the identity ${standing}, not the one that the plan names (${link.identity}).`,
    'Make a new plan: the preview shows the identity as it stands now.',
  );
}

/** Moved from the person's old identity alone: whoever else it is registered with by now is not the person of this plan. */
function judgeMove(
  link: StandingLink,
  { wallet, registered, identity, markedLost }: WalletRecord,
): Postcondition {
  if (identity === link.identity) return { kind: 'done', outcome: { identity } };
  if (identity !== null && identity === link.movedFrom && !markedLost) return OPEN;
  const now = registered
    ? `registered with ${identity ?? 'an identity that does not answer'}`
    : 'not registered any more';
  return conflict(
    `The wallet ${wallet} is ${markedLost ? 'marked as lost' : now}: it was not moved.`,
    'Find out who changed its registration since, then run a new preview of it.',
  );
}

function judgeLink(link: StandingLink, lost: WalletRecord, replacement: WalletRecord): Postcondition {
  if (lost.linkedTo !== null && lost.linkedTo !== link.replacement) return elsewhere(lost.linkedTo);
  // Tokens follow the link alone (CHAIN A): whoever made it, and with which identity, verification looks at that.
  if (lost.linkedTo === link.replacement)
    return { kind: 'done', outcome: { linkedTo: link.replacement, identity: replacement.identity } };
  if (lost.markedLost) {
    return conflict(
      'The wallet is marked as lost, but the link to its replacement is gone.',
      'A wallet marked as lost was registered again, which erases the link. Ask the platform administrator.',
    );
  }
  // A mark is never taken back, and nobody is recovered to a wallet that bears it (CHAIN A).
  if (replacement.markedLost) {
    return conflict(
      `The replacement wallet ${link.replacement} was marked as lost itself: nobody can be recovered to it any more.`,
      'Ask the platform administrator who marked it and why, then recover to another replacement.',
    );
  }
  return OPEN;
}

const ONE_WORD = /^0x[0-9a-f]{64}$/i;

/** The amount that an event says in its one word of data, in base units; null for other data: a token may log anything. */
function amountOf({ data }: LogEntry): bigint | null {
  return ONE_WORD.test(data) ? BigInt(data) : null;
}

/** What left the lost wallet on any token, from the block before which nothing of this recovery happened. */
async function movements(view: ChainView, link: StandingLink): Promise<readonly LogEntry[]> {
  const sent = await view.scan(`sent:${link.lost}`, {
    topics: [eventTopic('Transfer'), addressTopic(link.lost)],
  });
  // Anybody can have a token log a transfer of nothing from any wallet: it says nothing of who took what.
  return sent.filter((entry) => entry.blockNumber >= link.since && (amountOf(entry) ?? 0n) > 0n);
}

function judgeEmptied(step: PlanStep, link: StandingLink, moved: readonly LogEntry[]): Postcondition {
  const sent = moved.filter((entry) => entry.address === step.token);
  const last = sent.at(-1);
  if (last === undefined) {
    return {
      kind: 'impossible',
      reason: 'NO_RECOVERABLE_TOKENS',
      message: 'The lost wallet holds none of this token.',
      remedy: 'Nothing is left to recover here. Take the token off the list if the person never held it.',
    };
  }
  // Whoever moved the last of it to our replacement did it for us, by a recovery or by a custodian's transfer. What left
  // by another way before that did not arrive there, and is not counted.
  const ours = addressTopic(link.replacement);
  const arrived = sent.slice(sent.findLastIndex((entry) => entry.topics[2] !== ours) + 1);
  if (arrived.length > 0) {
    const amount = arrived.reduce((sum, entry) => sum + (amountOf(entry) ?? 0n), 0n);
    return {
      kind: 'done',
      outcome: { amount: amount.toString(), transaction: last.transactionHash },
    };
  }
  const to = toAddress(`0x${(last.topics[2] ?? '').slice(-40)}`);
  return {
    kind: 'impossible',
    reason: 'BALANCE_MOVED',
    message: `The balance left the lost wallet for ${to} in transaction ${last.transactionHash}.`,
    remedy:
      'Treat the lost wallet as compromised: report the transaction, and follow your procedure for theft.',
  };
}

/** forcedRecoverTokens would overwrite the one and lift the other (CHAIN A): looked at again just before. */
function spoils(onLost: Holding, onReplacement: Holding): boolean {
  return onReplacement.frozen > 0n || (onReplacement.addressFrozen && !onLost.addressFrozen);
}

interface TokenNow {
  readonly lost: WalletRecord;
  readonly onLost: Holding;
  readonly onReplacement: Holding;
  readonly moved: readonly LogEntry[];
}

function judgeToken(step: PlanStep, link: StandingLink, now: TokenNow): Postcondition {
  const { lost, onLost, onReplacement, moved } = now;
  if (lost.linkedTo !== null && lost.linkedTo !== link.replacement) return elsewhere(lost.linkedTo);
  if (!onLost.readable || !onReplacement.readable) return UNREADABLE;
  if (onLost.balance === 0n) return judgeEmptied(step, link, moved);
  if (!spoils(onLost, onReplacement)) return OPEN;
  return {
    kind: 'impossible',
    reason: 'UNKNOWN',
    message:
      'The replacement wallet is frozen on this token or holds frozen tokens: recovery would undo that.',
    remedy: 'Ask the custodian of the token who froze the replacement and why, then retry this token.',
  };
}

function judgeFreeze(holding: Holding | undefined, wanted: boolean): Postcondition {
  return holding?.readable === true && holding.addressFrozen === wanted
    ? { kind: 'done', outcome: { addressFrozen: wanted } }
    : OPEN;
}

/** Lifts nothing that somebody else decided about (DESIGN 4); what nobody can be shown to have set, neither. */
function judgeRelease(
  step: PlanStep,
  holding: Holding | undefined,
  link: StandingLink,
  logs: FreezeLogs | null,
): Postcondition {
  const judged = judgeFreeze(holding, false);
  if (judged.kind === 'done' || logs === null || step.token === null) return judged;
  switch (replacementFrozenBy(step.token, link, logs)) {
    case 'ours':
      return OPEN;
    case 'others':
      return {
        kind: 'not_ours',
        message: 'somebody else froze the replacement, or the lost wallet before: it is theirs to lift',
      };
    case 'unknown':
      return {
        kind: 'impossible',
        reason: 'FREEZE_UNPROVEN',
        message:
          'No log shows who froze the replacement on this token last. It was not lifted, for it may be the decision of somebody else.',
        remedy:
          'Ask the custodian of the token who set the freeze, and to lift it where nobody needs it; then resume.',
      };
  }
}

/** On an identity that is not the person's any more a claim would tell of whoever has it. */
function judgeIssue(
  judged: Postcondition,
  link: StandingLink,
  lost: WalletRecord,
  replacement: WalletRecord,
): Postcondition {
  if (judged.kind !== 'open') return judged;
  if (lost.linkedTo === link.replacement && replacement.identity === link.identity) return judged;
  return conflict(
    `The registry does not link the lost wallet to ${link.replacement} with the identity ${link.identity} any more.`,
    'Find out who changed the registration since. Claims belong on the identity that the person has now.',
  );
}

/** One judgement a step, in order, all at the view's block. */
export async function smartPostconditions(
  view: ChainView,
  parts: SmartParts,
  steps: readonly PlanStep[],
  link: StandingLink,
): Promise<readonly Postcondition[]> {
  const tokens = [...new Set(steps.flatMap((step) => (step.token === null ? [] : [step.token])))];
  const [records, onLost, onReplacement] = await Promise.all([
    walletRecords(view.reader, parts, [link.lost, link.replacement]),
    holdings(view.reader, tokens, link.lost),
    holdings(view.reader, tokens, link.replacement),
  ]);
  const [lost, replacement] = records;
  if (lost === undefined || replacement === undefined)
    throw new Error('the registry answered for fewer wallets');
  const emptied = steps.some(
    (step) => step.role === 'token' && (onLost.find((row) => row.token === step.token)?.balance ?? 1n) === 0n,
  );
  const moved = emptied ? await movements(view, link) : [];
  const liftable = steps.some(
    (step) =>
      step.role === 'release' &&
      judgeFreeze(
        onReplacement.find((row) => row.token === step.token),
        false,
      ).kind === 'open',
  );
  const freezes = liftable ? await freezeLogs(view, link) : null;
  const moving = steps.filter((step) => step.role === 'move').map(({ wallet }) => wallet);
  const healthy = new Map(
    (await walletRecords(view.reader, parts, moving)).map((record) => [record.wallet, record]),
  );
  const accounts = steps.filter((step) => step.role === 'prepare' && step.call.to !== parts.identityFactory);
  const made = new Set<Address>();
  for (const { wallet } of accounts) if ((await view.reader.code(wallet)) !== '0x') made.add(wallet);
  const claims = await Promise.all(
    steps.map(async (step) => (step.role === 'claim' ? judgeClaim(view.reader, parts, step) : OPEN)),
  );
  return steps.map((step, index): Postcondition => {
    const onLostNow = onLost.find((row) => row.token === step.token);
    const onReplacementNow = onReplacement.find((row) => row.token === step.token);
    switch (step.role) {
      case 'prepare':
        if (step.call.to === parts.identityFactory) return judgeIdentity(link, replacement);
        return made.has(step.wallet) ? { kind: 'done', outcome: { account: step.wallet } } : OPEN;
      case 'relink':
        return judgeLink(link, lost, replacement);
      case 'move': {
        const record = healthy.get(step.wallet);
        return record === undefined ? OPEN : judgeMove(link, record);
      }
      case 'token':
        return onLostNow === undefined || onReplacementNow === undefined
          ? OPEN
          : judgeToken(step, link, { lost, onLost: onLostNow, onReplacement: onReplacementNow, moved });
      case 'contain':
        return judgeFreeze(onLostNow, true);
      case 'release':
        return judgeRelease(step, onReplacementNow, link, freezes);
      case 'claim':
        return judgeIssue(claims[index] ?? OPEN, link, lost, replacement);
      case 'fund':
        // No balance says by whom it was paid in: the receipts of our own attempts tell, and nothing else.
        return OPEN;
      default:
        return assertNever(step.role);
    }
  });
}

/**
 * Base units in the TokensRecovered event among the logs that the step's token made for the wallets of its call; null when
 * there is none.
 */
export function recoveredAmount(step: PlanStep, logs: readonly LogEntry[]): bigint | null {
  const call = smartAbi.parseTransaction({ data: step.call.data });
  if (call?.name !== 'forcedRecoverTokens' && call?.name !== 'recoverTokens') return null;
  // What the replacement calls itself names the lost wallet alone: the caller is who it goes to.
  const named = [...call.args.toArray(), step.signer];
  const wallets = named.map((wallet) => addressTopic(toAddress(String(wallet))));
  const entry = logs.find(
    ({ address, topics }) =>
      address === step.token &&
      topics[0] === eventTopic('TokensRecovered') &&
      topics[2] === wallets[0] &&
      topics[3] === wallets[1],
  );
  return entry === undefined ? null : amountOf(entry);
}
