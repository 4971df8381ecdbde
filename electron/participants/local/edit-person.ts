/** Edits one person of the local directory, by hand. */
import type { Address } from '../../../shared/address.ts';
import { digestOf } from '../../../shared/canonical.ts';
import { DeskError } from '../../../shared/errors.ts';
import type { Participant } from '../../../shared/participant.ts';
import type { Hex } from '../../../shared/values.ts';
import { isoTime } from '../../../shared/values.ts';
import { directoryWalletTaken, participantUnknown } from '../directory-errors.ts';
import { personEntrySchema, personOf, wordsOf } from '../person-entry.ts';
import { changedMeanwhile } from './import-errors.ts';
import { withKnownLosses } from './import-plan.ts';
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

/**
 * @param operatorId whoever does it.
 * @returns the digest of the person as they are now.
 * @throws DeskError PARTICIPANT_NOT_FOUND, PARTICIPANTS_CHANGED, PARTICIPANTS_INVALID, DIRECTORY_WALLET_TAKEN.
 */
export function editPerson(local: LocalPeople, edit: PersonEdit, operatorId: string | null): Hex {
  return local.transaction(() => {
    const before = local.people.get(edit.id);
    if (before === null) throw participantUnknown(edit.id);
    if (digestOf(before) !== edit.record) throw changedMeanwhile();
    const person = edited(before, edit);
    for (const { address } of person.wallets) {
      const other = otherOwner(local.people, edit.id, address);
      if (other !== null) throw directoryWalletTaken(address, other.id);
    }
    local.people.put(person);
    const effective = person.wallets.find((wallet) => wallet.effective)?.address ?? null;
    local.audit({
      kind: 'participant_edited',
      at: isoTime(new Date()),
      fields: { participantDigest: digestOf(edit.id), effectiveWallet: effective, operatorId },
    });
    return digestOf(person);
  });
}
