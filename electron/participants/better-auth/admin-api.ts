/**
 * Better Auth's admin plugin over HTTP, as far as the desk uses it. Each answer is checked, and is of the person that
 * was asked for. SECURITY: the desk's credential goes in a header of every request, and into nothing else.
 * @see https://www.better-auth.com/docs/plugins/admin
 */
import { z } from 'zod';
import type { DirectoryAnswer, DirectoryLink, DirectoryRequest } from '../../network/directory-link.ts';
import type { DirectoryCall } from '../directory.ts';
import { directoryGarbage, directoryWrongPerson } from '../directory-errors.ts';
import { expectSuccess, known, readSuccess, refusalCode } from '../http-answers.ts';
import { cacheSecondsOf } from './cookie-cache.ts';
import { sessionsSchema, userSchema, usersSchema } from './records.ts';
import type { Session, User, Users } from './records.ts';

export interface AdminApi {
  readonly host: string;
  /** Null for somebody unknown. */
  findUser(id: string, call: DirectoryCall | undefined): Promise<User | null>;
  /** @throws DeskError PARTICIPANT_NOT_FOUND */
  user(id: string, call: DirectoryCall | undefined): Promise<User>;
  /** Better Auth answers an empty list for a field that it does not know. */
  users(query: Readonly<Record<string, string>>, call: DirectoryCall | undefined): Promise<Users>;
  /** Answers the user as it is afterwards. Fields that Better Auth does not know are passed over by it. */
  update(id: string, data: object, call: DirectoryCall | undefined): Promise<User>;
  unban(id: string, call: DirectoryCall | undefined): Promise<User>;
  sessions(id: string, call: DirectoryCall | undefined): Promise<readonly Session[]>;
  revokeSessions(id: string, call: DirectoryCall | undefined): Promise<void>;
  setPassword(id: string, password: string, call: DirectoryCall | undefined): Promise<void>;
  /** Seconds that browsers are believed from their cookie; 0 for none. Known after the first answer. */
  cacheSeconds(): number;
}

/**
 * @param credential headers that show the desk to be an administrator.
 * @param assumedCache seconds that browsers are believed at the least.
 */
export function adminApi(
  link: DirectoryLink,
  credential: Readonly<Record<string, string>>,
  assumedCache: number,
): AdminApi {
  const { host } = link;
  let cacheSeconds = assumedCache;

  async function send(
    request: Omit<DirectoryRequest, 'headers' | 'signal'>,
    call: DirectoryCall | undefined,
  ): Promise<DirectoryAnswer> {
    const answer = await link.send({ ...request, headers: credential, signal: call?.signal });
    cacheSeconds = Math.max(cacheSeconds, cacheSecondsOf(answer.cookies) ?? 0);
    return answer;
  }

  const post = (path: string, json: object, call: DirectoryCall | undefined) =>
    send({ method: 'POST', path, json }, call);

  function ofPerson(user: User, id: string): User {
    if (user.id !== id) throw directoryWrongPerson(id);
    return user;
  }

  async function findUser(id: string, call: DirectoryCall | undefined): Promise<User | null> {
    const answer = await send({ method: 'GET', path: '/admin/get-user', query: { id } }, call);
    // Without its code, a 404 says that there is no such route.
    if (answer.status === 404 && refusalCode(answer) === 'USER_NOT_FOUND') return null;
    return ofPerson(readSuccess(userSchema, answer, { host, doing: 'for a user' }), id);
  }

  return {
    host,
    findUser,
    user: async (id, call) => known(await findUser(id, call), id),
    async users(query, call) {
      const answer = await send({ method: 'GET', path: '/admin/list-users', query }, call);
      return readSuccess(usersSchema, answer, { host, doing: 'for a list of users' });
    },
    async update(id, data, call) {
      const answer = await post('/admin/update-user', { userId: id, data }, call);
      return ofPerson(readSuccess(userSchema, answer, { host, doing: 'to change a user' }), id);
    },
    async unban(id, call) {
      const answer = await post('/admin/unban-user', { userId: id }, call);
      const schema = z.object({ user: userSchema });
      return ofPerson(readSuccess(schema, answer, { host, doing: 'to lift a ban' }).user, id);
    },
    async sessions(id, call) {
      const answer = await post('/admin/list-user-sessions', { userId: id }, call);
      const { sessions } = readSuccess(sessionsSchema, answer, { host, doing: 'for the sessions of a user' });
      if (sessions.some((session) => session.userId !== id)) throw directoryWrongPerson(id);
      return sessions;
    },
    async revokeSessions(id, call) {
      const answer = await post('/admin/revoke-user-sessions', { userId: id }, call);
      readSuccess(z.object({ success: z.literal(true) }), answer, { host, doing: 'to end sessions' });
    },
    async setPassword(id, password, call) {
      const answer = await post('/admin/set-user-password', { userId: id, newPassword: password }, call);
      expectSuccess(answer, { host, doing: 'to replace a password' });
      if (answer.json === undefined) throw directoryGarbage(`${host} answered something else than JSON`);
    },
    cacheSeconds: () => cacheSeconds,
  };
}
