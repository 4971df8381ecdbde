/** Plans by their digest: what a person confirmed is what is read, or it is refused. */
import { z } from 'zod';
import { canonicalText, digestOf } from '../../shared/canonical.ts';
import { DeskError } from '../../shared/errors.ts';
import { planDigest, planSchema } from '../../shared/plan.ts';
import type { Plan } from '../../shared/plan.ts';
import type { Hex } from '../../shared/values.ts';
import type { Store } from './database.ts';
import { readDigested } from './digested-body.ts';

export interface PlanRepository {
  /** Stores a plan and gives its digest; the same plan again changes nothing. */
  save(plan: Plan): Hex;
  /** @throws DeskError PLAN_ALTERED when the stored text does not match the digest. */
  get(digest: Hex): Plan | null;
}

const namedSchema = z.lazy(() => z.object({ replacement: z.object({ address: z.string() }) }));

/** What an altered plan says now, for who looks for what was changed. */
function standsFor(body: string): string {
  try {
    const value: unknown = JSON.parse(body);
    const named = namedSchema.safeParse(value);
    const wallet = named.success ? named.data.replacement.address : 'none';
    return `as it stands it has the digest ${digestOf(value)} and names the replacement wallet ${wallet}`;
  } catch {
    return 'as it stands it cannot be read';
  }
}

const rowSchema = z.object({ body: z.string() });

export function planRepository(store: Store): PlanRepository {
  return {
    save(plan) {
      const digest = planDigest(plan);
      store.run('INSERT INTO plan (digest, body) VALUES (:digest, :body) ON CONFLICT DO NOTHING', {
        digest,
        body: canonicalText(plan),
      });
      return digest;
    },
    get(digest) {
      const row = store.row(rowSchema, 'SELECT body FROM plan WHERE digest = :digest', { digest });
      if (row === null) return null;
      const plan = planSchema.safeParse(readDigested(row.body, digest));
      if (plan.success) return plan.data;
      throw new DeskError('PLAN_ALTERED', {
        message: `The stored plan ${digest} does not match its digest: ${standsFor(row.body)}. Nothing was done with it.`,
        remedy: 'Do not carry it out. Make a new plan, and find out who changed the database.',
        retry: 'never',
      });
    },
  };
}
