/** What a recovery may cost by what it signed, and what its plan allows. */
import { Transaction } from 'ethers';
import { openRecords } from '../../electron/desk.ts';
import { readJournalFile } from './journal-file.ts';

/** The most that the signed forms of the newest recovery of the folder may cost together, in wei: of one nonce, the dearest. */
export function signedCost(data: string): bigint {
  const perNonce = new Map<number, bigint>();
  for (const { unsigned, raw } of readJournalFile(data).transactions) {
    if (raw === null) continue;
    const { nonce, gasLimit, maxFeePerGas } = Transaction.from(unsigned);
    const cost = gasLimit * (maxFeePerGas ?? 0n);
    const known = perNonce.get(nonce) ?? 0n;
    perNonce.set(nonce, cost > known ? cost : known);
  }
  return [...perNonce.values()].reduce((sum, cost) => sum + cost, 0n);
}

/** The highest cost that was confirmed for the newest recovery of the folder, in wei. */
export function confirmedCost(data: string): bigint {
  const { recovery } = readJournalFile(data);
  const records = openRecords(data);
  try {
    const digest = records.journal.read(recovery.id)?.recovery.planDigest;
    const plan = digest === undefined ? null : records.plans.get(digest);
    if (plan === null) throw new Error('the recovery has no plan');
    return BigInt(plan.highestCost);
  } finally {
    records.close();
  }
}
