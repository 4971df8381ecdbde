import { afterEach, describe, expect, it } from 'vitest';
import type { Chain } from '../../../electron/chain/types.ts';
import { toAddress } from '../../../shared/address.ts';
import { openTestChain } from '../../support/open-test-chain.ts';
import { StubError, startStubNode, stubBlock } from '../../support/stub-node.ts';
import type { StubNode, StubNodeOptions, StubRequest } from '../../support/stub-node.ts';

const TOKEN = toAddress('0x5FbDB2315678afecb367f032d93F642f64180aa3');
const toClose: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const close of toClose.splice(0).reverse()) await close();
});

async function play(
  options: StubNodeOptions,
  policy: object = {},
): Promise<{ node: StubNode; chain: Chain }> {
  const node = await startStubNode(options);
  toClose.push(() => node.stop());
  const chain = await openTestChain([node.url], { policy });
  toClose.push(() => chain.close());
  return { node, chain };
}

/** Every eth_call answers its own calldata; the head is block 100. */
function echo({ method, params }: StubRequest): unknown {
  if (method === 'eth_getBlockByNumber') return stubBlock(100);
  if (method !== 'eth_call') return undefined;
  const [call] = params;
  return typeof call === 'object' && call !== null && 'data' in call ? call.data : '0x';
}

const numbered = (count: number) =>
  Array.from({ length: count }, (_, index) => ({
    to: TOKEN,
    data: `0x${index.toString(16).padStart(4, '0')}` as const,
  }));

/** Asks for so many calls at once; answers how many came back as the answer to their own question. */
async function readNumbered(chain: Chain, count: number): Promise<number> {
  const calls = numbered(count);
  const answers = await (await chain.pin()).calls(calls);
  return answers.filter((answer, index) => answer.ok && answer.data === calls[index]?.data).length;
}

describe('a batch', () => {
  it('may be answered in any order', async () => {
    const { chain } = await play({ result: echo, reversed: true });

    expect(await readNumbered(chain, 150)).toBe(150);
  });

  const refusals: readonly [string, (count: number) => { status?: number; body: string }][] = [
    [
      'one error object',
      () => ({ body: '{"jsonrpc":"2.0","id":null,"error":{"code":-32600,"message":"no"}}' }),
    ],
    [
      'a list with one error, as geth does',
      () => ({ body: '[{"jsonrpc":"2.0","id":2,"error":{"code":-32600,"message":"batch too large"}}]' }),
    ],
    ['HTTP 413', () => ({ status: 413, body: 'too large' })],
    ['HTTP 400 and a page', () => ({ status: 400, body: '<html></html>' })],
    ['an empty list', () => ({ body: '[]' })],
  ];

  it.each(refusals)(
    'over 10 requests refused by %s is halved, and the size is remembered',
    async (_how, refuse) => {
      const { node, chain } = await play({
        result: echo,
        whole: (requests) => (requests.length > 10 ? refuse(requests.length) : null),
      });
      await readNumbered(chain, 100);
      const before = node.posts.length;

      expect(await readNumbered(chain, 60)).toBe(60);

      expect(node.posts.slice(before).every((post) => post.length <= 10)).toBe(true);
    },
  );

  it.each(refusals)('that is always refused, by %s, ends in single requests', async (_how, refuse) => {
    const { chain } = await play({
      result: echo,
      whole: (requests, batched) => (batched ? refuse(requests.length) : null),
    });

    expect(await readNumbered(chain, 30)).toBe(30);
  });

  it('whose answer would be too large is asked again in smaller ones', async () => {
    const { chain } = await play({
      result: echo,
      whole: (requests) =>
        requests.length <= 8
          ? null
          : {
              body: JSON.stringify(
                requests.map((request, index) =>
                  index === 0
                    ? { jsonrpc: '2.0', id: request.id, result: echo(request) }
                    : {
                        jsonrpc: '2.0',
                        id: request.id,
                        error: { code: -32003, message: 'response too large' },
                      },
                ),
              ),
            },
    });

    expect(await readNumbered(chain, 40)).toBe(40);
  });
});

