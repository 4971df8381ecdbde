import { afterEach, describe, expect, it } from 'vitest';
import type { ScannedLogs } from '../../../electron/chain/needs.ts';
import { refusalOf } from '../../../electron/chain/reverts.ts';
import { RpcError } from '../../../electron/chain/chain-errors.ts';
import { classifyRefusal } from '../../../electron/chain/sending.ts';
import { scanLogs } from '../../../electron/chain/log-scan.ts';
import { spreadOver } from '../../../electron/chain/simulation.ts';
import type { Chain } from '../../../electron/chain/types.ts';
import { toAddress } from '../../../shared/address.ts';
import { openTestChain } from '../../support/open-test-chain.ts';
import type { TestChainOptions } from '../../support/open-test-chain.ts';
import { StubError, startStubNode, stubBlock } from '../../support/stub-node.ts';
import type { StubNode, StubNodeOptions, StubRequest } from '../../support/stub-node.ts';

const WALLET = toAddress('0x5FbDB2315678afecb367f032d93F642f64180aa3');
const toClose: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const close of toClose.splice(0).reverse()) await close();
});

async function play(
  options: StubNodeOptions,
  more: TestChainOptions = {},
): Promise<{ node: StubNode; chain: Chain }> {
  const node = await startStubNode(options);
  toClose.push(() => node.stop());
  const chain = await openTestChain([node.url], more);
  toClose.push(() => chain.close());
  return { node, chain };
}

describe('a node without EIP-1898', () => {
  const number = '0x64';
  const byNumberOnly = ({ method, params }: StubRequest): unknown => {
    if (method === 'eth_getBlockByNumber') return stubBlock(100);
    if (method !== 'eth_getBalance') return undefined;
    return params[1] === number
      ? '0x2a'
      : new StubError(
          -32602,
          'invalid argument 1: json: cannot unmarshal object into Go value of type string',
        );
  };

  it('is read by number, and not asked by hash again', async () => {
    const { node, chain } = await play({ result: byNumberOnly });
    const reader = await chain.pin();

    expect(await reader.balance(WALLET)).toBe(42n);
    const before = node.posts.length;
    expect(await (await chain.pin(reader.block)).balance(WALLET)).toBe(42n);
    expect(node.posts.length - before).toBe(1);
  });

  it('is caught when the number means another block afterwards', async () => {
    let hash = `0x${'ab'.repeat(32)}`;
    const { chain } = await play({
      result: (request) =>
        request.method === 'eth_getBlockByNumber' ? stubBlock(100, { hash }) : byNumberOnly(request),
    });
    const reader = await chain.pin();
    await reader.balance(WALLET);
    hash = `0x${'cd'.repeat(32)}`;

    await expect(reader.assertStillCanonical()).rejects.toMatchObject({ code: 'BLOCK_CHANGED' });
  });
});

describe('a node that lags behind', () => {
  it('is asked again until it knows the pinned block', async () => {
    let asked = 0;
    const { chain } = await play({
      result: ({ method }) => {
        if (method === 'eth_getBlockByNumber') return stubBlock(100);
        if (method !== 'eth_getBalance') return undefined;
        asked += 1;
        return asked === 1 ? new StubError(-32000, 'header for hash not found') : '0x1';
      },
    });

    expect(await (await chain.pin()).balance(WALLET)).toBe(1n);
  });
});

