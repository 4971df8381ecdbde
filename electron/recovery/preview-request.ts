/** What a preview is asked for, and which person and wallet that means. */
import type { Address } from '../../shared/address.ts';
import type { RecoveryCase } from '../../shared/case.ts';
import { DeskError } from '../../shared/errors.ts';
import type { Participant } from '../../shared/participant.ts';
import type { Blocker, Preview } from '../../shared/preview.ts';
import type { People } from './needs.ts';

/** The replacement as chosen; control was proven before (or is by the keystore that the desk made). */
export interface ChosenReplacement {
  readonly address: Address;
  readonly kind: 'given' | 'generated';
  readonly control: NonNullable<Preview['replacement']>['control'];
}

export interface PreviewRequest {
  readonly case: RecoveryCase;
  readonly participantId: string | null;
  readonly lostWallet: Address | null;
  readonly operator: Address;
  /** Who signs for the tokens whose custodian right they hold; the operator signs all else. None: the operator alone. */
  readonly custodian?: Address | null;
  /** Addresses of a Safe or a custody platform: calls are handed out to them, and they pay themselves. */
  readonly external?: readonly Address[];
  readonly replacement: ChosenReplacement | null;
  /** Tokens that are in scope whatever their balance: named by the operator, or of a plan that is checked again. */
  readonly tokens: readonly Address[];
  /** A recovery of this very plan does not block its own re-check. */
  readonly ownRecovery: string | null;
}

/** The named custodian, unless it is the operator who was named. */
export function custodianOf({ custodian, operator }: PreviewRequest): Address | null {
  return custodian === undefined || custodian === operator ? null : custodian;
}

export function isExternal({ external }: Pick<PreviewRequest, 'external'>, address: Address): boolean {
  return external?.includes(address) === true;
}

export interface Subject {
  readonly participant: Participant;
  readonly lostWallet: Address | null;
  readonly blockers: readonly Blocker[];
}

function named(people: People, id: string): Participant {
  const participant = people.get(id);
  if (participant !== null) return participant;
  throw new DeskError('PARTICIPANT_NOT_FOUND', {
    message: `There is no participant "${id}"${people.hasDirectory ? '' : ': no participants file was given'}.`,
    remedy: people.hasDirectory
      ? 'Check the id in the participants file.'
      : 'Name a participants file, or give the wallet alone.',
    retry: 'never',
  });
}

/**
 * Finds the person and the wallet a request means; without a wallet, the participant's effective one.
 * @throws DeskError PARTICIPANT_NOT_FOUND, BAD_USAGE.
 */
export function subjectOf(
  people: People,
  request: Pick<PreviewRequest, 'participantId' | 'lostWallet'>,
  identityOf: Address | null,
): Subject {
  const { participantId, lostWallet } = request;
  if (participantId === null) {
    if (lostWallet === null) {
      throw new DeskError('BAD_USAGE', {
        message: 'Neither a wallet nor a participant was named.',
        remedy: 'Name the lost wallet, or the participant.',
        retry: 'never',
      });
    }
    const participant = people.findByWallet(lostWallet) ?? people.fromChain(lostWallet, identityOf);
    return { participant, lostWallet, blockers: [] };
  }
  const participant = named(people, participantId);
  const chosen = lostWallet ?? participant.wallets.find((wallet) => wallet.effective)?.address ?? null;
  if (participant.wallets.length === 0 || chosen === null) {
    const blocker: Blocker = {
      code: 'PARTICIPANT_HAS_NO_WALLET',
      message: `${participant.name ?? participant.id} has no wallet on record, so there is nothing to recover.`,
      remedy: 'Enter the wallet in the participants list, or onboard the person as new.',
    };
    return { participant, lostWallet: null, blockers: [blocker] };
  }
  if (participant.wallets.some((wallet) => wallet.address === chosen)) {
    return { participant, lostWallet: chosen, blockers: [] };
  }
  const blocker: Blocker = {
    code: 'WALLET_NOT_OF_PARTICIPANT',
    message: `The wallet ${chosen} is not one of ${participant.name ?? participant.id}.`,
    remedy: 'Choose a wallet that is on record for this person, or correct the record first.',
  };
  return { participant, lostWallet: chosen, blockers: [blocker] };
}