describe('garbage', () => {
  it.each<[string, string]>([
    ['a text', '"hello"'],
    ['neither result nor error', '{"jsonrpc":"2.0","id":1}'],
    ['an error without a code', '{"jsonrpc":"2.0","id":1,"error":{"message":"x"}}'],
    ['the answer to another request', '{"jsonrpc":"2.0","id":77,"result":"0x7a69"}'],
    ['a chain id that is no number', '{"jsonrpc":"2.0","id":1,"result":"0xzz"}'],
    ['an empty chain id', '{"jsonrpc":"2.0","id":1,"result":"0x"}'],
    ['no chain id', '{"jsonrpc":"2.0","id":1,"result":null}'],
  ])('%s is ENDPOINT_GARBAGE', async (_what, body) => {
    await expect(play({ whole: () => ({ body }) }, { readRetries: 0 })).rejects.toMatchObject({
      code: 'ENDPOINT_GARBAGE',
    });
  });

  it.each<[string, object]>([
    ['no hash', { hash: undefined }],
    ['a number that is none', { number: 'latest' }],
    ['a number that is too large', { number: `0x${'f'.repeat(20)}` }],
    ['no time', { timestamp: null }],
  ])('a block with %s is ENDPOINT_GARBAGE', async (_what, parts) => {
    const { chain } = await play({
      result: ({ method }) => (method === 'eth_getBlockByNumber' ? { ...stubBlock(1), ...parts } : undefined),
    });

    await expect(chain.head()).rejects.toMatchObject({ code: 'ENDPOINT_GARBAGE' });
  });
});

describe('errors', () => {
  it("keep the node's words, cut, with the code", async () => {
    const words = `broken\n${'x'.repeat(500)}`;
    const { chain } = await play({
      result: ({ method }) => (method === 'eth_chainId' ? undefined : new StubError(-32050, words)),
    });
    const error: unknown = await chain.head().catch((thrown: unknown) => thrown);

    expect(error).toMatchObject({
      code: 'RPC_ERROR',
      message: expect.stringMatching(/broken x{193} \(code -32050\)/),
    });
  });

  it('a busy node is asked again after a pause', async () => {
    let asked = 0;
    const { chain } = await play({
      result: ({ method }) => {
        if (method !== 'eth_getBlockByNumber') return undefined;
        asked += 1;
        return asked === 1 ? new StubError(-32005, 'project rate limit exceeded') : stubBlock(5);
      },
    });

    expect((await chain.head()).number).toBe(5);
  });

  it('an endpoint that hangs is given up after the repeats, with no repeat of a broadcast', async () => {
    let hanging = false;
    const { node, chain } = await play(
      { whole: () => (hanging ? 'hang' : null), result: echo },
      { requestTimeoutMs: 150, readRetries: 1 },
    );
    hanging = true;
    const before = node.posts.length;

    await expect(chain.head()).rejects.toMatchObject({ code: 'ENDPOINT_TIMEOUT', retry: 'safe' });
    expect(node.posts.length - before).toBe(2);
    hanging = false;
    await chain.head();
    hanging = true;
    await expect(chain.broadcast('0x1234')).rejects.toMatchObject({
      code: 'ENDPOINT_TIMEOUT',
      retry: 'unsafe',
    });
    expect(node.posts.flat().filter((method) => method === 'eth_sendRawTransaction')).toHaveLength(1);
  });

  it('closing the chain ends a wait between repeats at once', async () => {
    let down = false;
    const { chain } = await play(
      { whole: () => (down ? { status: 503, body: '' } : null) },
      { readRetries: 10 },
    );
    down = true;
    const waiting = chain.head();

    await Promise.all([expect(waiting).rejects.toMatchObject({ code: 'INTERRUPTED' }), chain.close()]);
  });

  it('an endpoint that refuses the credentials is passed over where there is another', async () => {
    const first = await startStubNode({ whole: () => ({ status: 401, body: '' }) });
    const second = await startStubNode({ result: echo });
    toClose.push(
      () => first.stop(),
      () => second.stop(),
    );
    const chain = await openTestChain([first.url, second.url]);
    toClose.push(() => chain.close());

    expect((await chain.head()).number).toBe(100);
    await expect(openTestChain([first.url])).rejects.toMatchObject({ code: 'ENDPOINT_REFUSED' });
    expect(first.posts).toHaveLength(2);
  });
});