describe('a revert', () => {
  const DATA = '0x08c379a0';
  it.each<[string, RpcError, string]>([
    ['geth', new RpcError(3, 'execution reverted: no', DATA), DATA],
    ['geth without data', new RpcError(-32000, 'execution reverted', undefined), '0x'],
    ['besu', new RpcError(-32000, 'Execution reverted', DATA), DATA],
    ['nethermind', new RpcError(-32015, 'VM execution error.', `Reverted ${DATA}`), DATA],
    ['an empty Reverted', new RpcError(-32015, 'VM execution error.', 'Reverted 0x'), '0x'],
    ['nested data', new RpcError(-32603, 'Internal error: reverted', { message: 'x', data: DATA }), DATA],
    [
      'data under a hash',
      new RpcError(-32000, 'VM Exception: revert', { '0xab': { error: 'revert', return: DATA } }),
      DATA,
    ],
    ['anvil, a fault in the code', new RpcError(-32603, 'EVM error InvalidFEOpcode', undefined), '0x'],
    ['out of gas', new RpcError(-32000, 'out of gas', undefined), '0x'],
  ])('of %s is recognised', (_node, error, revert) => {
    expect(refusalOf(error)).toMatchObject({ ok: false, revert });
  });

  it.each<[string, unknown]>([
    ['a missing block', new RpcError(-32000, 'header not found', undefined)],
    ['a pruned state', new RpcError(-32000, 'missing trie node ab (path )', undefined)],
    ['a broken database', new RpcError(-32603, 'EVM error database error', undefined)],
    ['a missing method', new RpcError(-32601, 'Method not found', undefined)],
    ['another error', new Error('execution reverted')],
  ])('is not seen in %s', (_what, error) => {
    expect(refusalOf(error)).toBeNull();
  });
});

describe('a refused broadcast', () => {
  it.each([
    ['already known', 'known'],
    ['ALREADY_EXISTS: already known', 'known'],
    ['transaction already imported', 'known'],
    ['Known transaction', 'known'],
    ['AlreadyKnown', 'known'],
    ['INTERNAL_ERROR: existing tx with same hash', 'known'],
    ['nonce too low: next nonce 5, tx nonce 4', 'nonce_too_low'],
    ['Nonce too low', 'nonce_too_low'],
    ['OldNonce, Current nonce: 5, nonce of rejected tx: 4', 'nonce_too_low'],
    ['replacement transaction underpriced', 'underpriced'],
    ['transaction underpriced: tip needed 1, tip permitted 0', 'fee_too_low'],
    ['could not replace existing tx', 'underpriced'],
    ['ReplacementNotAllowed', 'underpriced'],
    ['OwnNonceAlreadyUsed', 'underpriced'],
    ['FeeTooLow, MaxFeePerGas too low. MaxFeePerGas: 1', 'fee_too_low'],
    ['Gas price below configured minimum gas price', 'fee_too_low'],
    ['max fee per gas less than block base fee', 'fee_too_low'],
    ['insufficient funds for gas * price + value: balance 0, tx cost 1', 'insufficient_funds'],
    ['INTERNAL_ERROR: insufficient funds', 'insufficient_funds'],
    ['InsufficientFunds, Account balance: 0', 'insufficient_funds'],
    ['Upfront cost exceeds account balance', 'insufficient_funds'],
    ['intrinsic gas too low', 'rejected'],
    ['txpool is full', 'rejected'],
    ['invalid sender', 'rejected'],
  ])('in the words "%s" is %s', (words, kind) => {
    expect(classifyRefusal(words).kind).toBe(kind);
  });

  it('for an underpriced replacement is a value, not an exception', async () => {
    const { chain } = await play({
      result: ({ method }) =>
        method === 'eth_sendRawTransaction'
          ? new StubError(-32000, 'replacement transaction underpriced')
          : undefined,
    });

    expect(await chain.broadcast('0x1234')).toEqual({ kind: 'underpriced' });
  });

  it('answered with another hash is ENDPOINT_GARBAGE and says to look first', async () => {
    const { chain } = await play({
      result: ({ method }) => (method === 'eth_sendRawTransaction' ? `0x${'00'.repeat(32)}` : undefined),
    });

    await expect(chain.broadcast('0x1234')).rejects.toMatchObject({
      code: 'ENDPOINT_GARBAGE',
      retry: 'unsafe',
    });
  });
});

