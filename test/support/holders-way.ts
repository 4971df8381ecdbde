/** What the holder's way did on chain, read by a provider of the test's own. */
import { Contract } from 'ethers';
import type { SeededPerson } from '../../electron/practice/practice-seed.ts';
import type { Address } from '../../shared/address.ts';
import type { Plan } from '../../shared/plan.ts';
import { openRecords } from '../../electron/records.ts';
import type { PracticeDesk } from './practice-desk.ts';
import { replacementIn } from './recovery-runs.ts';
import { readJournalFile } from './journal-file.ts';

const TOKEN = [
  'function balanceOf(address) view returns (uint256)',
  'event TokensRecovered(address indexed sender, address indexed lostWallet, address indexed newWallet, uint256 amount)',
];

/** Held by Maren, and the operator is no custodian of it. */
export const HOLDERS_TOKEN = 'FENN';

export interface HoldersWay {
  readonly replacement: string;
  /** Wei of each transfer to the replacement, in the order of the blocks. */
  readonly given: readonly bigint[];
  /** Wei that the replacement has now. */
  readonly left: bigint;
  /** Who recovered the token from the lost wallet, and how much, each time that somebody did. */
  readonly recoveredBy: readonly { readonly sender: string; readonly amount: bigint }[];
  /** Base units on lost wallet and replacement. */
  readonly onLost: bigint;
  readonly onReplacement: bigint;
}

export function holdersToken({ network: { seed } }: PracticeDesk): Address {
  const token = seed.tokens.find(({ symbol }) => symbol === HOLDERS_TOKEN);
  if (token === undefined) throw new Error(`there is no ${HOLDERS_TOKEN}`);
  return token.address;
}

/** The plan of the newest recovery of the folder. */
export function planIn(data: string): Plan {
  const records = openRecords(data);
  try {
    const plan = records.plans.get(readJournalFile(data).recovery.planDigest as `0x${string}`);
    if (plan === null) throw new Error('there is no plan');
    return plan;
  } finally {
    records.close();
  }
}

/** Wei that making the identity was counted with, when the plan was made. */
export function identityCost(data: string): bigint {
  const records = openRecords(data);
  try {
    const [recovery] = records.journal.list();
    const cost = recovery === undefined ? undefined : records.previews.get(recovery.previewDigest)?.cost;
    const gas = cost?.steps?.find(({ role }) => role === 'prepare')?.gas ?? '0';
    return BigInt(gas) * BigInt(cost?.gasPrice ?? '0');
  } finally {
    records.close();
  }
}

/** Wei that the plan gives, of its steps as they stand in it. */
export function planned(plan: Plan): readonly bigint[] {
  return plan.steps.flatMap(({ call }) => (call.value === undefined ? [] : [BigInt(call.value)]));
}

/** @param fromBlock the block before the recovery began. */
export async function holdersWay(
  desk: PracticeDesk,
  person: SeededPerson,
  data: string,
  fromBlock: number,
): Promise<HoldersWay> {
  const { provider } = desk;
  const replacement = replacementIn(data);
  const given: bigint[] = [];
  const head = await provider.getBlockNumber();
  for (let number = fromBlock + 1; number <= head; number += 1) {
    const block = await provider.getBlock(number, true);
    for (const { to, value } of block?.prefetchedTransactions ?? [])
      if (to === replacement && value > 0n) given.push(value);
  }
  const address = holdersToken(desk);
  const token = new Contract(address, TOKEN, provider);
  const logs = await provider.getLogs({
    address,
    fromBlock: fromBlock + 1,
    toBlock: head,
    topics: [token.getEvent('TokensRecovered').fragment.topicHash],
  });
  const balance = (wallet: string | null): Promise<bigint> => token.getFunction('balanceOf')(wallet);
  return {
    replacement,
    given,
    left: await provider.getBalance(replacement),
    recoveredBy: logs.map((log) => {
      const parsed = token.interface.parseLog(log);
      return { sender: String(parsed?.args['sender']), amount: BigInt(parsed?.args['amount']) };
    }),
    onLost: await balance(person.lostWallet),
    onReplacement: await balance(replacement),
  };
}
