/**
 * Stands in for a remote signer: a real HTTPS server that speaks the published API of Web3Signer or of Clef and signs
 * with ethers. It fills in what it is not given, as these do, and knows each by the fields that the real one reads.
 */
import { once } from 'node:events';
import { createServer } from 'node:https';
import type { ServerOptions } from 'node:https';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { Transaction, getBytes } from 'ethers';
import type { TransactionLike, Wallet } from 'ethers';

export interface JsonRpcCall {
  readonly jsonrpc: string;
  readonly id: number;
  readonly method: string;
  readonly params: readonly unknown[];
}

/** Fields of `eth_signTransaction`; all quantities in hex. */
export type SignFields = Readonly<Record<string, string | undefined>> & {
  readonly accessList?: TransactionLike['accessList'];
};

export interface StandInSigner {
  readonly url: string;
  readonly calls: readonly JsonRpcCall[];
  stop(): Promise<void>;
}

export type Answering = (call: JsonRpcCall) => unknown;

/** Quantities are written without leading zeros, as the JSON-RPC specification has it. */
const QUANTITY = /^0x(0|[1-9a-f][0-9a-f]*)$/;

function quantity(text: string | undefined, otherwise: bigint | null): bigint | null {
  if (text === undefined) return otherwise;
  if (!QUANTITY.test(text)) throw new Error(`not a quantity: ${text}`);
  return BigInt(text);
}

const rejection = (code: number, message: string) => ({ error: { code, message } });

function fieldsOf(call: JsonRpcCall): SignFields {
  return call.params[0] as SignFields;
}

function signed(wallet: Wallet, parts: TransactionLike): string {
  const transaction = Transaction.from(parts);
  transaction.signature = wallet.signingKey.sign(transaction.unsignedHash);
  return transaction.serialized;
}

/**
 * As Web3Signer answers: the raw transaction. It signs for the chain it was started with, takes `data` before `input`,
 * knows no access lists, and one error stands for all that goes wrong at signing.
 */
export function asWeb3Signer(wallet: Wallet, chainId: number): Answering {
  return (call) => {
    if (call.method === 'eth_accounts') return { result: [wallet.address.toLowerCase()] };
    if (call.method === 'eth_sign')
      return { result: wallet.signMessageSync(getBytes(String(call.params[1]))) };
    if (call.method !== 'eth_signTransaction') return rejection(-32601, 'Method not found');
    const fields = fieldsOf(call);
    if (fields['nonce'] === undefined) return rejection(-32602, 'Invalid params');
    if (fields['from']?.toLowerCase() !== wallet.address.toLowerCase())
      return rejection(-32000, 'No unlocked account matches the Sender');
    const base = {
      chainId,
      to: fields['to'] ?? null,
      data: fields['data'] ?? fields['input'] ?? '0x',
      value: quantity(fields['value'], 0n),
      nonce: Number(quantity(fields['nonce'], 0n)),
      gasLimit: quantity(fields['gas'], 90_000n),
    };
    const highest = quantity(fields['maxFeePerGas'], null);
    const priority = quantity(fields['maxPriorityFeePerGas'], null);
    const result =
      highest !== null && priority !== null
        ? signed(wallet, { ...base, type: 2, maxFeePerGas: highest, maxPriorityFeePerGas: priority })
        : signed(wallet, { ...base, type: 0, gasPrice: quantity(fields['gasPrice'], 0n) });
    return { result };
  };
}

/**
 * As Clef answers: the raw transaction beside what is in it, by method names of its own. It takes `input` before `data`
 * and refuses both where they differ, and refuses another chain than its own.
 */
export function asClef(wallet: Wallet, chainId: number): Answering {
  return (call) => {
    if (call.method === 'account_list') return { result: [wallet.address.toLowerCase()] };
    if (call.method !== 'account_signTransaction')
      return rejection(-32601, `the method ${call.method} does not exist/is not available`);
    const fields = fieldsOf(call);
    const { data, input } = { data: fields['data'], input: fields['input'] };
    if (data !== undefined && input !== undefined && data !== input)
      return rejection(-32000, 'ambiguous request: both "data" and "input" are set and are not identical');
    if (quantity(fields['chainId'], null) !== BigInt(chainId))
      return rejection(-32000, 'requested chainid does not match the configuration of the signer');
    const base = {
      chainId,
      to: fields['to'] ?? null,
      data: input ?? data ?? '0x',
      value: quantity(fields['value'], 0n),
      nonce: Number(quantity(fields['nonce'], 0n)),
      gasLimit: quantity(fields['gas'], 0n),
    };
    const { accessList } = fields;
    const highest = quantity(fields['maxFeePerGas'], null);
    const gasPrice = quantity(fields['gasPrice'], 0n);
    const raw =
      highest !== null
        ? signed(wallet, {
            ...base,
            type: 2,
            accessList: accessList ?? [],
            maxFeePerGas: highest,
            maxPriorityFeePerGas: quantity(fields['maxPriorityFeePerGas'], 0n),
          })
        : accessList !== undefined
          ? signed(wallet, { ...base, type: 1, accessList, gasPrice })
          : signed(wallet, { ...base, type: 0, gasPrice });
    return { result: { raw, tx: { hash: Transaction.from(raw).hash } } };
  };
}

async function listening(
  options: ServerOptions,
  heard: (request: IncomingMessage, response: ServerResponse, body: string) => void,
  port = 0,
): Promise<Pick<StandInSigner, 'url' | 'stop'>> {
  const server = createServer(options, (request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => heard(request, response, Buffer.concat(chunks).toString('utf8')));
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return {
    url: `https://127.0.0.1:${address.port}`,
    async stop() {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

/** @param tls key and certificate, and whose client certificates are let in. */
export async function startStandInSigner(tls: ServerOptions, answer: Answering): Promise<StandInSigner> {
  const calls: JsonRpcCall[] = [];
  const server = await listening(tls, (_request, response, body) => {
    const call = JSON.parse(body) as JsonRpcCall;
    calls.push(call);
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ jsonrpc: '2.0', id: call.id, ...(answer(call) as object) }));
  });
  return { ...server, calls };
}

/**
 * A server in the signer's place that answers as a test wants it to, or never.
 * @param port of one that was stopped, to be in its place again.
 */
export async function startInSignersPlace(
  tls: ServerOptions,
  answer: (response: ServerResponse, call: JsonRpcCall) => void,
  port?: number,
): Promise<StandInSigner> {
  const calls: JsonRpcCall[] = [];
  const heard = (_request: IncomingMessage, response: ServerResponse, body: string): void => {
    const call = JSON.parse(body) as JsonRpcCall;
    calls.push(call);
    answer(response, call);
  };
  const server = await listening(tls, heard, port);
  return { ...server, calls };
}