describe('fees', () => {
  it('on a chain without a base fee are one gas price', async () => {
    const { chain } = await play({
      result: ({ method }) =>
        method === 'eth_gasPrice'
          ? '0x7'
          : method === 'eth_getBlockByNumber'
            ? stubBlock(1, { baseFeePerGas: undefined })
            : undefined,
    });

    expect(await chain.fees()).toEqual({ kind: 'legacy', gasPrice: 7n });
  });

  it('without a suggestion of the node take the gas price above the base fee', async () => {
    const { chain } = await play({
      result: ({ method }) =>
        method === 'eth_gasPrice'
          ? '0x6e'
          : method === 'eth_getBlockByNumber'
            ? stubBlock(1, { baseFeePerGas: '0x64' })
            : undefined,
    });

    expect(await chain.fees()).toEqual({ kind: 'eip1559', maxFeePerGas: 210n, maxPriorityFeePerGas: 10n });
  });
});

describe('simulation', () => {
  it('is null on a node without eth_simulateV1', async () => {
    const { chain } = await play({
      result: ({ method }) => (method === 'eth_getBlockByNumber' ? stubBlock(100) : undefined),
    });

    expect(await chain.canSimulate()).toBe(false);
    expect(await chain.simulate([{ to: WALLET, data: '0x' }], WALLET, await chain.head())).toBeNull();
  });

  it('keeps every simulated block within the gas limit, and their number within what nodes take', () => {
    expect(spreadOver(202, 30_000_000n)).toEqual({ perBlock: 6, gas: 5_000_000n });
    expect(spreadOver(3, 1_000_000_000n)).toEqual({ perBlock: 3, gas: 5_000_000n });
    expect(spreadOver(1, 4_000_000n)).toEqual({ perBlock: 1, gas: 4_000_000n });
    const many = spreadOver(5_000, 30_000_000n);
    expect(Math.ceil(5_000 / many.perBlock)).toBeLessThanOrEqual(256);
    expect(many.gas * BigInt(many.perBlock)).toBeLessThanOrEqual(30_000_000n);
  });
});

describe('the finalized block', () => {
  it('is null where the node has none yet', async () => {
    const { chain } = await play(
      {
        result: ({ method }) =>
          method === 'eth_chainId' ? undefined : new StubError(-39001, 'unknown block'),
      },
      { profile: { finality: 'finalized' } },
    );

    expect(await chain.finalHead()).toBeNull();
  });
});

describe('a receipt', () => {
  it('without a gas price takes the one of its transaction', async () => {
    const hash = `0x${'11'.repeat(32)}` as const;
    const { chain } = await play({
      result: ({ method }) =>
        method === 'eth_getTransactionReceipt'
          ? {
              transactionHash: hash,
              blockNumber: '0x1',
              blockHash: hash,
              from: WALLET,
              status: '0x1',
              gasUsed: '0x5208',
              logs: [],
            }
          : method === 'eth_getTransactionByHash'
            ? { gasPrice: '0x9' }
            : undefined,
    });

    expect(await chain.receipts([hash])).toMatchObject([{ succeeded: true, effectiveGasPrice: 9n }]);
  });

  it('of another transaction is ENDPOINT_GARBAGE', async () => {
    const hash = `0x${'11'.repeat(32)}` as const;
    const { chain } = await play({
      result: ({ method }) =>
        method === 'eth_getTransactionReceipt'
          ? {
              transactionHash: hash,
              blockNumber: '0x1',
              blockHash: hash,
              from: WALLET,
              status: '0x1',
              gasUsed: '0x5208',
              logs: [],
            }
          : undefined,
    });

    await expect(chain.receipts([`0x${'22'.repeat(32)}`])).rejects.toMatchObject({
      code: 'ENDPOINT_GARBAGE',
    });
  });
});

