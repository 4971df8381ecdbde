/**
 * What the practice network's people get in with: records of accounts that nobody can sign in to, labelled as practice,
 * so that a recovery has something to cut off.
 */
import type { AccessItem, AccessKind } from '../../shared/directory.ts';
import { DEMO_PERSON } from './people.ts';

export interface PracticeAccess extends AccessItem {
  readonly kind: AccessKind;
  readonly verification: 'pin' | 'otp' | 'secret_codes' | null;
}

type Kept = readonly [
  kind: AccessKind,
  id: string,
  label: string,
  verification?: PracticeAccess['verification'],
];

const EVERYBODY: readonly Kept[] = [
  ['sessions', 'laptop', 'Practice session: browser on a laptop'],
  ['second_factors', 'totp', 'Practice factor: one-time codes'],
];

const MORE: readonly Kept[] = [
  ['sessions', 'phone', 'Practice session: phone'],
  ['sessions', 'office', 'Practice session: browser in the office'],
  ['passkeys', 'phone', 'Practice passkey: phone'],
  ['api_keys', 'reports', 'Practice API key: monthly reports'],
  ['wallet_verifications', 'pin', 'Practice PIN of the wallet', 'pin'],
  ['wallet_verifications', 'codes', 'Practice secret codes of the wallet', 'secret_codes'],
];

/** Of one person. @param at ISO time when the accounts were set up. */
export function practiceAccess(personId: string, at: string): readonly PracticeAccess[] {
  const kept = personId === DEMO_PERSON ? [...EVERYBODY, ...MORE] : EVERYBODY;
  return kept.map(([kind, id, label, verification = null]) => ({
    kind,
    id: `practice-${id}`,
    label,
    verification,
    createdAt: at,
    lastUsedAt: null,
  }));
}
