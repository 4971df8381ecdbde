/** The demo looks for itself what the directory shows, whatever the result says. */
import { ACCESS_KINDS } from '../../shared/directory.ts';
import type { RecoveryResult } from '../../shared/outcome.ts';
import type { ParticipantDirectory } from '../participants/directory.ts';
import { practiceAccess } from '../practice/practice-accounts.ts';
import type { SeededPerson } from '../practice/practice-seed.ts';

/** What the person still gets in with, what the result counts wrongly, and what of the link is missing, in words. */
export async function accessSurprises(
  directory: ParticipantDirectory,
  { id, lostWallet }: SeededPerson,
  { phases, replacementWallet }: RecoveryResult,
): Promise<readonly string[]> {
  const person = await directory.get(id);
  const access = await directory.access(id);
  const before = practiceAccess(id, '');
  const lost = person?.wallets.find(({ address }) => address === lostWallet);
  const effective = person?.wallets.find((wallet) => wallet.effective);
  const kinds = Object.entries(ACCESS_KINDS).flatMap(([kind, list]) => {
    const had = before.filter((item) => item.kind === kind).length;
    const told = phases.reduce((sum, { counts = {} }) => {
      const count = Object.entries(counts).find(([counted]) => counted === kind);
      return sum + (count?.[1] ?? 0);
    }, 0);
    return [
      ...(access[list]?.length === 0
        ? []
        : [`${access[list]?.length ?? 'an unknown number'} of ${kind} are left`]),
      ...(told === had ? [] : [`${told} of ${kind} are told to be gone, not ${had}`]),
    ];
  });
  return [
    ...kinds,
    ...(access.signIn === 'held' ? [] : ['sign-in is not held']),
    ...(effective?.address === replacementWallet ? [] : ['the replacement is not the effective wallet']),
    ...(lost?.lost === true ? [] : ['the lost wallet is not marked as lost']),
  ];
}
