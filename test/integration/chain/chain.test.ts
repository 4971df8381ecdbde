import { Interface, Wallet, keccak256 } from 'ethers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Chain } from '../../../electron/chain/types.ts';
import type { ScannedLogs } from '../../../electron/chain/needs.ts';
import { scanLogs } from '../../../electron/chain/log-scan.ts';
import { toAddress } from '../../../shared/address.ts';
import type { Address } from '../../../shared/address.ts';
import type { Hex } from '../../../shared/values.ts';
import { startAnvil } from '../../support/anvil.ts';
import type { Anvil } from '../../support/anvil.ts';
import { startHttpServer } from '../../support/http-server.ts';
import { openTestChain } from '../../support/open-test-chain.ts';

const operator = new Wallet('0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80');
const OPERATOR = toAddress(operator.address);
const OTHER = toAddress('0x70997970C51812dc3A010C7d01b50e0d17dc79C8');
const BROKE = new Wallet(`0x${'17'.repeat(32)}`);
const REVERTING = toAddress('0x00000000000000000000000000000000000000aa');
const COUNTER = toAddress('0x00000000000000000000000000000000000000bb');
/** Reverts with Error-like bytes 0xdeadbeef. */
const REVERTING_CODE = '0x63deadbeef60e01b5f5260045ffd';
/** Adds 1 to slot 0, logs it under topic 0x..01, answers it. */
const COUNTER_CODE = '0x5f54600101805f555f52600160205fa160205ff3';
const TOPIC: Hex = `0x${'0'.repeat(63)}1`;

let node: Anvil;
let chain: Chain;
const toClose: (() => Promise<void>)[] = [];

async function open(...args: Parameters<typeof openTestChain>): Promise<Chain> {
  const opened = await openTestChain(...args);
  toClose.push(() => opened.close());
  return opened;
}

async function start(...args: Parameters<typeof startAnvil>): Promise<Anvil> {
  const started = await startAnvil(...args);
  toClose.push(() => started.stop());
  return started;
}

function sign(parts: object, wallet = operator): Promise<Hex> {
  const transaction = {
    to: OTHER,
    chainId: 31337,
    gasLimit: 100_000,
    type: 2,
    maxFeePerGas: 3_000_000_000n,
    maxPriorityFeePerGas: 1_000_000_000n,
    value: 1n,
    ...parts,
  };
  return wallet.signTransaction(transaction).then((raw) => raw as Hex);
}

async function place(address: Address, code: string): Promise<void> {
  await node.rpc('anvil_setCode', [address, code]);
  await node.rpc('evm_mine');
}

beforeEach(async () => {
  node = await start();
  chain = await open([node.url]);
});

afterEach(async () => {
  for (const close of toClose.splice(0).reverse()) await close();
});

