/** What keeps one signer from going on keeps no other (DESIGN 4.11). */
import type { Address } from '../../shared/address.ts';
import { DeskError } from '../../shared/errors.ts';
import type { ErrorCode } from '../../shared/errors.ts';

const OF_ONE_SIGNER: readonly ErrorCode[] = [
  'OPERATOR_OUT_OF_FUNDS',
  'OPERATOR_KEY_IN_USE_ELSEWHERE',
  'DESK_LOCKED',
  'SIGNER_UNAVAILABLE',
  'SIGNER_TIMEOUT',
  'SIGNER_DECLINED',
  'SIGNER_ANSWER_WRONG',
];

/**
 * Does the work signer by signer, in the order in which they come first; an error that is of one signer alone is thrown
 * when all have had their turn.
 */
export async function eachSigner<T>(
  rows: readonly T[],
  signerOf: (row: T) => Address,
  work: (signer: Address, own: readonly T[]) => Promise<void>,
): Promise<void> {
  const held: DeskError[] = [];
  for (const signer of new Set(rows.map(signerOf))) {
    try {
      await work(
        signer,
        rows.filter((row) => signerOf(row) === signer),
      );
    } catch (thrown) {
      if (!(thrown instanceof DeskError) || !OF_ONE_SIGNER.includes(thrown.code)) throw thrown;
      held.push(thrown);
    }
  }
  if (held[0] !== undefined) throw held[0];
}
