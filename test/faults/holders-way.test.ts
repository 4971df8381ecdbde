import { describe, expect, it } from 'vitest';
import { practiceAddress } from '../../electron/practice/practice-keys.ts';
import type { RecoveryResult } from '../../shared/outcome.ts';
import { faultyDesk } from '../support/desk-process.ts';
import { faultScene } from '../support/fault-scene.ts';
import { HOLDERS_TOKEN, holdersWay, identityCost, planIn, planned } from '../support/holders-way.ts';
import { isLook } from '../support/hostile-node.ts';
import { readJournalFile } from '../support/journal-file.ts';
import type { ProxyAnswer } from '../support/node-proxy.ts';
import { replacementIn, resultOf, resumeArgs } from '../support/recovery-runs.ts';
import { terminal } from '../support/terminal.ts';

/** Identity and funding go out together, then the link, then the operator's tokens and the replacement's own. */
const MOMENTS: readonly (readonly [string, number, string])[] = [
  ['intended:create_identity', 1, 'identity and funding are stored unsigned'],
  ['signed:create_identity', 1, 'identity and funding are signed, none is sent'],
  ['broadcast:create_wallet', 1, 'the funding is sent, and that is not written yet'],
  ['mined:create_wallet', 1, 'the funding is recorded as mined'],
  ['final:create_wallet', 1, 'the funding is final, its outcome is not written'],
  ['ended:create_wallet', 1, 'the outcome of the funding is written, no link is made'],
  ['ended:recover_identity', 1, 'the link is made, no token is sent'],
  ['intended:recover_tokens', 2, "the replacement's own step is stored unsigned"],
  ['signed:recover_tokens', 2, "the replacement's own step is signed and not sent"],
  ['sent:recover_tokens', 2, "the replacement's own step is sent"],
];

describe("kill -9 of a recovery with a token that goes the holder's way", () => {
  const scene = faultScene();
  const maren = () => scene.desk.person('maren-holt');

  it.each(MOMENTS)(
    'at %s, time %i: coin is given once and the token recovered once: %s',
    async (at, count) => {
      const passphrase = scene.desk.passphraseFile();
      const more = ['--holders-way', '--replacement-passphrase-file', passphrase];
      const killed = await faultyDesk(
        { signal: 'SIGKILL', at, count },
        scene.desk.recoverArgs(maren(), scene.data, ...more),
      );
      expect(killed.signal).toBe('SIGKILL');

      const run = await terminal(resumeArgs(scene.desk, scene.data, passphrase));

      const { tokens } = resultOf(run);
      expect(tokens, run.stderr).toMatchObject({ recovered: 10, failed: 2 });
      const { given, recoveredBy, replacement, onLost } = await holdersWay(
        scene.desk,
        maren(),
        scene.data,
        scene.before,
      );
      expect(given).toEqual(planned(planIn(scene.data)));
      expect(recoveredBy).toEqual([{ sender: replacement, amount: expect.any(BigInt) }]);
      expect(onLost).toBe(0n);
    },
  );

  it('whose funding a reorg takes back sends it again, and the token after it', async () => {
    const { desk, stage, data } = scene;
    const reorg = async (): Promise<void> => {
      const { transactions } = readJournalFile(data);
      const hash = transactions.find(({ step }) => step.startsWith('fund_wallet:'))?.hash ?? '';
      const receipt = await desk.provider.getTransactionReceipt(hash);
      if (receipt === null) throw new Error('the funding is in no block');
      const depth = (await desk.provider.getBlockNumber()) - receipt.blockNumber + 1;
      await desk.provider.send('anvil_reorg', [depth, []]);
      expect(await desk.provider.getTransactionReceipt(hash)).toBeNull();
      stage.answer(async (request): Promise<ProxyAnswer> => {
        if (isLook(request)) await desk.provider.send('evm_mine', []);
        return 'pass';
      });
    };
    // The second time it is the replacement's own transaction, signed and not sent.
    const checkpoint = stage.when('signed:recover_tokens', reorg, 2);
    const profile = stage.profile({ finality: undefined, confirmations: 8 });

    const run = await terminal(desk.recoverArgs(maren(), data, '--holders-way', '--network', profile), {
      checkpoint,
    });

    expect(resultOf(run).tokens, run.stderr).toMatchObject({ recovered: 10, failed: 2 });
    const { given, recoveredBy } = await holdersWay(desk, maren(), data, scene.before);
    expect(given).toEqual(planned(planIn(data)));
    expect(recoveredBy).toHaveLength(1);
  });

  it('whose funding the operator could not pay for gives coin once, though somebody gives it as well', async () => {
    const { desk, data } = scene;
    const passphrase = desk.passphraseFile();
    const more = ['--holders-way', '--replacement-passphrase-file', passphrase];
    await faultyDesk({ signal: 'SIGKILL', at: 'begun', count: 1 }, desk.recoverArgs(maren(), data, ...more));
    const replacement = replacementIn(data) ?? '';
    const operator = practiceAddress('operator');
    const resume = async () => resultOf(await terminal(resumeArgs(desk, data, passphrase)));
    const failure = (result: RecoveryResult) =>
      result.tokens.failures.find(({ symbol }) => symbol === HOLDERS_TOKEN);
    const setBalance = (address: string, wei: bigint) =>
      desk.provider.send('anvil_setBalance', [address, `0x${wei.toString(16)}`]);
    // Enough for the identity, and not for what the replacement is given beside it.
    const [value = 0n] = planned(planIn(data));
    await setBalance(operator, identityCost(data) + value / 2n);
    expect((await resume()).status).toBe('waiting');
    await setBalance(operator, 10n ** 18n);

    const unfunded = failure(await resume());

    expect(unfunded?.reason).toBe('REPLACEMENT_CANNOT_SEND');
    // What the plan gives is given by the retry: nobody is asked to give it besides.
    expect(unfunded?.remedy).not.toContain(replacement);

    await setBalance(replacement, value);
    const retried = await resume();

    expect(failure(retried)).toBeUndefined();
    const { given, recoveredBy } = await holdersWay(desk, maren(), data, scene.before);
    expect(given).toEqual([]);
    expect(recoveredBy).toHaveLength(1);
  });

  it('whose funding the operator could not pay for is funded by the retry', async () => {
    const { desk, data } = scene;
    const passphrase = desk.passphraseFile();
    const more = ['--holders-way', '--replacement-passphrase-file', passphrase];
    await faultyDesk({ signal: 'SIGKILL', at: 'begun', count: 1 }, desk.recoverArgs(maren(), data, ...more));
    const operator = practiceAddress('operator');
    const [value = 0n] = planned(planIn(data));
    const resume = async () => resultOf(await terminal(resumeArgs(desk, data, passphrase)));
    const setBalance = (wei: bigint) =>
      desk.provider.send('anvil_setBalance', [operator, `0x${wei.toString(16)}`]);
    await setBalance(identityCost(data) + value / 2n);
    await resume();
    await setBalance(10n ** 18n);
    await resume();

    const retried = await resume();

    expect(retried.tokens).toMatchObject({ recovered: 10, failed: 2 });
    const { given, recoveredBy } = await holdersWay(desk, maren(), data, scene.before);
    expect(given).toEqual([value]);
    expect(recoveredBy).toHaveLength(1);
  });
});
