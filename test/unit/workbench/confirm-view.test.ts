import { describe, expect, it } from 'vitest';
import { confirmViewOf } from '../../../electron/workbench/confirm-view.ts';
import { entryViewSchema } from '../../../shared/entry-view.ts';
import { planDigest } from '../../../shared/plan.ts';
import { LOST, samplePreview } from '../../support/fake-desk-data.ts';
import { saidPreview, severalPlan } from '../../support/fake-desk-wallets.ts';
import { samplePlan } from '../store/records.ts';

const preview = saidPreview();
const one = samplePlan({ lostWallet: LOST });
const several = severalPlan(one, preview);

describe('what the entry window shows of a plan', () => {
  it('is every lost wallet with its replacement, and every wallet in use', () => {
    const view = confirmViewOf({ preview, plan: several, digest: planDigest(several) });

    expect(view.further).toEqual(
      several.further?.map(({ lostWallet, replacement }) => ({
        lostWallet,
        replacementWallet: replacement.address,
        before: replacement.control === 'standing',
      })),
    );
    expect(view.further?.map(({ before }) => before)).toEqual([false, true]);
    expect(view.healthy).toEqual(several.healthy?.map(({ wallet, moves }) => ({ wallet, moves })));
    expect(entryViewSchema.safeParse({ ...view, proof: null }).success).toBe(true);
  });

  it('counts the tokens of all wallets, and those expected to fail', () => {
    const view = confirmViewOf({ preview, plan: several, digest: planDigest(several) });

    expect(view).toMatchObject({ tokens: 1 + 5 + 1, expectedToFail: 2 });
  });

  it('says nothing of other wallets where there is one', () => {
    const view = confirmViewOf({ preview: samplePreview(3, false), plan: one, digest: planDigest(one) });

    expect(Object.keys(view)).not.toContain('further');
    expect(Object.keys(view)).not.toContain('healthy');
    expect(view).toMatchObject({ tokens: 1, highestCost: one.highestCost });
  });

  it('names the bound that was raised since', () => {
    const raised = { preview, plan: one, digest: planDigest(one), highestCost: '77' };

    expect(confirmViewOf(raised).highestCost).toBe('77');
  });
});
