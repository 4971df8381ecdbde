/** The network profile file: which chain, through which endpoints, with which contract family. */
import { z } from 'zod';
import { addressSchema } from './address-schema.ts';
import { endpointUrlSchema } from './endpoint-url.ts';

const HEADER_NAME = /^[A-Za-z0-9!#$%&'*+.^_`|~-]+$/;

/** How an endpoint wants to be authenticated. Secrets are named by file, never written into the profile. */
const authSchema = z.lazy(() =>
  z.discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('header'),
      name: z.string().regex(HEADER_NAME, 'is not an HTTP header name'),
      valueFile: z.string().min(1),
    }),
    z.strictObject({ kind: z.literal('basic'), user: z.string().min(1), passwordFile: z.string().min(1) }),
    z.strictObject({
      kind: z.literal('mtls'),
      certFile: z.string().min(1),
      keyFile: z.string().min(1),
      caFile: z.string().min(1).optional(),
    }),
  ]),
);

export const networkProfileSchema = z.lazy(() =>
  z
    .strictObject({
      name: z.string().min(1).max(80),
      chainId: z.int().positive(),
      rpcUrls: z.array(endpointUrlSchema).min(1).max(8),
      auth: authSchema.optional(),
      protocol: z.enum(['smart', 'erc3643']),
      system: addressSchema.optional(),
      identityRegistry: addressSchema.optional(),
      identityFactory: addressSchema.optional(),
      tokens: z.array(addressSchema).max(10_000).optional(),
      /** A factory of smart accounts, with `createAccount(address owner, uint256 salt)` and `getAddress(address, uint256)` (ERC-4337). */
      walletFactory: addressSchema.optional(),
      /** First block worth scanning: the system's deployment. */
      fromBlock: z.int().nonnegative().optional(),
      /** Blocks on top of a transaction's own before its outcome is written, where no `finality` says otherwise. */
      confirmations: z.int().min(1).max(10_000).optional(),
      finality: z.enum(['instant', 'finalized']).optional(),
      fees: z.enum(['auto', 'eip1559', 'legacy', 'zero']).optional(),
      /** Set by the practice network alone; every view then wears the practice mark. */
      practice: z.boolean().optional(),
    })
    .superRefine((profile, context) => {
      if (profile.protocol === 'smart' && profile.system === undefined) {
        context.addIssue({ code: 'custom', path: ['system'], message: 'is needed for protocol "smart"' });
      }
      if (profile.finality !== undefined && profile.confirmations !== undefined) {
        context.addIssue({
          code: 'custom',
          path: ['confirmations'],
          message: 'and "finality" exclude each other',
        });
      }
    }),
);

export type NetworkProfile = z.output<typeof networkProfileSchema>;
export type ProtocolKind = NetworkProfile['protocol'];
export type FeeKind = NonNullable<NetworkProfile['fees']>;
export type EndpointAuth = z.output<typeof authSchema>;
