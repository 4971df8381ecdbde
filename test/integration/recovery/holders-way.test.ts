import { describe, expect, it } from 'vitest';
import { practiceAddress } from '../../../electron/practice/practice-keys.ts';
import type { SeededPerson } from '../../../electron/practice/practice-seed.ts';
import type { RecoveryResult } from '../../../shared/outcome.ts';
import { errorOf, previewArgs, previewOf } from '../../support/command-line.ts';
import { deskScene } from '../../support/desk-scene.ts';
import { HOLDERS_TOKEN, holdersToken, holdersWay, planIn, planned } from '../../support/holders-way.ts';
import type { HoldersWay } from '../../support/holders-way.ts';
import { readJournalFile } from '../../support/journal-file.ts';
import { openPracticeDesk } from '../../support/practice-desk.ts';
import { resultOf, resumeArgs } from '../../support/recovery-runs.ts';
import { terminal } from '../../support/terminal.ts';
import type { TerminalOptions } from '../../support/terminal.ts';

describe("a token that goes the holder's way", () => {
  const scene = deskScene();
  const maren = (): SeededPerson => scene.desk.person('maren-holt');
  const seen = (): Promise<HoldersWay> => holdersWay(scene.desk, maren(), scene.data, scene.before);
  const amount = (): bigint =>
    BigInt(maren().holdings.find(({ token }) => token === holdersToken(scene.desk))?.amount ?? '0');
  const failure = (result: RecoveryResult) =>
    result.tokens.failures.find(({ symbol }) => symbol === HOLDERS_TOKEN);

  async function recover(more: readonly string[], options: TerminalOptions = {}) {
    const passphrase = scene.desk.passphraseFile();
    const args = ['--replacement-passphrase-file', passphrase, ...more];
    const run = await terminal(scene.desk.recoverArgs(maren(), scene.data, ...args), options);
    return { run, passphrase };
  }

  /** Interrupted between the funding and the link. */
  async function interrupted(): Promise<string> {
    const stop = new AbortController();
    const { run, passphrase } = await recover(['--holders-way'], {
      signal: stop.signal,
      checkpoint: (name) => {
        if (name === 'ended:create_wallet') stop.abort();
      },
    });
    expect(resultOf(run).status).toBe('stopped');
    return passphrase;
  }

  it('is recovered by the replacement itself, which is given what its gas takes', async () => {
    const { run } = await recover(['--holders-way']);

    const result = resultOf(run);
    const { replacement, given, left, recoveredBy, ...balances } = await seen();
    expect(failure(result)).toBeUndefined();
    expect(result.tokens).toMatchObject({ total: 12, recovered: 10, failed: 2, holdersWay: [HOLDERS_TOKEN] });
    expect(recoveredBy).toEqual([{ sender: replacement, amount: amount() }]);
    expect(balances).toEqual({ onLost: 0n, onReplacement: amount() });
    expect(given).toEqual(planned(planIn(scene.data)));
    expect(given).toHaveLength(1);
    expect(left).toBeGreaterThan(0n);
    expect(result.phases.find(({ name }) => name === 'verify')?.status).toBe('done');
    expect(result.followUps.find(({ code }) => code === 'COIN_GIVEN')?.message).toContain(`${given[0]} wei`);
    expect(run.stderr).toContain(`Holder's way      ${HOLDERS_TOKEN}`);
    // What the replacement pays is paid from what it was given, which the bound counts once.
    const { transactions } = readJournalFile(scene.data);
    const byOperator = transactions.filter(({ signer }) => signer === practiceAddress('operator'));
    const caps = byOperator.reduce((sum, { costCap }) => sum + BigInt(costCap), 0n);
    expect(caps).toBeLessThanOrEqual(BigInt(planIn(scene.data).highestCost));
    const own = transactions.filter(({ signer }) => signer === replacement);
    const paid = own.reduce((sum, row) => sum + BigInt(row.costPaid ?? '0'), 0n);
    expect(own).toHaveLength(1);
    expect(paid + left).toBe(given[0]);
  });

  it('is shown in the preview as such, tried out from a wallet that is not made yet', async () => {
    const wallet = maren().lostWallet ?? '';
    const args = previewArgs(scene.desk, scene.data, '--wallet', wallet, '--holders-way');

    const { preview } = previewOf(await terminal(args));

    expect(preview.tokens.find(({ symbol }) => symbol === HOLDERS_TOKEN)).toMatchObject({
      custodianRight: false,
      way: 'holder',
      predicted: { outcome: 'recovers', by: 'simulation' },
    });
    expect(preview.tokens.filter(({ way }) => way === 'holder')).toHaveLength(1);
    expect(preview.warnings.find(({ code }) => code === 'HOLDERS_WAY')?.message).toContain(HOLDERS_TOKEN);
    expect(preview.cost.steps?.some(({ role }) => role === 'fund')).toBe(true);
  });

  it('fails as before where that way was not chosen', async () => {
    const { run } = await recover([]);

    expect(failure(resultOf(run))?.reason).toBe('CUSTODIAN_PERMISSION_MISSING');
    expect(resultOf(run).tokens.holdersWay).toBeUndefined();
    expect(await seen()).toMatchObject({ given: [], recoveredBy: [], onLost: amount() });
  });

  it('does not go it to a wallet that the holder gave', async () => {
    const { replacement, proof } = await scene.desk.proofBy('replacement', maren(), scene.data);
    const given = ['--replacement', replacement, '--proof', proof, '--holders-way'];

    const run = await terminal(scene.desk.recoverArgs(maren(), scene.data, ...given));

    expect(run.stderr).toContain('HOLDERS_WAY_UNUSED');
    expect(failure(resultOf(run))?.reason).toBe('CUSTODIAN_PERMISSION_MISSING');
    expect(planIn(scene.data).steps.every(({ right, role }) => right !== 'holder' && role !== 'fund')).toBe(
      true,
    );
  });

  it('waits for nothing and holds up nothing where the passphrase is not there, and is retried with it', async () => {
    const passphrase = await interrupted();

    const without = resultOf(await terminal(resumeArgs(scene.desk, scene.data, null)));

    expect(without.status).toBe('completed_with_token_failures');
    expect(without.tokens).toMatchObject({ recovered: 9, failed: 3 });
    expect(failure(without)?.reason).toBe('REPLACEMENT_CANNOT_SEND');
    expect(failure(without)?.remedy).toContain('with the passphrase of that wallet');
    expect(await seen()).toMatchObject({ recoveredBy: [], onLost: amount() });

    const retried = resultOf(await terminal(resumeArgs(scene.desk, scene.data, passphrase)));

    expect(failure(retried)).toBeUndefined();
    expect(retried.tokens).toMatchObject({ recovered: 10, failed: 2 });
    const { replacement, given, recoveredBy } = await seen();
    expect(given).toEqual(planned(planIn(scene.data)));
    expect(recoveredBy).toEqual([{ sender: replacement, amount: amount() }]);
  });

  it('is not begun again by another passphrase than its wallet has', async () => {
    await interrupted();

    const run = await terminal(resumeArgs(scene.desk, scene.data, scene.desk.passphraseFile()));

    expect(errorOf(run).code).toBe('PASSPHRASE_WRONG');
    expect(await seen()).toMatchObject({ recoveredBy: [], onLost: amount() });
  });

  it('fails alone where what the replacement was given is not there any more', async () => {
    const passphrase = await interrupted();
    const { replacement } = await seen();
    await scene.desk.provider.send('anvil_setBalance', [replacement, '0x1']);

    const poor = resultOf(await terminal(resumeArgs(scene.desk, scene.data, passphrase)));

    expect(poor.tokens).toMatchObject({ recovered: 9, failed: 3 });
    expect(failure(poor)).toMatchObject({ reason: 'REPLACEMENT_CANNOT_SEND' });
    expect(failure(poor)?.remedy).toMatch(new RegExp(`^Send at least [0-9]+ wei to ${replacement}`, 'u'));

    await scene.desk.provider.send('anvil_setBalance', [replacement, '0xde0b6b3a7640000']);
    const retried = resultOf(await terminal(resumeArgs(scene.desk, scene.data, passphrase)));

    expect(failure(retried)).toBeUndefined();
    const { given, recoveredBy } = await seen();
    expect(given).toEqual(planned(planIn(scene.data)));
    expect(recoveredBy).toHaveLength(1);
  });
});

describe('where gas has no price', () => {
  it('the replacement needs no coin to recover a token itself', async () => {
    const desk = await openPracticeDesk({ fees: 'zero' });
    try {
      const maren = desk.person('maren-holt');
      const data = desk.freshData();
      const before = await desk.provider.getBlockNumber();

      const result = resultOf(await terminal(desk.recoverArgs(maren, data, '--holders-way')));

      const { replacement, given, recoveredBy, onLost } = await holdersWay(desk, maren, data, before);
      expect(result.tokens).toMatchObject({ recovered: 10, failed: 2, holdersWay: [HOLDERS_TOKEN] });
      expect(planIn(data).steps.some(({ role }) => role === 'fund')).toBe(false);
      expect(given).toEqual([]);
      expect(recoveredBy).toEqual([{ sender: replacement, amount: expect.any(BigInt) }]);
      expect(onLost).toBe(0n);
      expect(result.followUps.map(({ code }) => code)).not.toContain('COIN_GIVEN');
    } finally {
      await desk.close();
    }
  });
});
