/** A contract that holds rights on the practice network and whose transactions a script sends: a Safe, as its chain sees it. */
import { toQuantity } from 'ethers';
import type { Address } from '../../shared/address.ts';
import type { PlanStep } from '../../shared/plan.ts';
import type { ExternalSigner, HandedOutBatch } from '../../electron/recovery/signers.ts';
import type { PracticeActs } from './practice-acts.ts';
import type { PracticeDesk } from './practice-desk.ts';

export const IDENTITY_MANAGER_ROLE = '0x6f4ec491520a619d027305ac474684693a3aa2bc30b42428035171ecb53bb4ad';
const CUSTODIAN_ROLE = '0xe28434228950b641dbbc0178de89daa359a87c6ee0d8399aeace52a98fe902b9';
const GAS = toQuantity(2_000_000n);

export interface Safe extends ExternalSigner {
  /** Every batch that was handed out for it, in order. */
  readonly batches: readonly HandedOutBatch[];
  /** What it does as soon as something is handed out; at first nothing. */
  answer(how: (batch: HandedOutBatch) => Promise<unknown>): void;
  /** Carries calls out in their order, in one block. @returns whether each went through. */
  carryOut(steps: readonly Pick<PlanStep, 'call'>[]): Promise<readonly boolean[]>;
}

/** Grants the rights of a custodian on all tokens, and of an identity manager where asked for. */
export async function openSafe(
  { provider, network }: Pick<PracticeDesk, 'provider' | 'network'>,
  acts: PracticeActs,
  rights: 'custodian' | 'custodian and identity manager',
): Promise<Safe> {
  const { contractWallet: address, contracts, tokens } = network.seed;
  for (const { accessManager } of tokens)
    await acts.act('custodian-admin', 'AccessManager', accessManager, 'grantRole', [CUSTODIAN_ROLE, address]);
  if (rights !== 'custodian') {
    const grant = [IDENTITY_MANAGER_ROLE, address];
    await acts.act('platform-admin', 'AccessManager', contracts.accessManager, 'grantRole', grant);
  }
  const batches: HandedOutBatch[] = [];
  let how: (batch: HandedOutBatch) => Promise<unknown> = () => Promise.resolve();

  async function carryOut(steps: readonly Pick<PlanStep, 'call'>[]): Promise<readonly boolean[]> {
    await provider.send('anvil_setBalance', [address, toQuantity(10n ** 20n)]);
    await provider.send('anvil_impersonateAccount', [address]);
    await provider.send('evm_setAutomine', [false]);
    try {
      const hashes: string[] = [];
      for (const { call } of steps)
        hashes.push(await provider.send('eth_sendTransaction', [{ from: address, gas: GAS, ...call }]));
      await provider.send('evm_mine', []);
      const receipts = await Promise.all(hashes.map((hash) => provider.getTransactionReceipt(hash)));
      return receipts.map((receipt) => receipt?.status === 1);
    } finally {
      await provider.send('evm_setAutomine', [true]);
      await provider.send('anvil_setBalance', [address, '0x0']);
      await provider.send('anvil_stopImpersonatingAccount', [address]);
    }
  }

  return {
    address: address satisfies Address,
    batches,
    answer(wanted) {
      how = wanted;
    },
    carryOut,
    async handOut(batch) {
      batches.push(batch);
      await how(batch);
    },
  };
}
