/**
 * The desk's own directory, in the database of its data folder and for all its networks: people and keys are the same
 * on every chain, and who lost a key lost it on all of them. It keeps people and wallets; sign-ins only of practice
 * accounts, for a desk is no place where anybody signs in.
 */
import type { Address } from '../../../shared/address.ts';
import type { AccessKind, Capabilities, Capability, DirectoryEffect } from '../../../shared/directory.ts';
import type { Participant } from '../../../shared/participant.ts';
import { isoTime } from '../../../shared/values.ts';
import type { AccessRepository } from '../../store/access-repository.ts';
import type { ParticipantRepository } from '../../store/participant-repository.ts';
import type { ParticipantDirectory, WalletLink } from '../directory.ts';
import { directoryWalletTaken, participantUnknown } from '../directory-errors.ts';

const FACTORS: readonly AccessKind[] = ['second_factors', 'passkeys', 'api_keys', 'wallet_verifications'];
const CAN: Capability = { can: 'can' };
const NO_SIGN_INS: Capability = {
  can: 'cannot',
  why: 'the local directory keeps no sign-ins: sessions, factors and keys work on where the person signs in',
};
const SURVIVING: DirectoryEffect = { counts: {}, survivors: [{ what: NO_SIGN_INS.why, until: null }] };

export interface LocalParts {
  readonly people: ParticipantRepository;
  readonly access: AccessRepository;
  transaction<T>(work: () => T): T;
}

/** The person with the replacement and the lost wallet marked; null where it is so already. */
export function linked(
  participant: Participant,
  { lost, replacement, effective }: WalletLink,
): Participant | null {
  const known = participant.wallets.map(({ address }) => address);
  const addresses = [...known, ...[lost, replacement].filter((address) => !known.includes(address))];
  const before = new Map(participant.wallets.map((wallet) => [wallet.address, wallet]));
  const wallets = addresses.map((address) => ({
    address,
    effective: effective
      ? address === replacement
      : address !== lost && before.get(address)?.effective === true,
    ...(address === lost || (before.get(address)?.lost === true && address !== replacement)
      ? { lost: true }
      : {}),
  }));
  const same = wallets.every((wallet) => {
    const was = before.get(wallet.address);
    return was?.effective === wallet.effective && (was.lost ?? false) === (wallet.lost ?? false);
  });
  return same ? null : { ...participant, wallets };
}

/** Whom a wallet belongs to, if that is not the person. */
export function otherOwner(people: ParticipantRepository, id: string, wallet: Address): Participant | null {
  const owner = people.byWallet(wallet);
  return owner === null || owner.id === id ? null : owner;
}

/** Every call is one transaction: it is on disk, or nothing of it is, when its promise settles. */
export function localDirectory(parts: LocalParts): ParticipantDirectory {
  const { people, access } = parts;
  const at = (): string => isoTime(new Date());
  /** What is synchronous below answers, and refuses, through a promise. */
  const answer = async <T>(work: () => T): Promise<T> => work();
  const known = (id: string): Participant => {
    const participant = people.get(id);
    if (participant === null) throw participantUnknown(id);
    return participant;
  };
  const inTransaction = <T>(id: string, work: (participant: Participant) => T): Promise<T> =>
    answer(() => parts.transaction(() => work(known(id))));
  const ending = (id: string, kinds: readonly AccessKind[]): Promise<DirectoryEffect> =>
    inTransaction(id, () => {
      if (!access.any()) return SURVIVING;
      const counts = kinds.map((kind) => [kind, access.end(id, kind, at())] as const);
      return { counts: Object.fromEntries(counts), survivors: [] };
    });
  const holding = (id: string, work: () => boolean): Promise<DirectoryEffect> =>
    inTransaction(id, () =>
      access.any() ? { counts: { sign_in_hold: Number(work()) }, survivors: [] } : SURVIVING,
    );
  return {
    kind: 'local',
    capabilities: () =>
      answer((): Capabilities => {
        const signIns = access.any() ? CAN : NO_SIGN_INS;
        return {
          sessions: signIns,
          second_factors: signIns,
          passkeys: signIns,
          api_keys: signIns,
          wallet_verifications: signIns,
          sign_in_hold: signIns,
          wallet_link: CAN,
        };
      }),
    get: (id) => answer(() => people.get(id)),
    findByWallet: (address) => answer(() => people.byWallet(address)),
    search: ({ text, limit, after }) =>
      answer(() => {
        const found = people.search(text.trim().toLowerCase(), limit + 1, after);
        const participants = found.slice(0, limit);
        return { participants, after: found.length > limit ? (participants.at(-1)?.id ?? null) : null };
      }),
    access: (id) =>
      answer(() => {
        known(id);
        if (!access.any())
          return {
            sessions: null,
            secondFactors: null,
            passkeys: null,
            apiKeys: null,
            walletVerifications: null,
            signIn: 'unknown' as const,
          };
        const items = (kind: AccessKind) =>
          access.list(id, kind).map(({ verification: _kind, ...item }) => item);
        return {
          sessions: items('sessions'),
          secondFactors: items('second_factors'),
          passkeys: items('passkeys'),
          apiKeys: items('api_keys'),
          walletVerifications: access
            .list(id, 'wallet_verifications')
            .flatMap(({ verification, ...item }) =>
              verification === null ? [] : [{ ...item, kind: verification }],
            ),
          signIn: access.isHeld(id) ? ('held' as const) : ('open' as const),
        };
      }),
    revokeSessions: (id) => ending(id, ['sessions']),
    resetFactors: (id) => ending(id, FACTORS),
    holdSignIn: (id) => holding(id, () => access.hold(id, at())),
    releaseSignIn: (id) => holding(id, () => access.release(id)),
    linkWallet: (id, link) =>
      inTransaction(id, (participant) => {
        for (const wallet of [link.replacement, link.lost]) {
          const other = otherOwner(people, id, wallet);
          if (other !== null) throw directoryWalletTaken(wallet, other.id);
        }
        const changed = linked(participant, link);
        if (changed !== null) people.put(changed);
        return { counts: { wallet_link: Number(changed !== null) }, survivors: [] };
      }),
  };
}
