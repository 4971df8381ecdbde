/** Who froze the replacement last: the chain keeps the flag alone, and the logs say which transaction set it (CHAIN A). */
import type { Address } from '../../../shared/address.ts';
import type { Hex } from '../../../shared/values.ts';
import type { LogEntry } from '../../chain/types.ts';
import type { ChainView, StandingLink } from '../recovery-protocol.ts';
import { addressTopic, eventTopic } from './abi.ts';

/** Whose a freeze is. `unknown`: no log shows that anybody set it. */
export type FreezeSetter = 'ours' | 'others' | 'unknown';

export interface FreezeLogs {
  /** Freezes set and lifted on the lost wallet and the replacement, in the order in which it happened. */
  readonly set: readonly LogEntry[];
  /** Recoveries of tokens of the lost wallet, by whomever. */
  readonly recovered: readonly LogEntry[];
}

/** Of all tokens: nothing is asked for one alone, so that what was scanned before serves for the next. */
export async function freezeLogs(view: ChainView, link: StandingLink): Promise<FreezeLogs> {
  const of = (wallet: Address): Promise<readonly LogEntry[]> =>
    view.scan(`frozen:${wallet}`, { topics: [eventTopic('AddressFrozen'), null, addressTopic(wallet)] });
  const [lost, replacement, recovered] = await Promise.all([
    of(link.lost),
    of(link.replacement),
    view.scan(`recovered:${link.lost}`, {
      topics: [eventTopic('TokensRecovered'), null, addressTopic(link.lost)],
    }),
  ]);
  const set = [...lost, ...replacement].toSorted(
    (a, b) => a.blockNumber - b.blockNumber || a.logIndex - b.logIndex,
  );
  return { set, recovered };
}

/** `isFrozen` as a topic. */
const LIFTED: Hex = `0x${'0'.repeat(64)}`;

/**
 * Follows the freeze of one token. Ours is what a transaction of this recovery set where none stood, and what a recovery
 * of the token carried on from there. Whoever sets it once more makes it theirs, though the flag stays the same.
 */
export function replacementFrozenBy(token: Address, link: StandingLink, logs: FreezeLogs): FreezeSetter {
  const carrying = new Set(
    logs.recovered
      .filter((log) => log.address === token && log.topics[3] === addressTopic(link.replacement))
      .map((log) => log.transactionHash),
  );
  const lost = addressTopic(link.lost);
  let onLost: FreezeSetter = 'unknown';
  let onReplacement: FreezeSetter = 'unknown';
  const setBy = (log: LogEntry, standing: FreezeSetter): FreezeSetter =>
    link.ours.has(log.transactionHash) && standing !== 'others' ? 'ours' : 'others';

  for (const log of logs.set) {
    if (log.address !== token) continue;
    const lifted = log.topics[3] === LIFTED;
    if (log.topics[2] === lost) {
      onLost = lifted ? 'unknown' : setBy(log, onLost);
    } else if (lifted) {
      onReplacement = 'unknown';
    } else if (carrying.has(log.transactionHash) && onLost !== 'unknown') {
      // A freeze that stood on the replacement before is there still, beneath the one that came along.
      onReplacement = onReplacement === 'others' ? 'others' : onLost;
      // Carried once: whatever the same transaction sets after it is a decision of its own.
      carrying.delete(log.transactionHash);
    } else {
      onReplacement = setBy(log, onReplacement);
    }
  }
  return onReplacement;
}
