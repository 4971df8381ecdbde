/** What a preview is asked for, and which person and wallet that means. */
import type { Address } from '../../shared/address.ts';
import type { RecoveryCase } from '../../shared/case.ts';
import { DeskError } from '../../shared/errors.ts';
import type { Participant } from '../../shared/participant.ts';
import type { Blocker, Preview } from '../../shared/preview.ts';
import { isDirectoryFault } from './directory-facts.ts';
import type { People } from './needs.ts';

/** The replacement as chosen; control was proven before (or is by the keystore that the desk made). */
export interface ChosenReplacement {
  readonly address: Address;
  readonly kind: 'given' | 'generated' | 'account';
  readonly control: NonNullable<Preview['replacement']>['control'];
}

/** What the operator says of another wallet of the person: lost too, moving to the replacement identity, or staying. */
export type WalletSaying =
  | { readonly wallet: Address; readonly says: 'lost'; readonly replacement: ChosenReplacement | null }
  | { readonly wallet: Address; readonly says: 'moves' | 'stays' };

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
  /** The person's other wallets, as far as something was said of them. */
  readonly others?: readonly WalletSaying[];
  /**
   * Whether the replacement recovers by itself what nobody named has the custodian right for, where this desk makes its
   * key. Off unless it was chosen.
   */
  readonly holdersWay?: boolean;
  /** Tokens that are in scope whatever their balance, as named by the operator. */
  readonly tokens: readonly Address[];
  /** Of a plan that is checked again, the tokens in scope by lost wallet, whatever their balance. */
  readonly scope?: ReadonlyMap<Address, readonly Address[]>;
  /** Whom the directory named when the plan was made: counts where it does not answer any more. */
  readonly known?: Participant;
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
  /** Why the directory did not say who it is; null where it did, or there is none. */
  readonly fault: DeskError | null;
}

interface Found {
  readonly participant: Participant;
  readonly fault: DeskError | null;
}

async function named(people: People, id: string, known: Participant | undefined): Promise<Found> {
  const directory = people.directory();
  try {
    const participant = (await directory?.get(id)) ?? null;
    if (participant !== null) return { participant, fault: null };
  } catch (thrown) {
    if (!isDirectoryFault(thrown) || known?.id !== id) throw thrown;
    return { participant: known, fault: thrown };
  }
  throw new DeskError('PARTICIPANT_NOT_FOUND', {
    message: `There is no participant "${id}"${directory === null ? ': there is no participant directory' : ''}.`,
    remedy:
      directory === null
        ? 'Name a participants file, import the participants, or give the wallet alone.'
        : 'Check the id in the participant directory.',
    retry: 'never',
  });
}

/** Whoever the wallet belongs to; as long as the directory does not say, the person as the chain knows them. */
async function owning(
  people: People,
  wallet: Address,
  identity: Address | null,
  known: Participant | undefined,
): Promise<Found> {
  const stranger = people.fromChain(wallet, identity);
  try {
    const participant = (await people.directory()?.findByWallet(wallet)) ?? null;
    return { participant: participant ?? stranger, fault: null };
  } catch (thrown) {
    if (!isDirectoryFault(thrown)) throw thrown;
    return { participant: known ?? stranger, fault: thrown };
  }
}

/**
 * Finds the person and the wallet a request means; without a wallet, the participant's effective one.
 * @throws DeskError PARTICIPANT_NOT_FOUND, BAD_USAGE, and DIRECTORY_* where the directory alone knows who is meant.
 */
export async function subjectOf(
  people: People,
  request: Pick<PreviewRequest, 'participantId' | 'lostWallet' | 'known'>,
  identityOf: Address | null,
): Promise<Subject> {
  const { participantId, lostWallet, known } = request;
  if (participantId === null) {
    if (lostWallet === null) {
      throw new DeskError('BAD_USAGE', {
        message: 'Neither a wallet nor a participant was named.',
        remedy: 'Name the lost wallet, or the participant.',
        retry: 'never',
      });
    }
    return { ...(await owning(people, lostWallet, identityOf, known)), lostWallet, blockers: [] };
  }
  const { participant, fault } = await named(people, participantId, known);
  const chosen = lostWallet ?? participant.wallets.find((wallet) => wallet.effective)?.address ?? null;
  if (participant.wallets.length === 0 || chosen === null) {
    const blocker: Blocker = {
      code: 'PARTICIPANT_HAS_NO_WALLET',
      message: `${participant.name ?? participant.id} has no wallet on record, so there is nothing to recover.`,
      remedy: 'Enter the wallet in the participants list, or onboard the person as new.',
    };
    return { participant, lostWallet: null, blockers: [blocker], fault };
  }
  if (participant.wallets.some((wallet) => wallet.address === chosen)) {
    return { participant, lostWallet: chosen, blockers: [], fault };
  }
  const blocker: Blocker = {
    code: 'WALLET_NOT_OF_PARTICIPANT',
    message: `The wallet ${chosen} is not one of ${participant.name ?? participant.id}.`,
    remedy: 'Choose a wallet that is on record for this person, or correct the record first.',
  };
  return { participant, lostWallet: chosen, blockers: [blocker], fault };
}
