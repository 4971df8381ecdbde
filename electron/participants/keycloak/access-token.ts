/**
 * The access token of the desk's service account, by client credentials; kept in memory for as long as it lasts.
 * @see RFC 6749, 4.4
 */
import { z } from 'zod';
import type { KeycloakProfile } from '../../../shared/directory-profile.ts';
import type { DirectoryLink } from '../../network/directory-link.ts';
import { directoryUnauthorised } from '../directory-errors.ts';
import { readSuccess, refusalCode } from '../http-answers.ts';

const tokenSchema = z.lazy(() =>
  z.object({
    access_token: z.string().regex(/^[\x21-\x7e]{1,16384}$/u),
    expires_in: z.int().nonnegative(),
  }),
);

/** Before its end, so that none runs out on the way. */
const MARGIN_MS = 10_000;

export interface AccessToken {
  /** @throws DeskError DIRECTORY_UNAUTHORISED */
  current(signal: AbortSignal | undefined): Promise<string>;
  /** Drops one that was refused. */
  forget(): void;
}

export function accessToken(
  { realm, clientId }: KeycloakProfile,
  link: DirectoryLink,
  secret: string,
  now: () => Date,
): AccessToken {
  let held: { readonly token: string; readonly until: number } | null = null;
  return {
    async current(signal) {
      if (held !== null && now().getTime() < held.until) return held.token;
      const answer = await link.send({
        method: 'POST',
        path: `/realms/${realm}/protocol/openid-connect/token`,
        headers: {},
        form: { grant_type: 'client_credentials', client_id: clientId, client_secret: secret },
        signal,
      });
      // RFC 6749, 5.2: wrong client credentials may come as a 400, too.
      const refused = refusalCode(answer);
      if (answer.status === 400 && refused !== null) {
        throw directoryUnauthorised(`${link.host} gave no access token (${refused})`);
      }
      const asked = { host: link.host, doing: 'for an access token' };
      const { access_token: token, expires_in: seconds } = readSuccess(tokenSchema, answer, asked);
      held = { token, until: now().getTime() + seconds * 1000 - MARGIN_MS };
      return token;
    },
    forget() {
      held = null;
    },
  };
}
