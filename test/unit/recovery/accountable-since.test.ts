import { describe, expect, it, vi } from 'vitest';
import { accountableSince } from '../../../electron/recovery/accountable-since.ts';
import type { ChainView, RecoverySystem } from '../../../electron/protocols/recovery-protocol.ts';
import { address, samplePlan, samplePreview } from '../store/records.ts';

/** Nothing reads by it: the system's answer is given. */
const VIEW = {} as ChainView;
const preview = samplePreview();
const AT = preview.block.number;

function since(adopts: boolean, linkedAt: number | null) {
  const system = { linkedAt: vi.fn<RecoverySystem['linkedAt']>(() => Promise.resolve(linkedAt)) };
  const plan = { ...samplePlan(), adopts, lostWallet: address(1) };
  return { system, plan, answer: accountableSince(system, VIEW, plan, preview) };
}

describe('what happened to the lost wallet counts', () => {
  it('from the preview on, where the recovery makes the link itself', async () => {
    const { answer, system } = since(false, AT - 5);
    expect(await answer).toBe(AT);
    expect(system.linkedAt).not.toHaveBeenCalled();
  });

  it('from the link on, where the recovery adopts it', async () => {
    const { answer, system, plan } = since(true, AT - 5);
    expect(await answer).toBe(AT - 5);
    expect(system.linkedAt).toHaveBeenCalledWith(VIEW, plan.lostWallet, plan.replacement.address);
  });

  it('from the preview on, where no log tells of the link: of what left before nobody is accused', async () => {
    expect(await since(true, null).answer).toBe(AT);
  });

  it('from the preview on, where the link was made once more after it', async () => {
    expect(await since(true, AT + 5).answer).toBe(AT);
  });
});
