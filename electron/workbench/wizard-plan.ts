/** The replacement wallets, and the plan that is made once they are chosen. */
import { DeskError } from '../../shared/errors.ts';
import type { InputOf } from '../../shared/contract.ts';
import type { Wizard } from '../../shared/wizard.ts';
import { isoTime } from '../../shared/values.ts';
import { prepareContext } from '../desk.ts';
import { wipe } from '../operator/passphrase.ts';
import { prepareRecovery } from '../recovery/prepare.ts';
import { challengeTypedData } from '../recovery/proof-of-control.ts';
import { elsewhere } from './refusals.ts';
import { challengeOf, lostWalletOf, sourcesOf } from './replacement-sources.ts';
import type { Sources } from './replacement-sources.ts';
import { secretsOf } from './wizard-holder.ts';
import type { WizardParts } from './wizard-parts.ts';
import { requestOf } from './wizard-reading.ts';

type Impact = Extract<Wizard, { step: 'impact' }>;
type Choice = InputOf<'wizard.chooseReplacement'>;

/** Makes and keeps what the holder of the address is to sign, for the lost wallet that it is to replace. */
export async function challenge(parts: WizardParts, asked: InputOf<'wizard.challenge'>): Promise<Wizard> {
  const from = parts.holder.at('impact');
  const { replacement } = asked;
  const lostWallet = lostWalletOf(from.read.preview, asked.lostWallet);
  const { records, connection } = parts.site();
  const now = connection.context.now();
  const expires = Math.floor(now.getTime() / 1000) + records.policy.challengeHours * 3600;
  const made = challengeOf(parts, from, { lostWallet, replacement, expires });
  const { participantId, chainId } = made;
  records.challenges.insert({
    participantId,
    lostWallet,
    replacement,
    chainId,
    expiry: expires,
    createdAt: isoTime(now),
  });
  const typedData = JSON.stringify(challengeTypedData(made), null, 2);
  const assertSame = parts.holder.turn();
  const practiceSignature = await parts.practiceAnswer({ replacement, typedData });
  assertSame();
  const view = {
    lostWallet,
    replacement,
    typedData,
    expires: isoTime(new Date(expires * 1000)),
    practiceSignature,
  };
  const others = from.challenges.filter((one) => one.lostWallet !== lostWallet);
  parts.holder.set({ ...from, challenges: [...others, view], planned: null });
  return parts.holder.wizard;
}

/**
 * Chooses the replacements and makes the plan. Where the chain says something else by now, the new preview is shown.
 * @throws DeskError PROOF_*, CALL_BACK_FORBIDDEN, ENTRY_CANCELLED, HOLD_REFERENCE_MISSING, PASSPHRASE_WEAK,
 * WALLET_FACTORY_MISSING, WIZARD_ELSEWHERE.
 */
export async function chooseReplacement(parts: WizardParts, wanted: Choice): Promise<Wizard> {
  const from = parts.holder.at('impact');
  if (from.read.digest !== wanted.digest) throw elsewhere('The preview is another one by now.');
  if (from.holdReferenceNeeded && wanted.holdReference === null) {
    throw new DeskError('HOLD_REFERENCE_MISSING', {
      message: 'The lost wallet is frozen on a token: perhaps a legal hold. No plan was made.',
      remedy: 'Enter the reference under which somebody answered for it.',
      retry: 'safe',
    });
  }
  const assertSame = parts.holder.turn();
  const sources = await sourcesOf(parts, from, wanted);
  try {
    return await planned(parts, from, sources, wanted, assertSame);
  } finally {
    // Kept only as long as a plan that was made waits to be confirmed.
    const kept = secretsOf(parts.holder.behind);
    for (const { passphrase } of sources.made) if (!kept.includes(passphrase)) wipe(passphrase);
  }
}

async function planned(
  parts: WizardParts,
  from: Impact,
  { first, others }: Sources,
  { holdReference, holdersWay = false }: Pick<Choice, 'holdReference' | 'holdersWay'>,
  assertSame: () => void,
): Promise<Wizard> {
  assertSame();
  const { records, connection } = parts.site();
  const prepared = await prepareRecovery(
    prepareContext(connection.context, records),
    { ...requestOf(parts, from), holdersWay },
    first,
    holdReference,
    others,
  );
  assertSame();
  const { subject, case: opened } = from;
  if (prepared.kind === 'blocked') {
    const digest = records.previews.save(prepared.preview);
    parts.holder.set({
      step: 'preview',
      subject,
      case: opened,
      read: { preview: prepared.preview, digest },
    });
    return parts.holder.wizard;
  }
  const read = { preview: prepared.built.preview, digest: prepared.previewDigest };
  const plan = { plan: prepared.plan, digest: prepared.planDigest };
  parts.holder.set({ ...from, read, planned: plan }, { planned: prepared });
  return parts.holder.wizard;
}
