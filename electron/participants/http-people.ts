/** Looks people up in the records of a directory over HTTP, whatever these look like. */
import type { Address } from '../../shared/address.ts';
import type { Participant } from '../../shared/participant.ts';
import type { DirectoryCall, ParticipantDirectory } from './directory.ts';

interface RecordsOf<R> {
  byId(id: string, call: DirectoryCall | undefined): Promise<R | null>;
  byWallet(address: Address, call: DirectoryCall | undefined): Promise<R | null>;
  participantOf(record: R): Participant;
}

export function lookUps<R>(records: RecordsOf<R>): Pick<ParticipantDirectory, 'get' | 'findByWallet'> {
  const participant = (record: R | null): Participant | null =>
    record === null ? null : records.participantOf(record);
  return {
    get: async (id, call) => participant(await records.byId(id, call)),
    findByWallet: async (address, call) => participant(await records.byWallet(address, call)),
  };
}
