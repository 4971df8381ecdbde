/** Where a hand-over stands, in words. */
import { HAND_OVER_CHECKS } from '../../shared/hand-over-rules.ts';
import type { HandOverView, Leaving } from '../../shared/hand-over.ts';

const STATES: Readonly<Record<HandOverView['state'], string>> = {
  waiting: 'not yet: the recovery has not completed',
  open: 'open: the wallet is to be handed over',
  clearing: 'marked done, and the desk still keeps something: mark it done once more',
  done: 'done: the desk keeps neither keystore nor passphrase',
};

function tookWords(leavings: readonly Leaving[], nameOf: (leaving: Leaving) => string): string {
  if (leavings.length === 0) return 'has not left';
  return leavings
    .map((leaving) =>
      leaving.operatorId === null
        ? `chosen by ${leaving.operator}, who began the recovery`
        : `${nameOf(leaving)}, ${leaving.at}`,
    )
    .join('; ');
}

function releasedWhen({ wallet, others, state }: HandOverView): string {
  if (others.length === 0) return 'the hand-over is done';
  const left = state === 'done' ? others : [wallet, ...others];
  return `${left.join(' and ')} ${left.length === 1 ? 'is' : 'are'} handed over`;
}

/** @param nameOf the operator's name. */
export function handOverText(view: HandOverView, nameOf: (leaving: Leaving) => string): string {
  const named = view.recipients.map(
    (leaving) => `Key of the holder  ${leaving.recipient ?? ''}, named by ${nameOf(leaving)}`,
  );
  return [
    `Recovery           ${view.recoveryId}`,
    `Wallet             ${view.wallet}`,
    `In place of        ${view.lostWallet}`,
    `Hand-over          ${STATES[view.state]}`,
    `Keystore           ${tookWords(view.keystore, nameOf)}`,
    `Passphrase         ${tookWords(view.passphrase, nameOf)}`,
    ...named,
    ...(view.sealed.length === 0 ? [] : [`File for the holder  ${tookWords(view.sealed, nameOf)}`]),
    ...(view.toRecover === undefined
      ? []
      : [`Waits for          ${view.toRecover.join(', ')}, which the wallet is to recover itself`]),
    ...(view.underWay === undefined
      ? []
      : [`Waits for          the end of ${view.underWay.join(' and ')}, which is to this wallet, too`]),
    ...(view.signInHeld ? [`Sign-in            held by this recovery until ${releasedWhen(view)}`] : []),
    ...(view.state === 'open'
      ? [
          '',
          'Before it is done:',
          ...Object.entries(HAND_OVER_CHECKS).map(([key, words]) => `  ${key}: ${words}`),
        ]
      : []),
  ].join('\n');
}
