/** What recoveries are made for. Inheritance and transfers of ownership are not among them. */
export const RECOVERY_REASONS = ['lost', 'compromised', 'device_failed', 'other'] as const;
export type RecoveryReason = (typeof RECOVERY_REASONS)[number];

/** What a reason is called wherever a person reads it. */
export const REASON_TITLES: Readonly<Record<RecoveryReason, string>> = {
  lost: 'The wallet is lost',
  compromised: 'Somebody else may have the key',
  device_failed: 'The device failed',
  other: 'Another reason',
};
