import { describe, expect, it } from 'vitest';
import {
  PASSPHRASE,
  adaDraft,
  codeOf,
  operatorsUnderTest,
  signedIn,
} from '../../support/operators-under-test.ts';
import type { DeskOptions } from '../../support/operators-under-test.ts';
import { DeskError } from '../../../shared/errors.ts';

async function ada(options: DeskOptions = {}) {
  const desk = operatorsUnderTest(options);
  const { operator } = await desk.operators.create(adaDraft());
  return { ...desk, id: operator.id };
}

const locked = () =>
  Promise.reject(
    new DeskError('KEYCHAIN_LOCKED', { message: 'Locked.', remedy: 'Unlock it.', retry: 'safe' }),
  );

describe('removing an operator', () => {
  it('leaves the record for the audit, nothing to open, and the name free', async () => {
    const desk = await ada();
    expect(await desk.operators.remove(desk.id)).toBeNull();
    expect(desk.operators.list()).toEqual([]);
    expect(await codeOf(desk.operators.open(desk.id, PASSPHRASE, null))).toBe('OPERATOR_UNKNOWN');
    expect(desk.repository.get(desk.id)).toMatchObject({
      operator: { name: 'Ada', removedAt: expect.any(String) },
      vault: null,
    });
    expect(desk.audited().at(-1)).toEqual({ kind: 'operator_removed', operatorId: desk.id });
    await desk.operators.create(adaDraft());
  });

  it('is refused while a recovery that the operator began has not ended, naming it', async () => {
    const openRecoveries = ['r7'];
    const desk = await ada({ openRecoveries });
    await expect(desk.operators.remove(desk.id)).rejects.toMatchObject({
      code: 'OPERATOR_BUSY',
      message: expect.stringContaining('r7'),
    });
    await signedIn(desk, desk.id);
    openRecoveries.length = 0;
    expect(await desk.operators.remove(desk.id)).toBeNull();
  });

  it('is refused for nobody, and a second time', async () => {
    const desk = await ada();
    await desk.operators.remove(desk.id);
    expect(await codeOf(desk.operators.remove(desk.id))).toBe('OPERATOR_UNKNOWN');
  });

  it('is refused where the record does not read, which stays', async () => {
    const desk = await ada();
    desk.edit(`signIn = '{'`);
    expect(await codeOf(desk.operators.remove(desk.id))).toBe('VAULT_CORRUPT');
    expect(desk.operators.list()).toMatchObject([{ kind: 'damaged', name: 'Ada' }]);
  });

  it('holds where the keychain does not forget, says so, and is made up for at the next start', async () => {
    const first = await ada();
    const desk = first.restarted({ vault: { forget: locked } });
    const left = { operatorId: first.id, error: { code: 'KEYCHAIN_LOCKED' } };
    expect(await desk.operators.remove(first.id)).toMatchObject(left);
    expect(desk.operators.list()).toEqual([]);
    expect(await desk.operators.finishRemovals()).toMatchObject([left]);

    const forgotten: string[] = [];
    const forget = async (id: string) => void forgotten.push(id);
    const later = desk.restarted({ vault: { forget } });
    expect(await later.operators.finishRemovals()).toEqual([]);
    expect(await later.operators.finishRemovals()).toEqual([]);
    expect(forgotten).toEqual([first.id]);
    expect(later.repository.get(first.id)?.vault).toBeNull();
  });

  it('that was cut off after its commit leaves nobody to sign in, and is made up for', async () => {
    const desk = await ada();
    // As a kill does before the keychain is asked.
    desk.repository.remove(desk.id);
    const later = desk.restarted();
    expect(await codeOf(later.operators.open(desk.id, PASSPHRASE, null))).toBe('OPERATOR_UNKNOWN');
    expect(later.repository.get(desk.id)?.vault).not.toBeNull();
    expect(await later.operators.finishRemovals()).toEqual([]);
    expect(later.repository.unforgotten()).toEqual([]);
  });

  it('waits for what the operator is doing', async () => {
    const desk = await ada();
    const [opened] = await Promise.all([
      codeOf(desk.operators.open(desk.id, PASSPHRASE, null)),
      desk.operators.remove(desk.id),
    ]);
    expect(opened).toBe('nothing was thrown');
  });
});
