/** The replacement wallet, and the plan that is made once it is chosen. */
import type { Address } from '../../shared/address.ts';
import { DeskError } from '../../shared/errors.ts';
import type { InputOf } from '../../shared/contract.ts';
import type { Wizard } from '../../shared/wizard.ts';
import { isoTime } from '../../shared/values.ts';
import { prepareContext } from '../desk.ts';
import { wipe } from '../operator/passphrase.ts';
import { prepareRecovery } from '../recovery/prepare.ts';
import type { ReplacementSource } from '../recovery/prepare.ts';
import { challengeTypedData } from '../recovery/proof-of-control.ts';
import type { ControlChallenge } from '../recovery/proof-of-control.ts';
import { chooseGiven } from '../recovery/replacement-choice.ts';
import { generatedWallet } from './generated-wallet.ts';
import { elsewhere } from './refusals.ts';
import { secretsOf } from './wizard-holder.ts';
import type { WizardParts } from './wizard-parts.ts';
import { requestOf } from './wizard-reading.ts';

type Impact = Extract<Wizard, { step: 'impact' }>;
type Choice = InputOf<'wizard.chooseReplacement'>;

function challengeOf(parts: WizardParts, { read }: Impact, replacement: Address, expires: number) {
  const { lostWallet, participant, network } = read.preview;
  if (lostWallet === null) throw elsewhere('There is no lost wallet.');
  const { chainId } = parts.site().connection.chain;
  const challenge: ControlChallenge = {
    participantId: participant.id,
    lostWallet,
    replacement,
    chainId,
    system: network.system,
    expires,
  };
  return challenge;
}

/** Makes and keeps what the holder of the address is to sign. */
export async function challenge(parts: WizardParts, replacement: Address): Promise<Wizard> {
  const from = parts.holder.at('impact');
  const { records, connection } = parts.site();
  const now = connection.context.now();
  const expires = Math.floor(now.getTime() / 1000) + records.policy.challengeHours * 3600;
  const made = challengeOf(parts, from, replacement, expires);
  const { participantId, lostWallet, chainId } = made;
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
  const view = { replacement, typedData, expires: isoTime(new Date(expires * 1000)), practiceSignature };
  parts.holder.set({ ...from, challenge: view, planned: null });
  return parts.holder.wizard;
}

async function sourceOf(
  parts: WizardParts,
  from: Impact,
  choice: Choice['choice'],
): Promise<ReplacementSource> {
  if (choice.kind === 'generate') return generatedWallet(parts);
  const { records, connection } = parts.site();
  const { chain, context } = connection;
  const { address } = choice;
  const reader = await chain.pin();
  const given =
    choice.kind === 'call_back'
      ? { kind: 'call_back' as const, address }
      : {
          kind: 'proof' as const,
          address,
          signature: choice.signature,
          challenges: records.challenges
            .find(chain.chainId, challengeOf(parts, from, address, 0).lostWallet, address)
            .filter((stored) => stored.participantId === from.read.preview.participant.id)
            .map((stored) => challengeOf(parts, from, address, stored.expiry)),
        };
  return { kind: 'chosen', chosen: await chooseGiven(given, reader, records.policy, context.now()) };
}

/**
 * Chooses the replacement and makes the plan. Where the chain says something else by now, the new preview is shown.
 * @throws DeskError PROOF_*, CALL_BACK_FORBIDDEN, ENTRY_CANCELLED, HOLD_REFERENCE_MISSING, PASSPHRASE_WEAK, WIZARD_ELSEWHERE.
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
  const source = await sourceOf(parts, from, wanted.choice);
  try {
    return await planned(parts, from, source, wanted.holdReference, assertSame);
  } finally {
    // Kept only as long as a plan that was made waits to be confirmed.
    const kept = secretsOf(parts.holder.behind);
    if (source.kind === 'generate' && !kept.includes(source.passphrase)) wipe(source.passphrase);
  }
}

async function planned(
  parts: WizardParts,
  from: Impact,
  source: ReplacementSource,
  holdReference: string | null,
  assertSame: () => void,
): Promise<Wizard> {
  assertSame();
  const { records, connection } = parts.site();
  const prepared = await prepareRecovery(
    prepareContext(connection.context, records),
    requestOf(parts, from),
    source,
    holdReference,
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
