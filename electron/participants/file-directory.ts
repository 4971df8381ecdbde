/**
 * The people of a participants file as a directory: read, never written, and without any sign-ins. A desk that is to
 * keep the link from person to wallet imports the file into its local directory.
 */
import type { Access, Capabilities, DirectoryEffect } from '../../shared/directory.ts';
import type { Participant } from '../../shared/participant.ts';
import type { ParticipantDirectory } from './directory.ts';
import { participantUnknown } from './directory-errors.ts';

const NO_SIGN_INS = {
  can: 'cannot' as const,
  why: 'a participants file keeps no sign-ins: sessions, factors and keys work on where the person signs in',
};

const CAPABILITIES: Capabilities = {
  sessions: NO_SIGN_INS,
  second_factors: NO_SIGN_INS,
  passkeys: NO_SIGN_INS,
  api_keys: NO_SIGN_INS,
  wallet_verifications: NO_SIGN_INS,
  sign_in_hold: NO_SIGN_INS,
  wallet_link: {
    can: 'cannot',
    why: 'a participants file is only read: it names the lost wallet until somebody changes it',
  },
};

const UNKNOWN: Access = {
  sessions: null,
  secondFactors: null,
  passkeys: null,
  apiKeys: null,
  walletVerifications: null,
  signIn: 'unknown',
};

const SURVIVES = NO_SIGN_INS.why;
const NOTHING_DONE: DirectoryEffect = { counts: {}, survivors: [{ what: SURVIVES, until: null }] };
const NOT_LINKED: DirectoryEffect = {
  counts: {},
  survivors: [{ what: 'the participants file goes on naming the lost wallet', until: null }],
};

function textOf({ id, name, wallets }: Participant): string {
  return [name ?? '', id, ...wallets.map(({ address }) => address)].join('\n').toLowerCase();
}

/** @param people with no id and no wallet twice, in the order in which they are told. */
export function fileDirectory(people: readonly Participant[]): ParticipantDirectory {
  const byId = new Map(people.map((participant) => [participant.id, participant]));
  const byWallet = new Map(
    people.flatMap((participant) =>
      participant.wallets.map(({ address }) => [address, participant] as const),
    ),
  );
  const known = <T>(id: string, answer: T): Promise<T> =>
    byId.has(id) ? Promise.resolve(answer) : Promise.reject(participantUnknown(id));
  return {
    kind: 'file',
    capabilities: () => Promise.resolve(CAPABILITIES),
    get: (id) => Promise.resolve(byId.get(id) ?? null),
    findByWallet: (address) => Promise.resolve(byWallet.get(address) ?? null),
    search({ text, limit, after }) {
      const wanted = text.trim().toLowerCase();
      const page: Participant[] = [];
      for (let index = after === null ? 0 : Number(after); index < people.length; index += 1) {
        const participant = people[index];
        if (participant === undefined || !(wanted === '' || textOf(participant).includes(wanted))) continue;
        if (page.length === limit) return Promise.resolve({ participants: page, after: String(index) });
        page.push(participant);
      }
      return Promise.resolve({ participants: page, after: null });
    },
    access: (id) => known(id, UNKNOWN),
    revokeSessions: (id) => known(id, NOTHING_DONE),
    resetFactors: (id) => known(id, NOTHING_DONE),
    holdSignIn: (id) => known(id, NOTHING_DONE),
    releaseSignIn: (id) => known(id, NOTHING_DONE),
    linkWallet: (id) => known(id, NOT_LINKED),
  };
}
