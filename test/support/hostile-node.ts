/** What a hostile, broken or lagging node is asked and answers, in parts that tests put together. */
import { Transaction, id } from 'ethers';
import type { ProxiedRequest, ProxyAnswer } from './node-proxy.ts';

export interface AskedCall {
  readonly method: 'eth_call' | 'eth_estimateGas';
  /** In small letters. */
  readonly to: string;
  readonly data: string;
}

/** The contract call that is tried or estimated, if the request is for one. */
export function askedCall({ method, params }: ProxiedRequest): AskedCall | null {
  if (method !== 'eth_call' && method !== 'eth_estimateGas') return null;
  const [call] = (params ?? []) as readonly { to?: string; data?: string; input?: string }[];
  return { method, to: call?.to?.toLowerCase() ?? '', data: call?.data ?? call?.input ?? '' };
}

/** The transaction that is to be broadcast, if the request is for that. */
export function sentTransaction({ method, params }: ProxiedRequest): Transaction | null {
  return method === 'eth_sendRawTransaction' ? Transaction.from(String(params?.[0])) : null;
}

export function selectorOf(signature: string): string {
  return id(signature).slice(0, 10);
}

export const CREATE_IDENTITY = selectorOf('createIdentity(address,bytes32[])');
export const RECOVER_IDENTITY = selectorOf('recoverIdentity(address,address,address)');
export const RECOVER_TOKENS = selectorOf('forcedRecoverTokens(address,address)');
export const SET_ADDRESS_FROZEN = selectorOf('setAddressFrozen(address,bool)');
export const BALANCE_OF = selectorOf('balanceOf(address)');

export const ADDRESS_FROZEN = id('AddressFrozen(address,address,bool)');

/** The topics that logs are asked for by, if the request is for logs. */
export function askedTopics({ method, params }: ProxiedRequest): readonly unknown[] | null {
  if (method !== 'eth_getLogs') return null;
  const [filter] = (params ?? []) as readonly { topics?: readonly unknown[] }[];
  return filter?.topics ?? [];
}

export function refusal(message: string, data?: string): ProxyAnswer {
  return data === undefined ? { error: { code: -32_000, message } } : { error: { code: 3, message, data } };
}

export function isLook({ method, params }: ProxiedRequest): boolean {
  return method === 'eth_getBlockByNumber' && params?.[0] === 'latest';
}

/** What the node itself answers, refusals too. */
export async function askNode(url: string, method: string, params: readonly unknown[]): Promise<ProxyAnswer> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, method, params }),
  });
  const { result, error } = (await response.json()) as { readonly result?: unknown; readonly error?: object };
  return error === undefined ? { result } : { error };
}