describe('pinned reads', () => {
  it('stay at their block when the chain goes on', async () => {
    const reader = await chain.pin();
    const before = await reader.balance(OTHER);
    await chain.broadcast(await sign({ nonce: 0 }));
    await chain.nextBlock(reader.block.number);

    expect(await reader.balance(OTHER)).toBe(before);
    expect(await reader.nonce(OPERATOR)).toBe(0);
    await expect(reader.assertStillCanonical()).resolves.toBeUndefined();
    expect(await (await chain.pin()).balance(OTHER)).toBe(before + 1n);
  });

  it('answer BLOCK_CHANGED once a reorg took their block', async () => {
    await node.rpc('anvil_mine', ['0x3']);
    const reader = await chain.pin();
    await node.rpc('anvil_reorg', [2, []]);

    await expect(reader.assertStillCanonical()).rejects.toMatchObject({ code: 'BLOCK_CHANGED' });
    await expect(reader.balance(OTHER)).rejects.toMatchObject({ code: 'BLOCK_CHANGED' });
  });

  it('give each call its own answer in order, a revert as a value', async () => {
    await place(REVERTING, REVERTING_CODE);
    await place(COUNTER, COUNTER_CODE);
    const reader = await chain.pin();

    const [first, second, third] = await reader.calls([
      { to: COUNTER, data: '0x' },
      { to: REVERTING, data: '0x' },
      { to: OTHER, data: '0x' },
    ]);

    expect(first).toEqual({ ok: true, data: TOPIC });
    expect(second).toMatchObject({ ok: false, revert: '0xdeadbeef' });
    expect(third).toEqual({ ok: true, data: '0x' });
    expect(await reader.code(REVERTING)).toBe(REVERTING_CODE);
  });

  it('take 1,000 calls in 10 requests', async () => {
    let posts = 0;
    const proxy = await startHttpServer((_request, response, body) => {
      posts += 1;
      void fetch(node.url, { method: 'POST', headers: { 'content-type': 'application/json' }, body })
        .then((answer) => answer.text())
        .then((text) => response.end(text));
    });
    toClose.push(() => proxy.stop());
    const counted = await open([proxy.url]);
    const reader = await counted.pin();
    posts = 0;

    const answers = await reader.calls(
      Array.from({ length: 1_000 }, () => ({ to: OTHER, data: '0x' as Hex })),
    );

    expect(answers).toHaveLength(1_000);
    expect(posts).toBe(10);
  });
});

describe('the chain id', () => {
  it('of another chain refuses to open, naming both', async () => {
    await expect(open([node.url], { profile: { chainId: 5 } })).rejects.toMatchObject({
      code: 'CHAIN_ID_MISMATCH',
      message: expect.stringMatching(/31337.*\b5\b/),
    });
  });

  it('that changes later is noticed when it is asked for', async () => {
    await node.rpc('anvil_setChainId', [4242]);

    await expect(chain.assertChainId()).rejects.toMatchObject({ code: 'CHAIN_ID_MISMATCH' });
  });

  it('is asked again of an endpoint that was failed over to', async () => {
    const other = await start({ chainId: 777 });
    const both = await open([node.url, other.url], { policy: { requestTimeoutMs: 500 } });
    await node.stop();

    await expect(both.head()).rejects.toMatchObject({ code: 'CHAIN_ID_MISMATCH' });
  });
});

describe('several endpoints', () => {
  it('fail over to the second when the first hangs', async () => {
    const second = await start();
    await second.rpc('anvil_mine', ['0x7']);
    const both = await open([node.url, second.url], { policy: { requestTimeoutMs: 500 } });
    expect((await both.head()).number).toBe(0);
    await node.freeze();

    expect((await both.head()).number).toBe(7);
    node.thaw();
  });

  it('do not send a broadcast twice: no answer is an error that says to look first', async () => {
    const second = await start();
    const both = await open([node.url, second.url], { policy: { requestTimeoutMs: 500 } });
    await node.freeze();

    await expect(both.broadcast(await sign({ nonce: 0 }))).rejects.toMatchObject({
      code: 'ENDPOINT_TIMEOUT',
      retry: 'unsafe',
    });
    expect(await second.rpc('eth_getTransactionCount', [OPERATOR, 'pending'])).toBe('0x0');
    node.thaw();
  });
});

