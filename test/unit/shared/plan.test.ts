import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toAddress } from '../../../shared/address.ts';
import { confirmationText, confirms, planDigest, planSchema } from '../../../shared/plan.ts';
import type { Plan } from '../../../shared/plan.ts';
import { alteredIn, leavesOf } from '../../support/json-paths.ts';
import { address, samplePlan, sampleStep } from '../store/records.ts';

const step = sampleStep();
const plan: Plan = { ...samplePlan(), evidence: ['ab'.repeat(32)], holdReference: 'H-1', steps: [step] };

describe('the plan digest', () => {
  it('changes with every single field of the plan', () => {
    const digest = planDigest(plan);
    for (const path of leavesOf(plan)) {
      expect(planDigest(alteredIn(plan, path) as Plan), path.join('.')).not.toBe(digest);
    }
  });

  it('changes with the order of the steps', () => {
    const other = { ...step, name: `freeze:${address(1)}:${address(0x70)}` };

    expect(planDigest({ ...plan, steps: [step, other] })).not.toBe(
      planDigest({ ...plan, steps: [other, step] }),
    );
  });

  it('is that of the plan as it is stored and read back', () => {
    expect(planDigest(planSchema.parse(JSON.parse(JSON.stringify(plan))))).toBe(planDigest(plan));
  });
});

describe('the confirmation text', () => {
  const lostWallet = toAddress('0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed');

  it('names the end of the lost wallet', () => {
    expect(confirmationText({ lostWallet })).toBe('RECOVER 1BEAED');
  });

  it.each(['RECOVER 1BEAED', 'recover 1beaed', '  RECOVER   1BEAED\n', 'Recover 1BeAed'])(
    'is taken as %j',
    (typed) => {
      expect(confirms({ lostWallet }, typed)).toBe(true);
    },
  );

  it.each(['', 'RECOVER', '1BEAED', 'RECOVER 1BEAE', 'RECOVER1BEAED', 'yes', 'RECOVER 1BEAED x'])(
    'is not taken as %j',
    (typed) => {
      expect(confirms({ lostWallet }, typed)).toBe(false);
    },
  );

  it('of one wallet does not confirm another', () => {
    const wallet = fc.stringMatching(/^[0-9a-f]{40}$/).map((digits) => toAddress(`0x${digits}`));
    fc.assert(
      fc.property(wallet, wallet, (one, other) => {
        fc.pre(one.slice(-6).toLowerCase() !== other.slice(-6).toLowerCase());
        expect(confirms({ lostWallet: one }, confirmationText({ lostWallet: other }))).toBe(false);
      }),
    );
  });
});
