/** What a desk's owner decides once for everybody who works at it. Unknown keys are refused. */
import { z } from 'zod';
import { addressSchema } from './address-schema.ts';
import { amountSchema } from './values.ts';

const claimValueSchema = z.lazy(() => z.union([z.string(), z.number(), z.boolean()]));

/** A team's OpenID provider. */
export const oidcPolicySchema = z.lazy(() =>
  z.strictObject({
    /** To the letter as the provider's metadata names itself; https, or http on this machine. */
    issuer: z.url(),
    clientId: z.string().min(1),
    scopes: z.array(z.string().min(1)).min(1).default(['openid']),
    /** Claims of the id token and their values; of a list claim, a value that it must hold. */
    requiredClaims: z.record(z.string().min(1), claimValueSchema).default({}),
    /** The claim that tells operators apart. */
    operatorClaim: z.string().min(1).default('sub'),
    /** Ports on 127.0.0.1 that the redirect may use, in this order; empty: any free one. */
    redirectPorts: z.array(z.int().min(1024).max(65_535)).max(20).default([]),
    /** Seconds that clocks may differ. */
    clockToleranceSeconds: z.int().min(0).max(300).default(30),
    /** Seconds a person has in the browser. */
    signInSeconds: z.int().min(10).max(3_600).default(300),
  }),
);
export type OidcPolicy = z.output<typeof oidcPolicySchema>;

export const policySchema = z.lazy(() =>
  z.strictObject({
    /**
     * Hosts that may be connected to, for all purposes. Null: those named by the chosen network profile, the OpenID
     * issuer's own, each remote signer's own, and the participant directory's own.
     */
    allowedHosts: z.array(z.string().min(1)).nullable().default(null),
    /** Plain http to a host that is not this machine. */
    allowPlainHttp: z.boolean().default(false),
    /** A replacement wallet made and kept by the desk. */
    generatedReplacement: z.boolean().default(true),
    /** One operator may take both halves of a generated wallet, keystore and passphrase, to the holder. */
    handOverByOne: z.boolean().default(false),
    /** A recorded call-back in place of a proof of control. */
    replacementByCallBack: z.boolean().default(false),
    /** Hours a holder has to answer a challenge. */
    challengeHours: z.int().min(1).max(720).default(72),
    /** Whoever executed a recovery may issue claims on its replacement identity, where they hold a claim issuer's key. */
    claimsByExecutor: z.boolean().default(false),
    /** Shortest passphrase that may be set for a generated wallet, an operator or an exported key, in characters. */
    minPassphraseLength: z.int().min(8).max(256).default(12),
    /** Addresses that may never become a replacement: approvers, treasury, other desks. */
    reservedAddresses: z.array(addressSchema).max(10_000).default([]),
    /** Confirmations where the profile names no finality. */
    confirmations: z.int().min(1).max(10_000).default(12),
    /** The plan's highest cost as a multiple of the estimate, in percent. */
    costMarginPercent: z.int().min(100).max(10_000).default(300),
    /** A cost in wei that no plan may go past; null for none. */
    highestCostWei: amountSchema.nullable().default(null),
    /** Transactions of one sender under way at a time. */
    pendingWindow: z.int().min(1).max(64).default(16),
    /** Blocks without being mined before a fee bump. */
    bumpAfterBlocks: z.int().min(1).max(1_000).default(5),
    /** Fee bumps for one step. */
    maxBumps: z.int().min(0).max(20).default(5),
    /** Milliseconds an endpoint has for one answer. */
    requestTimeoutMs: z.int().min(100).max(600_000).default(15_000),
    /** Repeats of a read that failed. */
    readRetries: z.int().min(0).max(10).default(3),
    /** Seconds a running recovery bears an unreachable network before it stops, resumable. */
    networkPatienceSeconds: z.int().min(1).max(86_400).default(120),
    /** Seconds a running recovery waits for a block with its transaction before it stops, resumable. */
    miningPatienceSeconds: z.int().min(1).max(86_400).default(600),
    /** How operators may sign in. */
    signIn: z
      .array(z.enum(['passphrase', 'oidc']))
      .min(1)
      .default(['passphrase']),
    /** The OpenID provider of `signIn` `oidc`. */
    oidc: oidcPolicySchema.nullable().default(null),
    /** Whoever signs in by passphrase must have a one-time code, too. */
    requireTotp: z.boolean().default(false),
    /** Keys that open with the passphrase alone, where there is no keychain. */
    allowVaultWithoutKeychain: z.boolean().default(false),
    /**
     * Milliseconds the operating system's keychain has for one answer. It may ask the person for its own password before
     * it gives one, and whether it does or hangs cannot be told: so this is time for a person to see that and to type.
     */
    keychainTimeoutMs: z.int().min(500).max(600_000).default(90_000),
    /** Milliseconds a remote signer, or a person at a hardware signer, has for one signature. */
    signerTimeoutMs: z.int().min(500).max(600_000).default(120_000),
    /** Seconds without a hand on the desk after which it hides. */
    idleLockSeconds: z.int().min(10).max(86_400).default(300),
    /** Seconds after hiding during which the confirmed plan may still be signed. */
    signerWhileIdleSeconds: z.int().min(0).max(86_400).default(3_600),
  }),
);

export type Policy = z.output<typeof policySchema>;
