import { id } from 'ethers';
import { describe, expect, it } from 'vitest';
import { PRACTICE_ROLES, practiceAddress } from '../../electron/practice/practice-keys.ts';
import { countEffects } from '../support/effects.ts';
import type { Effects } from '../support/effects.ts';
import { faultScene } from '../support/fault-scene.ts';
import { readJournalFile } from '../support/journal-file.ts';
import { replacementIn } from '../support/recovery-runs.ts';
import { recoverWith, resumed, steal } from '../support/token-runs.ts';

const scene = faultScene();
const OPERATOR = practiceAddress(PRACTICE_ROLES.operator);
const FORCED_RECOVER = '0x62b9333e';

function effectsOf(personId: string): Promise<Effects> {
  const { desk, data, before } = scene;
  return countEffects(desk, desk.person(personId), replacementIn(data), before);
}

function sentFor(token: string): readonly unknown[] {
  return readJournalFile(scene.data).transactions.filter(
    ({ step }) => step.startsWith('recover_token:') && step.endsWith(token),
  );
}

describe('a token that fails on its own', () => {
  it('is not sent, holds no other, and is the only one that resume takes up again', async () => {
    const { acts } = scene;
    const { address } = acts.token('ALDE');
    const set = (method: string) => acts.act('custodian-admin', 'SecurityToken', address, method, []);

    const result = await recoverWith(scene, 'jonas-weir', 'final:create_identity', () => set('pause'));

    expect(result.status).toBe('completed_with_token_failures');
    expect(result.tokens).toMatchObject({
      total: 2,
      recovered: 1,
      failures: [{ symbol: 'ALDE', reason: 'TOKEN_PAUSED' }],
    });
    expect(sentFor(address)).toEqual([]);
    const sentBefore = readJournalFile(scene.data).transactions.length;
    await set('unpause');

    const again = await resumed(scene);

    expect(again).toMatchObject({ status: 'completed', tokens: { recovered: 2, failed: 0 } });
    expect(readJournalFile(scene.data).transactions).toHaveLength(sentBefore + 1);
    const effects = await effectsOf('jonas-weir');
    expect(effects).toMatchObject({ identityRecovered: 1, failed: 0, repeatedCalls: 0 });
    expect(effects.tokens.filter(({ recovered }) => recovered === 1)).toHaveLength(2);
  });

  it('for a custodian right that was revoked after the preview costs nothing', async () => {
    const { acts } = scene;
    const { address, accessManager } = acts.token('EURQ');
    const custodian = (method: string) =>
      acts.act('custodian-admin', 'AccessManager', accessManager, method, [id('CUSTODIAN_ROLE'), OPERATOR]);

    const result = await recoverWith(scene, 'jonas-weir', 'final:create_identity', () =>
      custodian('revokeRole'),
    );

    expect(result.tokens.failures).toMatchObject([
      { symbol: 'EURQ', reason: 'CUSTODIAN_PERMISSION_MISSING' },
    ]);
    expect(sentFor(address)).toEqual([]);
    await custodian('grantRole');
    expect(await resumed(scene)).toMatchObject({ status: 'completed', tokens: { recovered: 2 } });
  });

  it('because the node breaks on it alone says so, and is recovered once the node is well', async () => {
    const { acts, stage } = scene;
    const { address } = acts.token('ALDE');
    const breakOn = async (): Promise<void> =>
      stage.answer(({ method, params }) => {
        const [call] = (params ?? []) as { to?: string; data?: string; input?: string }[];
        const asked = method === 'eth_call' || method === 'eth_estimateGas';
        const data = call?.data ?? call?.input ?? '';
        const broken =
          asked && call?.to?.toLowerCase() === address.toLowerCase() && data.startsWith(FORCED_RECOVER);
        return broken ? { error: { code: -32_603, message: 'internal error' } } : 'pass';
      });

    const result = await recoverWith(scene, 'jonas-weir', 'final:create_identity', breakOn);

    expect(result.tokens).toMatchObject({
      recovered: 1,
      failures: [{ symbol: 'ALDE', reason: 'RPC_ERROR' }],
    });
    expect(sentFor(address)).toEqual([]);
    expect(await resumed(scene)).toMatchObject({ status: 'completed', tokens: { recovered: 2 } });
  });
});