describe('logs of a node that limits the range', () => {
  const HASH = `0x${'ab'.repeat(32)}` as const;
  const spans: number[] = [];

  /** One log at every 5,000th block; a range over the limit is refused in the given way. */
  function limited(limit: number, refuse: () => unknown) {
    return ({ method, params: [filter] }: StubRequest): unknown => {
      if (method === 'eth_getBlockByNumber')
        return stubBlock(Number(filter === 'latest' ? '0x186a0' : filter));
      if (method === 'eth_blockNumber') return '0x186a0';
      if (method !== 'eth_getLogs' || typeof filter !== 'object' || filter === null) return undefined;
      const from = Number('fromBlock' in filter ? filter.fromBlock : 0);
      const to = Number('toBlock' in filter ? filter.toBlock : 0);
      spans.push(to - from + 1);
      if (to - from + 1 > limit) return refuse();
      const numbers = Array.from({ length: to - from + 1 }, (_, index) => from + index);
      return numbers
        .filter((number) => number % 5_000 === 0)
        .map((number) => ({
          address: WALLET,
          topics: [HASH],
          data: '0x',
          blockNumber: `0x${number.toString(16)}`,
          blockHash: HASH,
          transactionHash: HASH,
          logIndex: '0x0',
          removed: false,
        }));
    };
  }

  const complaint = () => new StubError(-32005, 'query exceeds max block range 3000');
  const filter = { topics: [], fromBlock: 0, toBlock: 100_000 };

  it('are read in smaller ranges, complete and in order, growing again now and then', async () => {
    spans.length = 0;
    const { chain } = await play({ result: limited(3_000, complaint) });

    const logs = await chain.logs(filter);

    expect(logs.map(({ blockNumber }) => blockNumber)).toEqual(
      Array.from({ length: 21 }, (_, index) => index * 5_000),
    );
    expect(Math.min(...spans.slice(0, -1))).toBeGreaterThanOrEqual(1_000);
    expect(spans.filter((span) => span > 3_000).length).toBeGreaterThan(6);
  });

  it('that does not answer even 1,000 blocks are LOG_SCAN_FAILED', async () => {
    const { chain } = await play({ result: limited(0, complaint) });

    await expect(chain.logs(filter)).rejects.toMatchObject({ code: 'LOG_SCAN_FAILED' });
  });

  it('by taking too long are read in smaller ranges too', async () => {
    let hang = false;
    const answer = limited(40_000, () => {
      hang = true;
      return [];
    });
    const { chain } = await play(
      {
        whole: (requests) => {
          hang = false;
          for (const request of requests) answer(request);
          return hang ? 'hang' : null;
        },
        result: answer,
      },
      { policy: { requestTimeoutMs: 300 } },
    );

    expect(await chain.logs(filter)).toHaveLength(21);
  });

  it('are remembered as far as they are final when a later range fails', async () => {
    let failing = true;
    const answer = limited(100_000, complaint);
    const { chain } = await play({
      result: (request) => {
        const [asked] = request.params;
        const late =
          typeof asked === 'object' && asked !== null && 'toBlock' in asked && Number(asked.toBlock) > 50_000;
        return failing && request.method === 'eth_getLogs' && late
          ? new StubError(-32603, 'broken')
          : answer(request);
      },
    });
    const kept = new Map<string, ScannedLogs>();
    const scan = {
      chain,
      memory: {
        load: (key: string) => kept.get(key) ?? null,
        save: (key: string, value: ScannedLogs) => void kept.set(key, value),
      },
      key: 'scan',
      filter: { topics: [] },
      fromBlock: 0,
      toBlock: 100_000,
    };

    await expect(scanLogs(scan)).rejects.toMatchObject({ code: 'LOG_SCAN_FAILED' });
    const scannedTo = kept.get('scan')?.scannedTo ?? 0;
    expect(scannedTo).toBeGreaterThanOrEqual(40_000);
    failing = false;
    const progress: number[] = [];
    expect(await scanLogs({ ...scan, onProgress: (to) => progress.push(to) })).toHaveLength(21);
    expect(progress[0]).toBeGreaterThan(scannedTo);
    expect(kept.get('scan')?.scannedTo).toBe(100_000 - 11);
  });
});
