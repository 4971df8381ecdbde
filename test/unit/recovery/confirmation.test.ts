import { expect, it } from 'vitest';
import { assertMayGoOn } from '../../../electron/recovery/confirmation.ts';
import type { DeskError } from '../../../shared/errors.ts';
import { confirmationText } from '../../../shared/plan.ts';
import { address, samplePlan, sampleStep } from '../store/records.ts';

const BEGUN_BY = address(0x51);
const CUSTODIAN = address(0x52);
const plan = { ...samplePlan(), steps: [sampleStep({ signer: CUSTODIAN })] };
const recovery = { id: 'R-00000000aa', operator: BEGUN_BY };

function refusal(own: typeof CUSTODIAN, confirmedBy: readonly (typeof CUSTODIAN)[]): DeskError | null {
  try {
    assertMayGoOn({ recovery, confirmedBy }, plan, own);
    return null;
  } catch (thrown) {
    return thrown as DeskError;
  }
}

it('goes on for who began it, and for who signs a part and confirmed it', () => {
  expect(refusal(BEGUN_BY, [])).toBeNull();
  expect(refusal(CUSTODIAN, [CUSTODIAN])).toBeNull();
});

it('does not for somebody without a part', () => {
  expect(refusal(address(0x53), [])).toMatchObject({ code: 'OPERATOR_DIFFERS' });
});

it('says to who has not confirmed a part where and with what that is done', () => {
  const error = refusal(CUSTODIAN, [BEGUN_BY]);

  expect(error).toMatchObject({ code: 'CONFIRMATION_MISSING' });
  expect(error?.remedy).toContain(confirmationText(plan));
  expect(error?.remedy).toContain('resume R-00000000aa');
  expect(error?.remedy).toContain('in the window');
});
