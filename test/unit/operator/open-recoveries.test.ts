import { describe, expect, it } from 'vitest';
import { openRecoveriesOf } from '../../../electron/operator/open-recoveries.ts';
import { planRepository } from '../../../electron/store/plan-repository.ts';
import type { Address } from '../../../shared/address.ts';
import type { Plan } from '../../../shared/plan.ts';
import { deskUnderTest } from '../store/desk-under-test.ts';
import { OPERATOR, address, sampleRecovery, sampleStep } from '../store/records.ts';

const CUSTODIAN = address(0xc5);
const CONFIRMER = address(0xc6);
const STRANGER = address(0xc7);

/** A desk on which `r1` was begun by the operator, with the tokens' step for the custodian. */
function begun() {
  const { journal, store } = deskUnderTest();
  const plans = planRepository(store);
  const sample = sampleRecovery('r1');
  const plan: Plan = { ...sample.plan, steps: [sampleStep({ signer: CUSTODIAN })] };
  const digest = plans.save(plan);
  journal.begin({ ...sample, plan });
  journal.confirm('r1', CONFIRMER);
  return {
    journal,
    store,
    digest,
    of: (who: Address) => openRecoveriesOf({ journal, plans }, who),
  };
}

describe('recoveries that need an operator', () => {
  it.each([
    ['began them', OPERATOR],
    ['is to sign a step of their plan', CUSTODIAN],
    ['confirmed a part of them', CONFIRMER],
  ])('are those that the operator %s', (_what, who) => {
    expect(begun().of(who)).toEqual(['r1']);
  });

  it('are none for who has nothing to do with them', () => {
    expect(begun().of(STRANGER)).toEqual([]);
  });

  it('are none for anybody once they have ended', () => {
    const { journal, of } = begun();
    journal.setStatus('r1', 'cancelled', null);
    expect([OPERATOR, CUSTODIAN, CONFIRMER].flatMap(of)).toEqual([]);
  });

  it('stay theirs who began or confirmed them where the plan was altered, which nobody will sign', () => {
    const { store, digest, of } = begun();
    store.run(`UPDATE plan SET body = replace(body, 'T-1', 'T-2') WHERE digest = :digest`, { digest });
    expect([OPERATOR, CUSTODIAN, CONFIRMER].map(of)).toEqual([['r1'], [], ['r1']]);
  });
});
