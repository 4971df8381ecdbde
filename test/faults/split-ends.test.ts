import { Contract, toQuantity } from 'ethers';
import { describe, expect, it } from 'vitest';
import type { SeededPerson, SeededToken } from '../../electron/practice/practice-seed.ts';
import type { Address } from '../../shared/address.ts';
import { confirmationText } from '../../shared/plan.ts';
import { errorOf } from '../support/command-line.ts';
import { faultyDesk } from '../support/desk-process.ts';
import { faultScene } from '../support/fault-scene.ts';
import { readJournalFile } from '../support/journal-file.ts';
import { replacementIn, resultOf } from '../support/recovery-runs.ts';
import { HANDS, goOnArgs, splitArgs } from '../support/split-desk.ts';
import { terminal } from '../support/terminal.ts';

const scene = faultScene();
const luca = (): SeededPerson => scene.desk.person('luca-ferri');

function lostWallet(): Address {
  const wallet = luca().lostWallet;
  if (wallet === null) throw new Error('he has no wallet');
  return wallet;
}

/** Those that the plan recovers. */
function tokensIn(data: string): readonly SeededToken[] {
  const { steps } = readJournalFile(data);
  return scene.desk.network.seed.tokens.filter(({ address }) =>
    steps.some(({ name }) => name.startsWith('recover_token:') && name.endsWith(`:${address}`)),
  );
}

async function balanceOf(token: Address, wallet: Address): Promise<unknown> {
  const read = ['function balanceOf(address) view returns (uint256)'];
  return new Contract(token, read, scene.desk.provider).getFunction('balanceOf')(wallet);
}

describe('of a recovery by two, where one does not do their part,', () => {
  it('tokens past the bound are retried by the custodian, once who began it has confirmed a higher one', async () => {
    const { desk, data, stage } = scene;
    await terminal(await splitArgs(desk, luca(), data, '--network', stage.profile()));
    const tip = BigInt(String(await desk.provider.send('eth_maxPriorityFeePerGas', [])));
    stage.answer(({ method }) =>
      method === 'eth_maxPriorityFeePerGas' ? { result: toQuantity(tip * 2_000n) } : 'pass',
    );
    const { status, tokens } = resultOf(await terminal(goOnArgs(desk, luca(), data, 'custodian')));
    expect({ status, recovered: tokens.recovered }).toEqual({
      status: 'completed_with_token_failures',
      recovered: 0,
    });
    await stage.calm();
    const asked = /--highest-cost (\d+)/.exec(tokens.failures[0]?.remedy ?? '')?.[1] ?? '';
    const raised = ['--highest-cost', asked, '--confirm', confirmationText({ lostWallet: lostWallet() })];

    const alone = errorOf(await terminal(goOnArgs(desk, luca(), data, 'custodian', ...raised)));
    expect(alone).toMatchObject({ code: 'OPERATOR_DIFFERS' });
    const confirmed = await terminal(goOnArgs(desk, luca(), data, 'identityManager', ...raised));
    expect(resultOf(confirmed).status).toBe('completed_with_token_failures');
    const retried = await terminal(goOnArgs(desk, luca(), data, 'custodian', ...raised));

    expect(resultOf(retried)).toMatchObject({ status: 'completed', tokens: { recovered: 4 } });
  });

  it('a reserved nonce of one who is gone is free again when the recovery completes without them', async () => {
    const { acts, desk, data } = scene;
    await terminal(await splitArgs(desk, luca(), data));
    const moment = { signal: 'SIGKILL', at: 'intended:recover_tokens' } as const;
    expect((await faultyDesk(moment, goOnArgs(desk, luca(), data, 'custodian'))).signal).toBe('SIGKILL');
    for (const { address } of tokensIn(data)) {
      const amount = await balanceOf(address, lostWallet());
      const force = [lostWallet(), replacementIn(data), amount];
      await acts.act('custodian-admin', 'SecurityToken', address, 'forcedTransfer', force);
    }

    const run = await terminal(goOnArgs(desk, luca(), data, 'identityManager'));

    expect(resultOf(run).status).toBe('completed');
    const states = readJournalFile(data).transactions.map(({ state }) => state);
    expect(states).not.toContain('intended');
  });

  it('a custodian who lost the right is waited for no longer than the token refuses them, and may retry', async () => {
    const { acts, desk, data } = scene;
    const eurq = acts.token('EURQ');
    const right = ['0xe28434228950b641dbbc0178de89daa359a87c6ee0d8399aeace52a98fe902b9', HANDS.custodian];
    await terminal(await splitArgs(desk, luca(), data));
    for (const { accessManager } of tokensIn(data))
      await acts.act('custodian-admin', 'AccessManager', accessManager, 'revokeRole', right);

    const gone = resultOf(await terminal(goOnArgs(desk, luca(), data, 'identityManager')));

    expect(gone).toMatchObject({
      status: 'completed_with_token_failures',
      tokens: { recovered: 0, failed: 4 },
    });
    expect(gone.tokens.failures.map(({ reason }) => reason)).toEqual(
      gone.tokens.failures.map(() => 'CUSTODIAN_PERMISSION_MISSING'),
    );
    await acts.act('custodian-admin', 'AccessManager', eurq.accessManager, 'grantRole', right);
    const back = resultOf(await terminal(goOnArgs(desk, luca(), data, 'custodian')));
    expect(back.tokens.recovered).toBe(1);
  });
});
