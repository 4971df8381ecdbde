/** What a SMART token asks of its holders' claims, and whether a holder has it. */
import { AbiCoder } from 'ethers';
import { toAddress } from '../../../shared/address.ts';
import type { Address } from '../../../shared/address.ts';
import type { PinnedReader } from '../../chain/types.ts';
import type { HolderCheck, TokenNeed, TopicNode } from '../claiming.ts';
import { boolAnswer, call, listAnswer, textAnswer } from './abi.ts';
import type { SmartParts } from './parts.ts';
import { explainSmartRevert } from './reverts.ts';
import { holdings } from './tokens.ts';

/** ExpressionType of the verification module, by number. */
const NODES = ['topic', 'and', 'or', 'not'] as const;
const EXPRESSION = ['tuple(uint8 nodeType, uint256 value)[]'];
/** What the module that asks for claims calls itself. */
const VERIFICATION = /identity verification/i;

interface Module {
  readonly address: Address;
  readonly params: string;
}

function modulesOf(answer: readonly unknown[] | null): readonly Module[] | null {
  return (
    answer?.flatMap((entry) => {
      const [address, params]: readonly unknown[] = Array.isArray(entry) ? entry : [];
      return typeof address === 'string' && typeof params === 'string'
        ? [{ address: toAddress(address), params }]
        : [];
    }) ?? null
  );
}

/** null for bytes that are no expression; each node once more encoded must give the same bytes. */
function expressionOf(params: string): readonly TopicNode[] | null {
  try {
    const coder = AbiCoder.defaultAbiCoder();
    const nodes = (
      coder.decode(EXPRESSION, params)[0] as unknown as readonly (readonly [bigint, bigint])[]
    ).map(([type, value]) => [type, value] as const);
    if (coder.encode(EXPRESSION, [nodes]) !== params.toLowerCase()) return null;
    const read = nodes.map(([type, value]): TopicNode | null => {
      const kind = NODES[Number(type)];
      if (kind === undefined) return null;
      return kind === 'topic' ? { kind, topic: value.toString() } : { kind };
    });
    const known = read.flatMap((node) => node ?? []);
    return known.length === nodes.length ? known : null;
  } catch {
    return null;
  }
}

/** All of several, joined by AND. */
function joined(all: readonly (readonly TopicNode[])[]): readonly TopicNode[] {
  return all
    .filter((nodes) => nodes.length > 0)
    .flatMap((nodes, index): readonly TopicNode[] => (index === 0 ? nodes : [...nodes, { kind: 'and' }]));
}

/** One a token, in order. */
export async function tokenNeeds(
  reader: PinnedReader,
  tokens: readonly Address[],
): Promise<readonly TokenNeed[]> {
  const answers = await reader.calls(tokens.map((token) => call(token, 'complianceModules')));
  const modules = answers.map((answer) => modulesOf(listAnswer('complianceModules', answer)));
  const distinct = [...new Set(modules.flatMap((list) => (list ?? []).map(({ address }) => address)))];
  const named = await reader.calls(distinct.map((address) => call(address, 'name')));
  const names = new Map(distinct.map((address, index) => [address, textAnswer('name', named[index])]));
  return tokens.map((token, index) => {
    const list = modules[index] ?? null;
    // A module that does not say what it is may ask for claims as well: then what the token asks for is not known.
    if (list === null || list.some(({ address }) => (names.get(address) ?? null) === null))
      return { token, expression: null };
    const asking = list.filter(({ address }) => VERIFICATION.test(names.get(address) ?? ''));
    const read = asking.map(({ params }) => expressionOf(params));
    const known = read.flatMap((nodes) => (nodes === null ? [] : [nodes]));
    return { token, expression: known.length === read.length ? joined(known) : null };
  });
}

function encoded(expression: readonly TopicNode[]): readonly (readonly [number, string])[] {
  return expression.map((node) => [NODES.indexOf(node.kind), node.kind === 'topic' ? node.topic : '0']);
}

/** One unit to oneself: whoever may receive and send it may hold and transfer the token. */
const SMALL_AMOUNT = 1n;

/** One a token, in order. */
export async function holderChecks(
  reader: PinnedReader,
  parts: SmartParts,
  needs: readonly TokenNeed[],
  wallet: Address,
): Promise<readonly HolderCheck[]> {
  const held = await holdings(
    reader,
    needs.map(({ token }) => token),
    wallet,
  );
  const perToken = needs.map(({ token, expression }) => [
    call(token, 'paused'),
    ...(expression === null
      ? []
      : [call(parts.identityRegistry, 'isVerified', [wallet, encoded(expression)])]),
  ]);
  const transfers = needs.map(({ token }) => call(token, 'transfer', [wallet, SMALL_AMOUNT]));
  const [read, tried] = await Promise.all([
    Promise.all(perToken.map((calls) => reader.calls(calls))),
    reader.calls(transfers, wallet),
  ]);
  return held.map((holding, index): HolderCheck => {
    const [paused, verified] = read[index] ?? [];
    const attempt = tried[index];
    const free = holding.balance - holding.frozen >= SMALL_AMOUNT;
    return {
      ...holding,
      paused: boolAnswer('paused', paused) ?? false,
      verified: boolAnswer('isVerified', verified),
      transfer:
        !holding.readable || !free || attempt === undefined
          ? { kind: 'not_tried' }
          : attempt.ok
            ? { kind: 'accepted' }
            : {
                kind: 'refused',
                why: explainSmartRevert({ right: 'none', signer: wallet }, attempt.revert, attempt.message),
              },
    };
  });
}
