/** The steps of the wizard that only read: whose recovery, why, what the chain says, and what it will change. */
import type { RecoveryCase } from '../../shared/case.ts';
import type { SubjectKey } from '../../shared/people-views.ts';
import { mayBeAdopted } from '../../shared/lost-wallets.ts';
import { previewDigest } from '../../shared/preview.ts';
import type { Wizard } from '../../shared/wizard.ts';
import type { SaidOfWallets } from '../../shared/wizard-choices.ts';
import type { Hex } from '../../shared/values.ts';
import { DeskError } from '../../shared/errors.ts';
import { externalAddresses } from '../store/operator-addresses.ts';
import { buildPreview } from '../recovery/preview.ts';
import type { PreviewRequest, WalletSaying } from '../recovery/preview-request.ts';
import { subjectOf } from '../recovery/preview-request.ts';
import { packPreview } from '../review/preview-package.ts';
import { elsewhere } from './refusals.ts';
import { assertOfPerson, saidBefore } from './said-of-wallets.ts';
import type { WizardParts } from './wizard-parts.ts';

type Deciding = Extract<Wizard, { step: 'preview' | 'impact' }>;

/** What a preview is asked for, before any replacement is chosen, and but for what is said of other wallets. */
export function requestOf(
  parts: WizardParts,
  { subject, case: opened }: Pick<Deciding, 'subject' | 'case'>,
): Omit<PreviewRequest, 'replacement' | 'others'> {
  return {
    case: opened,
    participantId: subject.key.participantId,
    lostWallet: subject.key.wallet,
    operator: parts.operator().address,
    custodian: parts.custodian,
    external: externalAddresses(parts.site().records.operators),
    tokens: [],
    ownRecovery: null,
  };
}

type Asked = Pick<Deciding, 'subject' | 'case'>;

async function readPreview(parts: WizardParts, from: Asked, said: SaidOfWallets): Promise<Wizard> {
  const { context } = parts.site().connection;
  const others = said.map(({ wallet, says }): WalletSaying =>
    says === 'lost' ? { wallet, says, replacement: null } : { wallet, says },
  );
  const { preview } = await buildPreview(context, { ...requestOf(parts, from), replacement: null, others });
  const read = { preview, digest: previewDigest(preview) };
  return { step: 'preview', subject: from.subject, case: from.case, read };
}

/** Reads a preview and shows it, unless another step was taken meanwhile. */
async function show(parts: WizardParts, from: Asked, said: SaidOfWallets = []): Promise<Wizard> {
  const assertSame = parts.holder.turn();
  const next = await readPreview(parts, from, said);
  assertSame();
  parts.holder.set(next);
  return next;
}

/** Operators of this desk who could sign what takes the custodian right, beside whoever is signed in. */
function custodiansOf(parts: WizardParts): Extract<Wizard, { step: 'case' }>['custodians'] {
  const own = parts.operator().address;
  return parts
    .operators()
    .list()
    .flatMap((one) =>
      one.kind === 'damaged' || one.operator.credential.address === own
        ? []
        : [{ id: one.operator.id, name: one.operator.name, address: one.operator.credential.address }],
    );
}

/** @throws DeskError PARTICIPANT_NOT_FOUND, WIZARD_ELSEWHERE. */
export async function begin(parts: WizardParts, key: SubjectKey): Promise<Wizard> {
  parts.holder.at('none', 'case', 'preview', 'summary');
  const assertSame = parts.holder.turn();
  const { people } = parts.site().connection.context;
  const { participant } = await subjectOf(
    people,
    { participantId: key.participantId, lostWallet: key.wallet },
    null,
  );
  assertSame();
  const shown = participant.source === 'directory' ? participant.id : (key.wallet ?? participant.id);
  parts.custodian = null;
  const subject = { key, name: participant.name, id: shown };
  parts.holder.set({ step: 'case', subject, case: null, custodians: custodiansOf(parts) });
  return parts.holder.wizard;
}