describe('somebody else who recovers', () => {
  it.each(['final:recover_identity', 'judged:recover_tokens', 'signed:recover_tokens'])(
    'a token to our replacement (%s) did it for us: counted as done, with no second effect',
    async (moment) => {
      const { acts, desk, data } = scene;
      const { lostWallet } = desk.person('jonas-weir');
      const recoverAlde = (): Promise<void> =>
        acts.act('custodian-admin', 'SecurityToken', acts.token('ALDE').address, 'forcedRecoverTokens', [
          lostWallet,
          replacementIn(data),
        ]);

      const result = await recoverWith(scene, 'jonas-weir', moment, recoverAlde);

      expect(result).toMatchObject({ status: 'completed', tokens: { recovered: 2, failed: 0 } });
      const { tokens } = await effectsOf('jonas-weir');
      expect(tokens.filter(({ recovered }) => recovered > 0).map(({ recovered }) => recovered)).toEqual([
        1, 1,
      ]);
    },
  );

  it.each([
    ['at once', [10n]],
    ['in parts', [4n, 6n]],
  ])(
    'a token by forcing the whole balance to our replacement %s did it for us too, and is no thief',
    async (_how, amounts) => {
      const { acts, desk, data } = scene;
      const { address } = acts.token('ALDE');
      const { lostWallet } = desk.person('jonas-weir');
      const force = async (): Promise<void> => {
        for (const amount of amounts) {
          const args = [lostWallet, replacementIn(data), amount];
          await acts.act('custodian-admin', 'SecurityToken', address, 'forcedTransfer', args);
        }
      };

      const result = await recoverWith(scene, 'jonas-weir', 'final:recover_identity', force);

      expect(result).toMatchObject({ status: 'completed', tokens: { recovered: 2, failed: 0 } });
      expect(result.followUps.map(({ code }) => code)).not.toContain('LOST_WALLET_ACTIVE');
      expect(sentFor(address)).toEqual([]);
    },
  );

  it('by forcing a part of the balance to our replacement is no thief either: we recover the rest', async () => {
    const { acts, desk, data } = scene;
    const { address } = acts.token('ALDE');
    const force = (): Promise<void> => {
      const args = [desk.person('jonas-weir').lostWallet, replacementIn(data), 4n];
      return acts.act('custodian-admin', 'SecurityToken', address, 'forcedTransfer', args);
    };

    const result = await recoverWith(scene, 'jonas-weir', 'final:recover_identity', force);

    expect(result).toMatchObject({ status: 'completed', tokens: { recovered: 2, failed: 0 } });
    expect(result.followUps.map(({ code }) => code)).not.toContain('LOST_WALLET_ACTIVE');
    expect(sentFor(address)).toHaveLength(1);
  });

  it('what a thief left of a token did that for us, and the theft is told', async () => {
    const { acts, desk, data } = scene;
    const { lostWallet } = desk.person('jonas-weir');
    const stealPart = async (): Promise<void> => {
      await steal(scene, 'jonas-weir', 'ALDE', 4n);
      const args = [lostWallet, replacementIn(data)];
      await acts.act(
        'custodian-admin',
        'SecurityToken',
        acts.token('ALDE').address,
        'forcedRecoverTokens',
        args,
      );
    };

    const result = await recoverWith(scene, 'jonas-weir', 'judged:recover_tokens', stealPart);

    expect(result).toMatchObject({ status: 'completed', tokens: { recovered: 2, failed: 0 } });
    const told = result.followUps.find(({ code }) => code === 'LOST_WALLET_ACTIVE')?.message;
    expect(told).toContain('ALDE');
    expect(told).not.toContain('EURQ');
  });
});

describe('a payment into the lost wallet after its token was recovered', () => {
  it('is told, and fails nothing', async () => {
    const { acts, desk, data } = scene;
    const pay = (): Promise<void> => {
      const paid = [replacementIn(data), desk.person('jonas-weir').lostWallet, 4n];
      return acts.act('custodian-admin', 'SecurityToken', acts.token('EURQ').address, 'forcedTransfer', paid);
    };

    const { status, followUps } = await recoverWith(scene, 'jonas-weir', 'final:recover_tokens', pay);

    expect(status).toBe('completed');
    const told = followUps.find(({ code }) => code === 'LOST_WALLET_HOLDS_AGAIN')?.message;
    expect(told).toContain('paid EURQ into the lost wallet');
  });
});
