/** What stands in the way of a plan. A remedy never says to move balances by hand. */
import type { Address } from '../../shared/address.ts';
import type { Blocker, Preview, SignerPreview } from '../../shared/preview.ts';
import type { ReadContext } from './needs.ts';
import type { LostFacts } from './lost-facts.ts';
import { allLost } from './preview-facts.ts';
import type { OperatorFacts, PreviewFacts } from './preview-facts.ts';
import type { PreviewRequest } from './preview-request.ts';
import { replacementBlockers } from './replacement-guards.ts';

function blocker(code: Blocker['code'], message: string, remedy: string): Blocker {
  return { code, message, remedy };
}

function standingBlockers(lost: LostFacts): readonly Blocker[] {
  const { record, wallet } = lost;
  if (lost.adopts) return [];
  if (record.markedLost) {
    return [
      record.linkedTo === null
        ? blocker(
            'WALLET_ALREADY_LOST',
            `${wallet} is marked as lost already, and no replacement is linked to it.`,
            'The link was erased on chain. Ask the platform administrator how this wallet came to be registered again.',
          )
        : blocker(
            'WALLET_ALREADY_LOST',
            `${wallet} is marked as lost already and linked to ${record.linkedTo}.`,
            'To finish that recovery, choose this very address as the replacement, with a proof by its holder. ' +
              'If it was lost too, recover that one.',
          ),
    ];
  }
  if (record.registered) return [];
  return [
    blocker(
      'WALLET_NOT_REGISTERED',
      `${wallet} is not registered with an identity on this network.`,
      'Check that this is the right network and the right wallet of the person.',
    ),
  ];
}

function isParticipant(who: OperatorFacts, facts: PreviewFacts, lost: LostFacts | null): boolean {
  const { subject } = facts;
  const wallets: readonly Address[] = [
    ...subject.participant.wallets.map((wallet) => wallet.address),
    ...allLost(facts).map(({ wallet }) => wallet),
    ...facts.others.map(({ record }) => record.wallet),
  ];
  const sameIdentity = who.identity !== null && who.identity === (lost?.record.factoryIdentity ?? null);
  return wallets.includes(who.address) || sameIdentity;
}

function operatorBlockers(facts: PreviewFacts, lost: LostFacts | null): readonly Blocker[] {
  const { operator, custodian } = facts;
  return [
    ...(operator.identityManager
      ? []
      : [
          blocker(
            'IDENTITY_MANAGER_ROLE_MISSING',
            `The operator ${operator.address} is not an identity manager of this system.`,
            'Work with the key of an identity manager, or have the role granted by the platform administrator.',
          ),
        ]),
    ...(isParticipant(operator, facts, lost)
      ? [
          blocker(
            'OPERATOR_IS_PARTICIPANT',
            'The operator is the person to be recovered.',
            'Nobody recovers themselves: have another identity manager do it.',
          ),
        ]
      : []),
    ...(custodian !== null && isParticipant(custodian, facts, lost)
      ? [
          blocker(
            'OPERATOR_IS_PARTICIPANT',
            `The custodian ${custodian.address} is the person to be recovered.`,
            'Nobody recovers themselves: name another custodian, or none.',
          ),
        ]
      : []),
  ];
}

function busyBlockers(
  context: ReadContext,
  request: PreviewRequest,
  participantId: string,
  lost: readonly LostFacts[],
): readonly Blocker[] {
  const wallets = lost.map(({ wallet }) => wallet);
  const open = context.journal.open(context.chain.chainId, participantId, wallets);
  if (open === null || open.id === request.ownRecovery) return [];
  return [
    blocker(
      'RECOVERY_IN_PROGRESS',
      `Recovery ${open.id} of this person is under way (${open.status}).`,
      `Go on with it: resume ${open.id}.`,
    ),
  ];
}

