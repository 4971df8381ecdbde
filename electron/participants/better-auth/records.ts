/** Users and sessions as Better Auth's admin plugin gives them out. What is not named here is not kept. */
import { z } from 'zod';
import type { Access, AccessItem } from '../../../shared/directory.ts';
import type { BetterAuthProfile } from '../../../shared/directory-profile.ts';
import type { Participant } from '../../../shared/participant.ts';
import { timeSchema } from '../../../shared/values.ts';
import type { RecordedWallets } from '../wallet-record.ts';
import { lineOf, readableWallets, readWallet, walletsOf } from '../wallet-texts.ts';

const idSchema = z.lazy(() => z.union([z.string().min(1).max(200), z.int().transform(String)]));

/** Loose, because the fields that hold wallets have the platform's own names. */
export const userSchema = z.looseObject({
  id: idSchema,
  name: z.string().nullish(),
  email: z.string().nullish(),
  banned: z.boolean().nullish(),
  banReason: z.string().nullish(),
  banExpires: timeSchema.nullish().transform((time) => time ?? null),
  twoFactorEnabled: z.boolean().nullish(),
});
export type User = z.output<typeof userSchema>;

export const usersSchema = z.lazy(() =>
  z.object({ users: z.array(userSchema), total: z.int().nonnegative() }),
);
export type Users = z.output<typeof usersSchema>;

// SECURITY: a session's token is in the answer, and is dropped here.
export const sessionsSchema = z.lazy(() =>
  z.object({
    sessions: z.array(
      z.object({
        id: idSchema.optional(),
        userId: idSchema,
        createdAt: timeSchema.nullish(),
        updatedAt: timeSchema.nullish(),
        expiresAt: timeSchema,
        userAgent: z.string().nullish(),
        ipAddress: z.string().nullish(),
      }),
    ),
  }),
);
export type Session = z.output<typeof sessionsSchema>['sessions'][number];

type Fields = Pick<BetterAuthProfile, 'walletField' | 'lostWalletsField'>;

/** What is no address in the field for lost ones is passed over. @throws DeskError DIRECTORY_GARBAGE */
export function recordedWallets(user: User, { walletField, lostWalletsField }: Fields): RecordedWallets {
  const text = lostWalletsField === null ? null : user[lostWalletsField];
  return {
    effective: readWallet(user[walletField], walletField),
    lost: readableWallets(typeof text === 'string' ? text.split(',') : []),
  };
}

/** @throws DeskError DIRECTORY_GARBAGE */
export function participantOf(user: User, fields: Fields): Participant {
  return {
    id: user.id,
    name: lineOf(user.name) ?? lineOf(user.email),
    source: 'directory',
    wallets: walletsOf(recordedWallets(user, fields)),
  };
}

/** Whether a ban keeps the person out now; one that has run out does not. */
export function isBanned(user: User, now: Date): boolean {
  return user.banned === true && (user.banExpires === null || new Date(user.banExpires) > now);
}

export function signInOf(user: User, now: Date): Access['signIn'] {
  if (user.banned === undefined) return 'unknown';
  return isBanned(user, now) ? 'held' : 'open';
}

/** Better Auth says whether there is a second factor, and no more of it. */
export function secondFactorsOf(user: User): Access['secondFactors'] {
  if (user.twoFactorEnabled === undefined) return null;
  const factor = { id: 'second-factor', label: 'Second factor', createdAt: null, lastUsedAt: null };
  return user.twoFactorEnabled === true ? [factor] : [];
}

export function isLive(session: Session, now: Date): boolean {
  return new Date(session.expiresAt) > now;
}

export function sessionItem(session: Session, index: number): AccessItem {
  const where = [lineOf(session.userAgent), lineOf(session.ipAddress)].filter((part) => part !== null);
  return {
    id: session.id ?? `session-${index + 1}`,
    label: lineOf(where.join(', ')) ?? 'Unknown device',
    createdAt: session.createdAt ?? null,
    lastUsedAt: session.updatedAt ?? null,
  };
}
