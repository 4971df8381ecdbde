/** Edits one person of the local directory, by hand: drafted first, and carried out once a person confirmed the draft. */
import type { Address } from '../../../shared/address.ts';
import { digestOf } from '../../../shared/canonical.ts';
import { DeskError } from '../../../shared/errors.ts';
import type { Participant } from '../../../shared/participant.ts';
import type { Hex } from '../../../shared/values.ts';
import { isoTime } from '../../../shared/values.ts';
import { directoryWalletTaken, participantUnknown } from '../directory-errors.ts';
import { personEntrySchema, personOf, wordsOf } from '../person-entry.ts';
import { changedMeanwhile } from './import-errors.ts';
import { withKnownLosses } from './known-losses.ts';
import { otherOwner } from './local-directory.ts';
import type { LocalPeople } from './local-people.ts';

export interface PersonEdit {
  readonly id: string;
  /** Digest of the participant that was shown. */
  readonly record: Hex;
  readonly name: string | null;
  readonly wallets: readonly Address[];
  readonly effectiveWallet: Address | null;
}

function unusable(what: string): DeskError {
  return new DeskError('PARTICIPANTS_INVALID', {
    message: `This cannot be kept: ${what}. Nothing was changed.`,
    remedy: 'Correct it, then save again.',
    retry: 'never',
  });
}

/** What is entered, with the wallets that are on record as lost: they stay, and none of them is used. */
function edited(before: Participant, edit: PersonEdit): Participant {
  const { effectiveWallet, name, wallets } = edit;
  const entry = personEntrySchema.safeParse({
    id: before.id,
    name,
    wallets,
    ...(effectiveWallet === null ? {} : { effectiveWallet }),
  });
  if (!entry.success) throw unusable(wordsOf(entry.error));
  const person = personOf(withKnownLosses(entry.data, before));
  if (typeof person === 'string') throw unusable(person);
  const effective = person.wallets.find((wallet) => wallet.effective);
  if (effective?.lost === true)
    throw unusable(`the effective wallet ${effective.address} is on record as lost`);
  return person;
}

/** An edit as it would be kept: what is confirmed, and what alone may be carried out. */
export interface EditDraft {
  readonly before: Participant;
  readonly after: Participant;
}

function assertNobodyElses(local: LocalPeople, { id, wallets }: Participant): void {
  for (const { address } of wallets) {
    const other = otherOwner(local.people, id, address);
    if (other !== null) throw directoryWalletTaken(address, other.id);
  }
}

/**
 * Changes nothing.
 * @throws DeskError PARTICIPANT_NOT_FOUND, PARTICIPANTS_CHANGED, PARTICIPANTS_INVALID, DIRECTORY_WALLET_TAKEN.
 */
export function draftEdit(local: LocalPeople, edit: PersonEdit): EditDraft {
  const before = local.people.get(edit.id);
  if (before === null) throw participantUnknown(edit.id);
  if (digestOf(before) !== edit.record) throw changedMeanwhile();
  const after = edited(before, edit);
  assertNobodyElses(local, after);
  return { before, after };
}

/**
 * @param operatorId whoever does it.
 * @returns the digest of the person as they are now.
 * @throws DeskError PARTICIPANT_NOT_FOUND, PARTICIPANTS_CHANGED, DIRECTORY_WALLET_TAKEN.
 */
export function carryOutEdit(
  local: LocalPeople,
  { before, after }: EditDraft,
  operatorId: string | null,
): Hex {
  return local.transaction(() => {
    const now = local.people.get(before.id);
    if (now === null) throw participantUnknown(before.id);
    if (digestOf(now) !== digestOf(before)) throw changedMeanwhile();
    assertNobodyElses(local, after);
    local.people.put(after);
    const effective = after.wallets.find((wallet) => wallet.effective)?.address ?? null;
    local.audit({
      kind: 'participant_edited',
      at: isoTime(new Date()),
      fields: { participantDigest: digestOf(before.id), effectiveWallet: effective, operatorId },
    });
    return digestOf(after);
  });
}
