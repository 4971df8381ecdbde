/** What a reviewer should know before deciding; none of it stands in the way. */
import { survivorWords } from '../../shared/survivor-words.ts';
import type { DirectoryFacts } from '../../shared/directory.ts';
import type { RecoveryReason } from '../../shared/recovery-reasons.ts';
import type { TokenPreview, Warning } from '../../shared/preview.ts';
import type { ReadContext } from './needs.ts';
import { valueOf } from './funds.ts';
import type { LostFacts } from './lost-facts.ts';
import { allLost } from './preview-facts.ts';
import type { OperatorFacts, PreviewFacts } from './preview-facts.ts';
import { rightWords } from './wallet-follow-ups.ts';

export interface WarningInput {
  readonly context: ReadContext;
  readonly facts: PreviewFacts;
  readonly reason: RecoveryReason;
  /** Whether the holder's way was asked for. */
  readonly holdersWay: boolean;
  readonly tokens: readonly TokenPreview[];
  readonly simulates: boolean;
}

const CUT_OFF_ELSEWHERE = 'Revoke sessions and reset second factors where the person signs in.';

function warning(code: Warning['code'], message: string, remedy: string): Warning {
  return { code, message, remedy };
}

function symbols(tokens: readonly { readonly symbol: string }[]): string {
  return [...new Set(tokens.map((token) => token.symbol))].join(', ');
}

function busyKey(whose: string, { foreignPending }: OperatorFacts): Warning | null {
  if (foreignPending === 0) return null;
  return warning(
    'OPERATOR_KEY_BUSY',
    `${foreignPending} transactions of the ${whose}'s key are under way that this desk did not send.`,
    'Let no other program use this key while a recovery runs.',
  );
}

function directoryWarning(directory: DirectoryFacts | null): Warning | null {
  if (directory === null)
    return warning(
      'NO_DIRECTORY',
      'There is no participant directory: sessions and second factors are not seen and not changed.',
      CUT_OFF_ELSEWHERE,
    );
  if (!directory.answers)
    return warning(
      'DIRECTORY_SILENT',
      `${directory.message} The recovery goes on without it: what it is asked to do is tried while it runs, and again with each resume.`,
      'Have the directory looked at. Whether the replacement belongs to somebody else there was not checked.',
    );
  const { participantId, capabilities } = directory;
  if (participantId === null)
    return warning(
      'NO_DIRECTORY',
      'The participant directory does not know the person: sessions and second factors are not seen and not changed.',
      CUT_OFF_ELSEWHERE,
    );
  const cannot = new Set(
    Object.values(capabilities).flatMap((one) => (one.can === 'cannot' ? [one.why] : [])),
  );
  const partly = new Set(
    Object.values(capabilities).flatMap((one) =>
      one.can === 'partly' ? [survivorWords(one.survives, one.until)] : [],
    ),
  );
  if (cannot.size + partly.size === 0) return null;
  return warning(
    'DIRECTORY_CANNOT',
    `The participant directory does not cut everything off: ${[...cannot, ...partly].join('; ')}.`,
    CUT_OFF_ELSEWHERE,
  );
}

type Look = (input: WarningInput, lost: LostFacts) => Warning | null;

const holdersWay: Look = ({ holdersWay: asked, tokens, facts }) => {
  if (!asked) return null;
  const own = tokens.filter(({ way }) => way === 'holder');
  if (own.length === 0) {
    return warning(
      'HOLDERS_WAY_UNUSED',
      'The holder’s way was asked for, and no token goes it.',
      'It is there for tokens that nobody named has the custodian right for, where this desk makes the replacement wallet and the key of the operator signs here.',
    );
  }
  const given = facts.steps.reduce((sum, step) => sum + valueOf(step), 0n);
  const gas =
    given === 0n ? '' : ` It is given ${given} wei for the gas; what is left of that stays with the holder.`;
  return warning(
    'HOLDERS_WAY',
    `${symbols(own)}: the replacement wallet recovers these itself, for nobody named has the custodian right.${gas}`,
    'Its key signs for that at this desk, and the hand-over waits until it has. If that is not wanted, leave the holder’s way out.',
  );
};

