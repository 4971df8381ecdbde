/** What a hand-over works with: the desk's records, the keychain of this machine, and the directory in use. */
import { isoTime } from '../../shared/values.ts';
import { keychainStore } from '../operator/keychain-store.ts';
import { keystoreCodec } from '../operator/keystore-codec.ts';
import type { ChildPrograms } from '../operator/needs.ts';
import { walletCustody } from '../operator/wallet-custody.ts';
import type { WalletCustody } from '../operator/wallet-custody.ts';
import type { ParticipantDirectory } from '../participants/directory.ts';
import { peopleOf } from '../participants/known-people.ts';
import type { Records } from '../records.ts';
import type { Checkpoint } from '../recovery/engine-context.ts';
import type { HandOverContext } from '../recovery/hand-over.ts';

/** Where passphrases of generated wallets are kept. */
export function custodyOf(programs: ChildPrograms, { policy }: Pick<Records, 'policy'>): WalletCustody {
  return walletCustody(keychainStore(programs, policy));
}

export interface HandOverParts {
  readonly records: Records;
  readonly custody: WalletCustody;
  /** Asked each time. */
  readonly directory: () => ParticipantDirectory | null;
  readonly checkpoint?: Checkpoint | undefined;
}

export function handOverContext({ records, custody, directory, checkpoint }: HandOverParts): HandOverContext {
  const { folder, policy, journal, plans, wallets } = records;
  const people = peopleOf(directory, 0);
  return {
    folder,
    policy,
    journal,
    plans,
    wallets,
    codec: keystoreCodec,
    custody,
    directory: () => people.directory(),
    refused: (recoveryId, { operatorId }, reason) =>
      records.audit.append({
        kind: 'hand_over_refused',
        at: isoTime(new Date()),
        fields: { recoveryId, operatorId, reason },
      }),
    transaction: (work) => records.transaction(work),
    checkpoint: checkpoint ?? (() => undefined),
  };
}
