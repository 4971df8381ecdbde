import { describe, expect, it } from 'vitest';
import { confirmViewOf } from '../../../electron/workbench/confirm-view.ts';
import { entryViewSchema } from '../../../shared/entry-view.ts';
import { planDigest } from '../../../shared/plan.ts';
import type { PlanStep } from '../../../shared/plan.ts';
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

  it('names what a new wallet recovers itself, and all the coin that is given for it: a page alone chose that', () => {
    const [token] = one.tokens;
    if (token === undefined) throw new Error('the plan has no token');
    const { address } = one.replacement;
    const fund = (wei: string): PlanStep => ({
      name: `fund_wallet:${address}`,
      phase: 'create_wallet',
      role: 'fund',
      token: null,
      wallet: address,
      right: 'none',
      signer: LOST,
      call: { to: address, data: '0x', value: wei },
    });
    const own: PlanStep = {
      ...fund('0'),
      name: `recover_token:${LOST}:${token.address}`,
      phase: 'recover_tokens',
      role: 'token',
      token: token.address,
      wallet: LOST,
      right: 'holder',
      signer: address,
      call: { to: token.address, data: '0x16114acd' },
    };
    const plan = { ...one, steps: [fund('412'), fund('8000'), own] };

    const view = confirmViewOf({ preview, plan, digest: planDigest(plan) });

    expect(view.holdersWay).toEqual({ tokens: [token.symbol], given: '8412' });
    expect(entryViewSchema.safeParse({ ...view, proof: null }).success).toBe(true);
    const without = confirmViewOf({ preview, plan: one, digest: planDigest(one) });
    expect(Object.keys(without)).not.toContain('holdersWay');
  });

  it('names the bound that was raised since', () => {
    const raised = { preview, plan: one, digest: planDigest(one), highestCost: '77' };

    expect(confirmViewOf(raised).highestCost).toBe('77');
  });
});
