/** What is said of another wallet of the person: lost too; in their hands, and moving to the new identity, or staying. */
export const WALLET_SAYINGS = ['lost', 'moves', 'stays'] as const;
export type WalletSays = (typeof WALLET_SAYINGS)[number];
