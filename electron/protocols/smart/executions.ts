/** Finds in the logs by which transaction a SMART step was carried out by its own signer, however that one sends. */
import type { Address } from '../../../shared/address.ts';
import { assertNever } from '../../../shared/assert-never.ts';
import type { PlanStep } from '../../../shared/plan.ts';
import type { Hex } from '../../../shared/values.ts';
import type { LogEntry } from '../../chain/types.ts';
import type { ChainView, Execution, StandingLink } from '../recovery-protocol.ts';
import { addressTopic, eventTopic } from './abi.ts';
import type { SmartParts } from './parts.ts';
import { recoveredAmount } from './postconditions.ts';

interface Trace {
  readonly emitter: Address;
  readonly topics: readonly (Hex | null)[];
}

function flag(on: boolean): Hex {
  return `0x${(on ? '1' : '0').padStart(64, '0')}`;
}

/** The event that the step's contract emits for its signer. */
function traceOf(step: PlanStep, parts: SmartParts, { lost, replacement, identity }: StandingLink): Trace {
  const sender = addressTopic(step.signer);
  const [from, to] = [addressTopic(lost), addressTopic(replacement)];
  switch (step.role) {
    case 'prepare':
      // Whoever makes a smart account, it is the same: no event of the factory says who asked.
      if (step.call.to !== parts.identityFactory) return { emitter: step.call.to, topics: [] };
      return { emitter: parts.identityFactory, topics: [eventTopic('IdentityCreated'), sender, null, to] };
    case 'move':
      return {
        emitter: parts.identityRegistry,
        topics: [eventTopic('IdentityUpdated'), sender, null, addressTopic(identity)],
      };
    case 'relink':
      return { emitter: parts.identityRegistry, topics: [eventTopic('IdentityRecovered'), sender, from, to] };
    case 'token':
      return { emitter: step.call.to, topics: [eventTopic('TokensRecovered'), sender, from, to] };
    case 'contain':
      return { emitter: step.call.to, topics: [eventTopic('AddressFrozen'), sender, from, flag(true)] };
    case 'release':
      return { emitter: step.call.to, topics: [eventTopic('AddressFrozen'), sender, to, flag(false)] };
    case 'claim':
      return { emitter: step.wallet, topics: [eventTopic('ClaimAdded')] };
    case 'fund':
      // A plain transfer leaves no log: none is handed out, and none is told by one.
      return { emitter: step.call.to, topics: [] };
    default:
      return assertNever(step.role);
  }
}

/** One a step, in order, at the view's block; null where no event of its contract and signer tells of it. */
export async function smartExecutions(
  view: ChainView,
  parts: SmartParts,
  steps: readonly PlanStep[],
  link: StandingLink,
): Promise<readonly (Execution | null)[]> {
  const traces = steps.map((step) => ({ step, ...traceOf(step, parts, link) }));
  const asked = new Map(traces.map(({ topics }) => [topics.join(), topics]));
  const found = new Map<string, readonly LogEntry[]>();
  for (const [name, topics] of asked)
    found.set(name, topics.length === 0 ? [] : await view.scan(`executed:${name}`, { topics }));
  return traces.map(({ step, emitter, topics }) => {
    const entry = found
      .get(topics.join())
      ?.findLast((log) => log.address === emitter && log.blockNumber >= link.since);
    if (entry === undefined) return null;
    return {
      transaction: entry.transactionHash,
      block: entry.blockNumber,
      amount: recoveredAmount(step, [entry]),
    };
  });
}
