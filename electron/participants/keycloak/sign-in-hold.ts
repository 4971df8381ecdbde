/** Holds a person's sign-in by disabling the user, with a mark that tells the desk's hold from somebody else's. */
import type { DirectoryEffect } from '../../../shared/directory.ts';
import type { KeycloakProfile } from '../../../shared/directory-profile.ts';
import { DeskError } from '../../../shared/errors.ts';
import type { DirectoryCall } from '../directory.ts';
import { directoryGarbage } from '../directory-errors.ts';
import type { AdminApi } from './admin-api.ts';
import type { User } from './records.ts';

const NONE: DirectoryEffect = { counts: { sign_in_hold: 0 }, survivors: [] };

function isMarked(user: User, { holdAttribute }: KeycloakProfile): boolean {
  return user.attributes?.[holdAttribute] !== undefined;
}

/** The realm's user profile may have no such attribute: it is then refused, or passed over. */
async function mark(
  api: AdminApi,
  { holdAttribute }: KeycloakProfile,
  user: User,
  now: Date,
  call: DirectoryCall | undefined,
): Promise<void> {
  const attributes = { ...user.attributes, [holdAttribute]: [now.toISOString()] };
  try {
    await api.update(user.id, { ...user, attributes }, call);
  } catch (thrown) {
    if (!(thrown instanceof DeskError) || thrown.code !== 'DIRECTORY_GARBAGE') throw thrown;
  }
}

/** @throws DeskError DIRECTORY_GARBAGE where the user is not disabled afterwards. */
export async function holdSignIn(
  api: AdminApi,
  profile: KeycloakProfile,
  id: string,
  now: Date,
  call: DirectoryCall | undefined,
): Promise<DirectoryEffect> {
  const user = await api.user(id, call);
  if (!user.enabled) return NONE;
  // Before the hold itself: one without a mark would never be lifted.
  if (!isMarked(user, profile)) await mark(api, profile, user, now, call);
  await api.update(id, { enabled: false }, call);
  const after = await api.user(id, call);
  if (after.enabled) throw directoryGarbage(`${api.host} did not disable a user`);
  const unmarked = {
    what: `The record keeps no attribute "${profile.holdAttribute}": the desk will not tell this hold from somebody else's, and leaves it to an administrator to lift.`,
    until: null,
  };
  return { counts: { sign_in_hold: 1 }, survivors: isMarked(after, profile) ? [] : [unmarked] };
}

/** @throws DeskError DIRECTORY_GARBAGE where the user is not enabled afterwards. */
export async function releaseSignIn(
  api: AdminApi,
  profile: KeycloakProfile,
  id: string,
  call: DirectoryCall | undefined,
): Promise<DirectoryEffect> {
  const user = await api.user(id, call);
  if (!isMarked(user, profile)) {
    const what = 'The user is disabled, and not by the desk as far as the record tells; the desk leaves it.';
    return user.enabled ? NONE : { ...NONE, survivors: [{ what, until: null }] };
  }
  const { [profile.holdAttribute]: _mark, ...attributes } = user.attributes ?? {};
  await api.update(id, { ...user, attributes, enabled: true }, call);
  const after = await api.user(id, call);
  if (!after.enabled || isMarked(after, profile)) {
    throw directoryGarbage(`${api.host} did not enable a user as it was asked to`);
  }
  return { counts: { sign_in_hold: user.enabled ? 0 : 1 }, survivors: [] };
}