/** Of every wallet of the person something has to be said, and nothing of a wallet that is none of theirs. */
function walletBlockers({ others, strangers }: PreviewFacts): readonly Blocker[] {
  const undecided = others.flatMap(({ says, record }) => (says === 'undecided' ? [record.wallet] : []));
  return [
    ...(undecided.length === 0
      ? []
      : [
          blocker(
            'WALLET_UNDECIDED',
            `The person's identity has more wallets: ${undecided.join(', ')}.`,
            'Say of each whether it is lost too, or is in the hands of the person and moves to the new identity or stays.',
          ),
        ]),
    ...strangers.map((wallet) =>
      blocker(
        'WALLET_NOT_OF_PARTICIPANT',
        `The wallet ${wallet} is not registered with the identity of the person.`,
        'Choose among the wallets that the preview shows for this person.',
      ),
    ),
  ];
}

function replacementGuards(
  context: ReadContext,
  request: PreviewRequest,
  facts: PreviewFacts,
  lost: LostFacts,
): readonly Blocker[] {
  const { chosen, replacement: read } = lost;
  // What an earlier recovery linked is no choice of this one, and is recovered in turn.
  if (chosen === null || read === null || chosen.control === 'standing') return [];
  return replacementBlockers({
    ofPerson: [
      ...allLost(facts).flatMap((other) => [
        ...(other === lost ? [] : [other.wallet]),
        ...(other === lost || other.chosen === null ? [] : [other.chosen.address]),
      ]),
      ...facts.others.map(({ record }) => record.wallet),
    ],
    account: chosen.kind === 'account',
    replacement: chosen.address,
    lostWallet: lost.wallet,
    operator: request.operator,
    participant: facts.subject.participant,
    owner: read.owner,
    record: read.record,
    prediction: read.prediction,
    identityManager: read.identityManager,
    holdings: read.holdings,
    contracts: [
      facts.system.system,
      ...Object.values(facts.system.parts),
      ...lost.contracts,
      ...lost.tokens.map((token) => token.address),
      ...lost.foreign.map((token) => token.address),
      ...[lost.record.identity, lost.record.factoryIdentity].filter((identity) => identity !== null),
    ],
    reserved: context.policy.reservedAddresses,
    operators: [
      ...context.journal.list().map((row) => row.operator),
      ...(facts.custodian === null ? [] : [facts.custodian.address]),
    ],
    adopts: lost.adopts,
  });
}

/** What a recovery would cost: altogether, and each who signs. */
export interface CostFacts extends Pick<Preview['cost'], 'estimate'> {
  readonly signers: readonly SignerPreview[];
}

/** Whoever signs pays for it; a Safe or a custody platform sees to that itself. */
function fundsBlockers({ signers }: CostFacts): readonly Blocker[] {
  return signers.flatMap(({ address, role, external, ...figures }) => {
    const [estimate, balance] = [BigInt(figures.estimate), BigInt(figures.balance)];
    if (external || balance >= estimate) return [];
    const what = signers.length === 1 ? 'The recovery' : `What the ${role} ${address} signs of the recovery`;
    return [
      blocker(
        'OPERATOR_CANNOT_PAY',
        `${what} may cost up to ${estimate} wei, and the ${role} has ${balance}.`,
        `Send at least ${estimate - balance} wei to ${address}.`,
      ),
    ];
  });
}

function costBlockers(context: ReadContext, cost: CostFacts): readonly Blocker[] {
  const estimate = BigInt(cost.estimate);
  const highest = context.policy.highestCostWei;
  return [
    ...fundsBlockers(cost),
    ...(highest !== null && estimate > BigInt(highest)
      ? [
          blocker(
            'COST_OVER_POLICY',
            `The recovery may cost ${estimate} wei; policy allows ${highest}.`,
            'Wait for lower network fees, or have the policy changed by its owner.',
          ),
        ]
      : []),
  ];
}

/** All blockers of a preview, the weightiest first. */
export function blockersOf(
  context: ReadContext,
  request: PreviewRequest,
  facts: PreviewFacts,
  cost: CostFacts,
): readonly Blocker[] {
  const { lost, subject } = facts;
  return [
    ...subject.blockers,
    ...operatorBlockers(facts, lost),
    ...(lost === null
      ? []
      : [
          ...allLost(facts).flatMap(standingBlockers),
          ...walletBlockers(facts),
          ...busyBlockers(context, request, subject.participant.id, allLost(facts)),
          ...allLost(facts).flatMap((one) => replacementGuards(context, request, facts, one)),
          ...costBlockers(context, cost),
        ]),
  ];
}