const LOOKS: readonly Look[] = [
  holdersWay,
  ({ tokens }) => {
    const held = tokens.filter((token) => token.addressFrozen);
    if (held.length === 0) return null;
    return warning(
      'LEGAL_HOLD_POSSIBLE',
      `The lost wallet is frozen on ${symbols(held)}. This may be a legal hold; recovery carries it to the replacement.`,
      'Find out who froze it and why, and give the reference of that answer when you go on.',
    );
  },
  ({ tokens }) => {
    const failing = tokens.filter((token) => token.predicted.outcome === 'fails');
    if (failing.length === 0) return null;
    return warning(
      'TOKEN_FAILURE_EXPECTED',
      `${failing.length} of ${tokens.length} tokens would not be recovered now: ${symbols(failing)}.`,
      'Each is listed with its remedy. You can go on and retry those tokens later.',
    );
  },
  ({ tokens, reason }) => {
    const open = tokens.filter(
      (token) => !token.custodianRight && !token.addressFrozen && token.balance !== '0',
    );
    if (reason !== 'compromised' || open.length === 0) return null;
    return warning(
      'LOST_WALLET_STILL_MOVES',
      `Whoever has the lost key can go on moving ${symbols(open)}: the operator may not freeze there.`,
      'Have a custodian of these tokens freeze the lost wallet at once.',
    );
  },
  ({ facts }) => {
    const held = allLost(facts).flatMap(({ nativeBalance, foreign }) => [
      ...(nativeBalance > 0n ? [{ symbol: 'native coin' }] : []),
      ...foreign,
    ]);
    if (held.length === 0) return null;
    return warning(
      'NOT_RECOVERABLE_HERE',
      `The lost wallet also holds ${symbols(held)}, which no recovery on this system reaches.`,
      'Only the lost key moves these. Tell the holder.',
    );
  },
  ({ facts, reason }) => {
    const held = allLost(facts).flatMap(({ wallet, rights }) =>
      rights.length === 0 ? [] : [`${wallet}: ${rights.map(rightWords).join('; ')}`],
    );
    if (held.length === 0) return null;
    return warning(
      'ROLES_OF_LOST_WALLET',
      `A lost wallet holds rights that no recovery takes away. ${held.join('. ')}.`,
      reason === 'compromised'
        ? 'Have whoever administers them revoke them at once: the key is in the hands of others.'
        : 'Have whoever administers them revoke them, and give them to the replacement where it is due.',
    );
  },
  ({ facts }) => {
    const staying = facts.others.flatMap(({ says, record }) => (says === 'stays' ? [record.wallet] : []));
    if (staying.length === 0) return null;
    return warning(
      'HEALTHY_WALLET_STAYS',
      `${staying.join(', ')} stays with the old identity, which a lost key may manage.`,
      'Move it along, unless somebody has to look at it first.',
    );
  },
  ({ facts }) => {
    const earlier = facts.further.filter(({ chosen }) => chosen?.control === 'standing');
    const held = earlier.flatMap(({ tokens }) => tokens.filter(({ balance }) => balance > 0n));
    if (earlier.length === 0) return null;
    return warning(
      'EARLIER_LOST_WALLET',
      `${earlier.map(({ wallet }) => wallet).join(', ')} was lost before, and still holds ${symbols(held)}. Each token goes along its standing link, and on from there.`,
      'Nothing needs doing.',
    );
  },
  (_input, lost) =>
    lost.claims === null
      ? warning(
          'CLAIMS_UNREADABLE',
          'The claims on the old identity could not be read.',
          'Ask the trusted issuers which claims the person held.',
        )
      : null,
  (_input, lost) =>
    (lost.claims?.claims.length ?? 0) === 0 || lost.adopts
      ? null
      : warning(
          'CLAIMS_DO_NOT_MOVE',
          'Claims on the old identity do not move to the replacement identity by themselves.',
          'Ask the trusted issuers to issue them anew before the person resumes regulated activity.',
        ),
  ({ facts }) => busyKey('operator', facts.operator),
  ({ facts }) => (facts.custodian === null ? null : busyKey('custodian', facts.custodian)),
  ({ facts: { custodian }, tokens }) =>
    custodian === null || tokens.some(({ signer }) => signer === custodian.address)
      ? null
      : warning(
          'CUSTODIAN_SIGNS_NOTHING',
          `The custodian ${custodian.address} holds the right on no token of this recovery: the operator signs all of it.`,
          'Check that this is the custodian who was meant. If it is, duties are not split here.',
        ),
  ({ facts }) =>
    allLost(facts).some(({ chosen }) => chosen?.control === 'call_back')
      ? warning(
          'REPLACEMENT_BY_CALL_BACK',
          'The replacement address rests on a recorded call-back, not on a proof of control.',
          'Compare the whole address with the record once more.',
        )
      : null,
  ({ facts }) =>
    allLost(facts).some(({ adopts, chosen }) => adopts && chosen?.control !== 'standing')
      ? warning(
          'ADOPTS_STANDING_LINK',
          'A recovery to this replacement was begun before. This one verifies it and does only what is left.',
          'Nothing needs doing.',
        )
      : null,
  (_input, { adopts, chosen, identity, replacement }) => {
    if (!adopts || chosen?.control === 'standing' || replacement === null) return null;
    const { address, soleManager } = replacement.prediction;
    if (address === identity && soleManager) return null;
    return warning(
      'ADOPTED_IDENTITY_MANAGED',
      `The link that stands registered the replacement with the identity ${identity}, which others than the replacement manage: whoever has such a key can act for the person.`,
      'Have the platform administrator say whose identity that is before anything more is registered with it.',
    );
  },
  ({ simulates }) =>
    !simulates
      ? warning(
          'NO_SIMULATION',
          'This network cannot simulate: outcomes and cost are predicted from flags and typical figures.',
          'Nothing needs doing; each token is checked again just before it is recovered.',
        )
      : null,
  ({ facts }) => directoryWarning(facts.directory),
  ({ context }) =>
    context.profile.practice === true
      ? warning(
          'PRACTICE_NETWORK',
          'This is the practice network. Nothing here is real.',
          'Nothing needs doing.',
        )
      : null,
];

/** All warnings of a preview. */
export function warningsOf(input: WarningInput): readonly Warning[] {
  const { lost } = input.facts;
  if (lost === null) return [];
  return LOOKS.flatMap((look) => look(input, lost) ?? []);
}