describe('sending', () => {
  it('tells what the node made of each transaction', async () => {
    await node.rpc('evm_setAutomine', [false]);
    const first = await sign({ nonce: 0 });

    expect(await chain.broadcast(first)).toEqual({ kind: 'accepted' });
    expect(await chain.broadcast(first)).toEqual({ kind: 'known' });
    expect(await chain.broadcast(await sign({ nonce: 0, value: 2n }))).toEqual({ kind: 'underpriced' });
    expect(await chain.nonces(OPERATOR)).toEqual({ latest: 0, pending: 1 });
    await node.rpc('evm_mine');
    expect(await chain.broadcast(await sign({ nonce: 0, value: 3n }))).toEqual({ kind: 'nonce_too_low' });
    expect(await chain.broadcast(await sign({ nonce: 0 }, BROKE))).toEqual({ kind: 'insufficient_funds' });
    expect(await chain.broadcast(await sign({ nonce: 1, chainId: 5 }))).toMatchObject({
      kind: 'rejected',
      message: expect.stringContaining('chain id'),
    });
  });

  it('gives receipts of mined transactions and null for others', async () => {
    await place(COUNTER, COUNTER_CODE);
    await place(REVERTING, REVERTING_CODE);
    const good = await sign({ nonce: 0, to: COUNTER, value: 0n });
    const bad = await sign({ nonce: 1, to: REVERTING, value: 0n });
    await node.rpc('evm_setAutomine', [false]);
    await Promise.all([chain.broadcast(good), chain.broadcast(bad)]);
    await node.rpc('evm_mine');
    const hashes = [good, bad].map((raw) => keccak256(raw) as Hex);

    const [first, second, none] = await chain.receipts([...hashes, `0x${'11'.repeat(32)}`]);

    expect(first).toMatchObject({ hash: hashes[0], from: OPERATOR, succeeded: true, blockNumber: 3 });
    expect(first?.logs).toMatchObject([{ address: COUNTER, topics: [TOPIC], blockNumber: 3 }]);
    expect(second).toMatchObject({ succeeded: false, logs: [] });
    expect(none).toBeNull();
    expect(await chain.transaction(hashes[0] ?? '0x')).toMatchObject({
      from: OPERATOR,
      nonce: 0,
      blockNumber: 3,
    });
    expect(await chain.replay({ to: REVERTING, data: '0x' }, OPERATOR, 3)).toMatchObject({
      ok: false,
      revert: '0xdeadbeef',
    });
  });

  it('quotes fees that the node accepts, and as the profile asks', async () => {
    const quote = await chain.fees();
    expect(quote).toMatchObject({ kind: 'eip1559' });
    expect(await chain.broadcast(await sign({ nonce: 0, ...quote, kind: undefined }))).toEqual({
      kind: 'accepted',
    });

    const legacy = await open([node.url], { profile: { fees: 'legacy' } });
    const zero = await open([node.url], { profile: { fees: 'zero' } });
    expect(await legacy.fees()).toMatchObject({ kind: 'legacy', gasPrice: expect.any(BigInt) });
    expect(await zero.fees()).toEqual({ kind: 'legacy', gasPrice: 0n });
  });

  it('estimates gas, and a refusal is a value', async () => {
    await place(REVERTING, REVERTING_CODE);

    expect(await chain.estimateGas({ to: OTHER, data: '0x' }, OPERATOR)).toEqual({ ok: true, gas: 21_000n });
    expect(await chain.estimateGas({ to: REVERTING, data: '0x' }, OPERATOR)).toMatchObject({
      ok: false,
      revert: '0xdeadbeef',
    });
  });
});

describe('simulation', () => {
  it('runs calls on top of each other over more than one block of gas, without sending any', async () => {
    await place(COUNTER, COUNTER_CODE);
    await place(REVERTING, REVERTING_CODE);
    const at = await chain.head();
    const calls = [
      ...Array.from({ length: 200 }, () => ({ to: COUNTER, data: '0x' as Hex })),
      { to: REVERTING, data: '0x' as Hex },
    ];

    const results = await chain.simulate(calls, toAddress(BROKE.address), at);

    expect(await chain.canSimulate()).toBe(true);
    expect(results).toHaveLength(201);
    expect(BigInt(results?.[199]?.returnData ?? '0x0')).toBe(200n);
    expect(results?.[199]?.logs).toMatchObject([{ address: COUNTER, topics: [TOPIC] }]);
    expect(results?.[200]).toMatchObject({ ok: false, returnData: '0xdeadbeef' });
    expect(await chain.head()).toEqual(at);
  });

  it('on a block that is gone answers BLOCK_CHANGED', async () => {
    await node.rpc('anvil_mine', ['0x3']);
    const at = await chain.head();
    await node.rpc('anvil_reorg', [2, []]);

    await expect(chain.simulate([{ to: OTHER, data: '0x' }], OPERATOR, at)).rejects.toMatchObject({
      code: 'BLOCK_CHANGED',
    });
  });
});

