/**
 * A directory whose answers are not trusted: each is read against its schema, must be for whom was asked, and has to
 * come in time.
 */
import type { z } from 'zod';
import {
  accessSchema,
  capabilitiesSchema,
  directoryEffectSchema,
  directoryPageSchema,
} from '../../shared/directory.ts';
import { participantSchema } from '../../shared/participant.ts';
import type { Participant } from '../../shared/participant.ts';
import { CHAIN_ID_PREFIXES } from './chain-only.ts';
import type { DirectoryCall, ParticipantDirectory } from './directory.ts';
import { directoryGarbage, directoryTimeout, directoryWrongPerson } from './directory-errors.ts';

function read<T extends z.ZodType>(schema: T, answer: unknown, what: string): z.output<T> {
  const parsed = schema.safeParse(answer);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const field = issue?.path.map(String).join('.') ?? '';
  throw directoryGarbage(
    `${what}${field === '' ? '' : `, at "${field}"`} is not in the form that it must have`,
  );
}

/** A person of a directory, whose id may not be taken for an on-chain identity. */
function readParticipant(answer: unknown): Participant {
  const participant = read(participantSchema, answer, 'a participant');
  const addresses = participant.wallets.map(({ address }) => address);
  if (new Set(addresses).size < addresses.length) throw directoryGarbage('a participant has a wallet twice');
  if (
    participant.source !== 'directory' ||
    CHAIN_ID_PREFIXES.some((prefix) => participant.id.startsWith(prefix))
  )
    throw directoryGarbage('a participant has the id of an on-chain identity');
  return participant;
}

/** Calls with a time limit that ends the waiting whether the directory heeds its signal or not. */
async function inTime<T>(
  seconds: number,
  call: DirectoryCall | undefined,
  work: (call: DirectoryCall) => Promise<T>,
): Promise<T> {
  const limit = new AbortController();
  const timer = setTimeout(() => limit.abort(directoryTimeout(seconds)), seconds * 1000);
  const outer = call?.signal;
  const signal = outer === undefined ? limit.signal : AbortSignal.any([outer, limit.signal]);
  const given = Promise.withResolvers<never>();
  const giveUp = (): void => given.reject(signal.reason);
  signal.addEventListener('abort', giveUp, { once: true });
  try {
    signal.throwIfAborted();
    return await Promise.race([work({ signal }), given.promise]);
  } catch (error) {
    // The adapter may report its own aborted request in other words: what counts is why it was aborted.
    if (limit.signal.aborted && outer?.aborted !== true) throw limit.signal.reason;
    throw error;
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', giveUp);
  }
}

/** @param seconds that any one call may take. */
export function checkedDirectory(directory: ParticipantDirectory, seconds: number): ParticipantDirectory {
  const effect = async (call: DirectoryCall | undefined, work: (call: DirectoryCall) => Promise<unknown>) =>
    read(directoryEffectSchema, await inTime(seconds, call, work), 'what was done');
  return {
    kind: directory.kind,
    async capabilities(call) {
      const answer = await inTime(seconds, call, (limited) => directory.capabilities(limited));
      return read(capabilitiesSchema, answer, 'what it can do');
    },
    async get(id, call) {
      const answer = await inTime(seconds, call, (limited) => directory.get(id, limited));
      if (answer === null) return null;
      const participant = readParticipant(answer);
      if (participant.id !== id) throw directoryWrongPerson(id);
      return participant;
    },
    async findByWallet(address, call) {
      const answer = await inTime(seconds, call, (limited) => directory.findByWallet(address, limited));
      if (answer === null) return null;
      const participant = readParticipant(answer);
      if (participant.wallets.every((wallet) => wallet.address !== address))
        throw directoryWrongPerson(address);
      return participant;
    },
    async search(wanted, call) {
      const answer = await inTime(seconds, call, (limited) => directory.search(wanted, limited));
      const page = read(directoryPageSchema, answer, 'a list of participants');
      const participants = page.participants.map(readParticipant);
      if (new Set(participants.map(({ id }) => id)).size < participants.length)
        throw directoryGarbage('a list names a participant twice');
      if (page.after !== null && page.after === wanted.after)
        throw directoryGarbage('a list goes on for ever');
      return { participants, after: page.after };
    },
    async access(id, call) {
      const answer = await inTime(seconds, call, (limited) => directory.access(id, limited));
      return read(accessSchema, answer, 'what a participant gets in with');
    },
    revokeSessions: (id, call) => effect(call, (limited) => directory.revokeSessions(id, limited)),
    resetFactors: (id, call) => effect(call, (limited) => directory.resetFactors(id, limited)),
    holdSignIn: (id, call) => effect(call, (limited) => directory.holdSignIn(id, limited)),
    releaseSignIn: (id, call) => effect(call, (limited) => directory.releaseSignIn(id, limited)),
    linkWallet: (id, link, call) => effect(call, (limited) => directory.linkWallet(id, link, limited)),
  };
}
