import { describe, expect, it } from 'vitest';
import { operatorTurns } from '../../../electron/operator/turns.ts';

describe('turns', () => {
  it('run one after the other for one operator, also after one that failed', async () => {
    const turns = operatorTurns();
    const seen: string[] = [];
    const { promise: released, resolve: release } = Promise.withResolvers<void>();
    const first = turns.take('O-1', async () => {
      seen.push('first begins');
      await released;
      seen.push('first ends');
      throw new Error('first failed');
    });
    const second = turns.take('O-1', async () => {
      seen.push('second');
      return 2;
    });
    await turns.take('O-2', async () => void seen.push('other'));
    release();
    await expect(first).rejects.toThrow('first failed');
    expect(await second).toBe(2);
    expect(seen).toEqual(['first begins', 'other', 'first ends', 'second']);
  });
});
