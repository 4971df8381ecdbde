/** What a recovery may cost by what it signed, and what its plan allows. */
import { Transaction } from 'ethers';
import { readRecords } from '../../electron/records.ts';
import type { Plan } from '../../shared/plan.ts';
import type { Preview } from '../../shared/preview.ts';
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

interface Confirmed {
  readonly plan: Plan;
  readonly preview: Preview;
}

/** What was confirmed for the newest recovery of the folder. */
function confirmed(data: string): Confirmed {
  const { recovery } = readJournalFile(data);
  const records = readRecords(data);
  if (records === null) throw new Error('nothing was stored');
  try {
    const row = records.journal.read(recovery.id)?.recovery;
    const plan = row === undefined ? null : records.plans.get(row.planDigest);
    const preview = row === undefined ? null : records.previews.get(row.previewDigest);
    if (plan === null || preview === null) throw new Error('the recovery has no plan');
    return { plan, preview };
  } finally {
    records.close();
  }
}

/** The highest cost that was confirmed for the newest recovery of the folder, in wei. */
export function confirmedCost(data: string): bigint {
  return BigInt(confirmed(data).plan.highestCost);
}

/** What no transaction is signed for yet of the plan that was confirmed, at the prices of its preview, in wei. */
export function restOfPlan(data: string): bigint {
  const { gas, gasPrice } = confirmed(data).preview.cost;
  const signed = new Map(
    readJournalFile(data)
      .transactions.filter(({ raw }) => raw !== null)
      .map(({ nonce, unsigned }) => [nonce, Transaction.from(unsigned).gasLimit]),
  );
  const limits = [...signed.values()].reduce((sum, limit) => sum + limit, 0n);
  return (BigInt(gas) - limits) * BigInt(gasPrice);
}

/** What is left of the confirmed cost, in wei, where no nonce has two transactions: what is final counts as it was paid. */
export function leftOfConfirmed(data: string): bigint {
  const { transactions } = readJournalFile(data);
  const spent = transactions.map(({ state, costCap, costPaid }) =>
    BigInt(state === 'final' ? (costPaid ?? costCap) : costCap),
  );
  return spent.reduce((left, cost) => left - cost, confirmedCost(data));
}
