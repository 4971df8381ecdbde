/**
 * Keycloak's admin REST API, as far as the desk uses it. Each answer is checked, and is of the person that was asked for.
 * @see https://www.keycloak.org/docs-api/latest/rest-api/index.html
 */
import { z } from 'zod';
import type { KeycloakProfile } from '../../../shared/directory-profile.ts';
import type { DirectoryAnswer, DirectoryLink, DirectoryRequest } from '../../network/directory-link.ts';
import type { DirectoryCall } from '../directory.ts';
import { directoryGarbage, directoryWrongPerson, participantUnknown } from '../directory-errors.ts';
import { expectSuccess, known, readSuccess } from '../http-answers.ts';
import { accessToken } from './access-token.ts';
import { credentialSchema, linkedAccountSchema, realmSchema, sessionSchema, userSchema } from './records.ts';
import type { Credential, LinkedAccount, Realm, Session, User } from './records.ts';

export interface AdminApi {
  readonly host: string;
  findUser(id: string, call: DirectoryCall | undefined): Promise<User | null>;
  /** @throws DeskError PARTICIPANT_NOT_FOUND */
  user(id: string, call: DirectoryCall | undefined): Promise<User>;
  users(query: Readonly<Record<string, string>>, call: DirectoryCall | undefined): Promise<readonly User[]>;
  /**
   * What is left out stays as it is. Where attributes are sent, they are all that the user has afterwards, name and
   * e-mail among them: then the whole representation has to be sent.
   */
  update(id: string, changes: object, call: DirectoryCall | undefined): Promise<void>;
  sessions(id: string, call: DirectoryCall | undefined): Promise<readonly Session[]>;
  /** Ends sessions, and takes no token that was issued before. */
  logout(id: string, call: DirectoryCall | undefined): Promise<void>;
  credentials(id: string, call: DirectoryCall | undefined): Promise<readonly Credential[]>;
  /** One that is gone already is fine. */
  removeCredential(id: string, credentialId: string, call: DirectoryCall | undefined): Promise<void>;
  linkedAccounts(id: string, call: DirectoryCall | undefined): Promise<readonly LinkedAccount[]>;
  /** Empty where the service account may not see the realm's settings. */
  realm(call: DirectoryCall | undefined): Promise<Realm>;
}

const userNotFoundSchema = z.lazy(() => z.object({ error: z.literal('User not found') }));

/** An id as one part of a path. Those that a URL takes for a way up or along are nobody's. */
function segment(id: string): string | null {
  return /^\.{0,2}$/u.test(id) ? null : encodeURIComponent(id);
}

export function adminApi(
  profile: KeycloakProfile,
  link: DirectoryLink,
  secret: string,
  now: () => Date,
): AdminApi {
  const { host } = link;
  const token = accessToken(profile, link, secret, now);
  const realmPath = `/admin/realms/${profile.realm}`;

  async function send(
    request: Omit<DirectoryRequest, 'headers' | 'signal'>,
    call: DirectoryCall | undefined,
  ): Promise<DirectoryAnswer> {
    const once = async (): Promise<DirectoryAnswer> => {
      const headers = { authorization: `Bearer ${await token.current(call?.signal)}` };
      return link.send({ ...request, path: realmPath + request.path, headers, signal: call?.signal });
    };
    const answer = await once();
    if (answer.status !== 401) return answer;
    // It may have been taken back before its end.
    token.forget();
    return once();
  }

  function pathOf(id: string, rest = ''): string {
    const part = segment(id);
    if (part === null) throw participantUnknown(id);
    return `/users/${part}${rest}`;
  }

  async function listOf<T extends z.ZodType>(
    schema: T,
    path: string,
    doing: string,
    call: DirectoryCall | undefined,
  ): Promise<z.output<T>[]> {
    const answer = await send({ method: 'GET', path }, call);
    return readSuccess(z.array(schema), answer, { host, doing });
  }

  async function findUser(id: string, call: DirectoryCall | undefined): Promise<User | null> {
    if (segment(id) === null) return null;
    const answer = await send({ method: 'GET', path: pathOf(id) }, call);
    // Of a realm that there is not it says something else.
    if (answer.status === 404 && userNotFoundSchema.safeParse(answer.json).success) return null;
    const user = readSuccess(userSchema, answer, { host, doing: 'for a user' });
    if (user.id !== id) throw directoryWrongPerson(id);
    return user;
  }

  return {
    host,
    findUser,
    user: async (id, call) => known(await findUser(id, call), id),
    async users(query, call) {
      const all = { ...query, briefRepresentation: 'false' };
      const answer = await send({ method: 'GET', path: '/users', query: all }, call);
      return readSuccess(z.array(userSchema), answer, { host, doing: 'for a list of users' });
    },
    async update(id, changes, call) {
      const answer = await send({ method: 'PUT', path: pathOf(id), json: changes }, call);
      expectSuccess(answer, { host, doing: 'to change a user' });
    },
    async sessions(id, call) {
      const sessions = await listOf(
        sessionSchema,
        pathOf(id, '/sessions'),
        'for the sessions of a user',
        call,
      );
      if (sessions.some((session) => session.userId !== id)) throw directoryWrongPerson(id);
      return sessions;
    },
    async logout(id, call) {
      const answer = await send({ method: 'POST', path: pathOf(id, '/logout') }, call);
      expectSuccess(answer, { host, doing: 'to end sessions' });
    },
    credentials: (id, call) =>
      listOf(credentialSchema, pathOf(id, '/credentials'), 'for the credentials of a user', call),
    async removeCredential(id, credentialId, call) {
      const part = segment(credentialId);
      // SECURITY: one way up from the credentials is the user, who would be deleted.
      if (part === null) throw directoryGarbage(`${host} lists a credential that cannot be named`);
      const path = pathOf(id, `/credentials/${part}`);
      const answer = await send({ method: 'DELETE', path }, call);
      if (answer.status !== 404) expectSuccess(answer, { host, doing: 'to remove a credential' });
    },
    linkedAccounts: (id, call) =>
      listOf(
        linkedAccountSchema,
        pathOf(id, '/federated-identity'),
        'for the linked accounts of a user',
        call,
      ),
    async realm(call) {
      const answer = await send({ method: 'GET', path: '' }, call);
      if (answer.status === 403) return {};
      return readSuccess(realmSchema, answer, { host, doing: 'for the settings of the realm' });
    },
  };
}
