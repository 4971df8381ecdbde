/** What recoveries are made for. Inheritance and transfers of ownership are not among them. */
export const RECOVERY_REASONS = ['lost', 'compromised', 'device_failed', 'other'] as const;
export type RecoveryReason = (typeof RECOVERY_REASONS)[number];