/** @throws DeskError of the network; the case is then still open. */
export async function setCase(
  parts: WizardParts,
  opened: RecoveryCase,
  custodian: string | null,
): Promise<Wizard> {
  const { subject, custodians } = parts.holder.at('case');
  const chosen = custodian === null ? null : custodians.find(({ id }) => id === custodian);
  if (chosen === undefined) throw elsewhere('The custodian who was chosen is no operator of this desk.');
  parts.custodian = chosen?.address ?? null;
  return show(parts, { subject, case: opened });
}

export async function refresh(parts: WizardParts): Promise<Wizard> {
  const from = parts.holder.at('preview', 'impact');
  return show(parts, from, saidBefore(from.read.preview));
}

/**
 * Reads the preview again with what is said of the person's other wallets.
 * @throws DeskError WIZARD_ELSEWHERE for another preview than the one shown, or a wallet that it does not name.
 */
export async function sayOfWallets(parts: WizardParts, digest: Hex, said: SaidOfWallets): Promise<Wizard> {
  const from = parts.holder.at('preview');
  if (from.read.digest !== digest) throw elsewhere('The preview was read again, and is another one by now.');
  assertOfPerson(from.read.preview, said);
  return show(parts, from, said);
}

/** @throws DeskError BLOCKED while the preview shows blockers; WIZARD_ELSEWHERE when it is not the one that was shown. */
export function impact(parts: WizardParts, digest: Hex): Wizard {
  const { subject, case: opened, read } = parts.holder.at('preview');
  if (read.digest !== digest) throw elsewhere('The preview was read again, and is another one by now.');
  if (read.preview.blockers.length > 0 && !mayBeAdopted(read.preview)) {
    throw new DeskError('BLOCKED', {
      message: 'The preview shows blockers, so no plan can be made.',
      remedy: read.preview.blockers[0]?.remedy ?? 'Remove them, then read the preview again.',
      retry: 'never',
    });
  }
  const { policy, profile } = parts.site().connection.context;
  parts.holder.set({
    step: 'impact',
    subject,
    case: opened,
    read,
    generatedAllowed: policy.generatedReplacement,
    callBackAllowed: policy.replacementByCallBack,
    holdReferenceNeeded: read.preview.warnings.some((warning) => warning.code === 'LEGAL_HOLD_POSSIBLE'),
    accountAllowed: profile.walletFactory !== undefined,
    challenges: [],
    planned: null,
  });
  return parts.holder.wizard;
}

/** One decision back. @throws DeskError WIZARD_ELSEWHERE from the first moment of an execution on. */
export function back(parts: WizardParts): Wizard {
  const from = parts.holder.at('case', 'preview', 'impact', 'confirm');
  const { subject } = from;
  switch (from.step) {
    case 'case':
      parts.holder.set({ step: 'none' });
      break;
    case 'preview':
      parts.holder.set({ step: 'case', subject, case: from.case, custodians: custodiansOf(parts) });
      break;
    case 'impact':
      parts.holder.set({ step: 'preview', subject, case: from.case, read: from.read });
      break;
    case 'confirm':
      // The confirmation that is waited for takes the step back itself.
      parts.entry.cancel();
      break;
    default:
      from satisfies never;
  }
  return parts.holder.wizard;
}

export async function savePreview(parts: WizardParts): Promise<{ fileName: string } | null> {
  const { read } = parts.holder.at('preview', 'impact', 'confirm');
  const wallet = read.preview.lostWallet ?? read.preview.participant.id;
  const file = await parts.dialogs.saveFile({
    title: 'Save the preview for review',
    defaultName: `preview-${wallet.slice(0, 10)}-${read.preview.block.number}.json`,
    text: packPreview(read.preview),
  });
  return file === null ? null : { fileName: file.split(/[\\/]/u).at(-1) ?? file };
}
