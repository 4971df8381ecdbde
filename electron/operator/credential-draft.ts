/** Where a new operator's key is, or is to be, as it was entered. */
import { credentialSchema } from '../../shared/operator.ts';
import type { Credential } from '../../shared/operator.ts';
import { operatorInvalid } from './operator-refusals.ts';

/** A key that is not on this desk. */
export type Elsewhere = Exclude<Credential, { kind: 'keystore' }>;

export type CredentialDraft =
  /** 32 bytes, which the caller wipes. */
  { readonly kind: 'keystore'; readonly privateKey: Uint8Array } | Elsewhere;

/** @throws DeskError OPERATOR_INVALID */
export function readElsewhere(draft: Elsewhere): Elsewhere {
  const parsed = credentialSchema.safeParse(draft);
  if (parsed.success && parsed.data.kind !== 'keystore') return parsed.data;
  const [issue] = parsed.error?.issues ?? [];
  throw operatorInvalid(
    `where its key is does not read: "${issue?.path.join('.') ?? ''}" ${issue?.message ?? 'is wrong'}`,
    'Correct it, then set up the operator again.',
  );
}
