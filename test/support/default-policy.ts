import { policySchema } from '../../shared/policy.ts';
import type { Policy } from '../../shared/policy.ts';

/** What holds where nobody laid anything down. */
export const DEFAULT_POLICY: Policy = policySchema.parse({});