describe('finality', () => {
  it('is the head, the finalized block, or so many blocks back, as the profile says', async () => {
    await node.rpc('anvil_mine', ['0x64']);
    const at = async (profile: object) => (await (await open([node.url], { profile })).finalHead())?.number;

    expect(await at({ finality: 'instant' })).toBe(100);
    expect(await at({ finality: 'finalized' })).toBe(36);
    expect(await at({ confirmations: 1 })).toBe(100);
    expect(await at({ confirmations: 10 })).toBe(91);
    expect(await at({ confirmations: 200 })).toBeUndefined();
  });
});

describe('waiting for the next block', () => {
  it('ends with the block, or at once by its signal', async () => {
    const { number } = await chain.head();
    const giveUp = new AbortController();
    const aborted = chain.nextBlock(number, giveUp.signal);
    const next = chain.nextBlock(number);
    giveUp.abort(new Error('enough'));

    await expect(aborted).rejects.toThrow('enough');
    await node.rpc('evm_mine');
    expect((await next).number).toBe(number + 1);
  });

  it('ends when the chain is closed', async () => {
    const waiting = chain.nextBlock((await chain.head()).number);

    await Promise.all([expect(waiting).rejects.toMatchObject({ code: 'INTERRUPTED' }), chain.close()]);
  });
});

describe('logs', () => {
  const filter = { address: COUNTER, topics: [TOPIC] };

  async function count(times: number): Promise<void> {
    const { latest } = await chain.nonces(OPERATOR);
    for (let index = 0; index < times; index += 1) {
      await chain.broadcast(await sign({ nonce: latest + index, to: COUNTER, value: 0n }));
    }
    // A node answers before it has mined.
    await expect.poll(async () => (await chain.nonces(OPERATOR)).latest).toBe(latest + times);
  }

  it('of a scan are remembered up to the final head, and read on from there', async () => {
    await place(COUNTER, COUNTER_CODE);
    await count(3);
    await node.rpc('anvil_mine', ['0x14']);
    const kept = new Map<string, ScannedLogs>();
    const memory = {
      load: (key: string) => kept.get(key) ?? null,
      save: (key: string, value: ScannedLogs) => void kept.set(key, value),
    };
    const scan = async (from: Chain) =>
      scanLogs({ chain: from, memory, key: 'k', filter, fromBlock: 0, toBlock: (await from.head()).number });

    expect(await scan(chain)).toHaveLength(3);
    const { number } = await chain.head();
    expect(kept.get('k')).toMatchObject({ scannedTo: number - 11 });

    await count(2);
    const asked: number[] = [];
    const watched: Chain = {
      ...chain,
      logs: (range) => {
        asked.push(range.fromBlock);
        return chain.logs(range);
      },
    };
    expect(await scan(watched)).toHaveLength(5);
    expect(asked[0]).toBe(number - 10);

    await node.rpc('anvil_reorg', [20, []]);
    await scan(watched);
    expect(asked).toContain(0);
  });
});

describe('a closed chain', () => {
  it('asks the node nothing more', async () => {
    await chain.close();
    await expect(chain.head()).rejects.toMatchObject({ code: 'INTERRUPTED' });
  });
});

it('an ABI call goes through staticCall', async () => {
  await place(COUNTER, COUNTER_CODE);
  const abi = new Interface(['function next() view returns (uint256)']);
  const answer = await chain.staticCall(
    { to: COUNTER, data: abi.encodeFunctionData('next') as Hex },
    OPERATOR,
  );
  expect(answer).toEqual({ ok: true, data: TOPIC });
});
