/**
 * Tells a call that the contract refused from a node that failed. Nodes word it differently: geth, reth, erigon,
 * anvil code 3 with data; besu -32000 with data; nethermind and others -32015 with "Reverted 0x.."; some nest it.
 */
import type { Hex } from '../../shared/values.ts';
import { RpcError, cutMessage } from './chain-errors.ts';
import type { CallResult } from './types.ts';
import { bytes, isBytes, isRecord } from './wire-values.ts';

export type Refusal = Extract<CallResult, { ok: false }>;

const REVERTED_PREFIX = /^reverted?:? +/i;
const NESTED_KEYS = ['data', 'result', 'output', 'return', 'originalError', 'error'] as const;
const DEEPEST = 4;

/** Words for a call that the virtual machine ended: a revert, or a fault in the contract's code. */
const ENDED_BY_CONTRACT =
  /revert|invalid opcode|invalidfeopcode|opcodenotfound|^evm error (?!.*database)|vm execution error|vm exception|out ?of ?gas|stack ?(under|over)flow|(bad|invalid) ?jump|write protection|gas required exceeds allowance|always failing transaction|execution aborted|execution timeout/i;

/** The revert bytes in an error's data, wherever the node put them. */
function findBytes(data: unknown, depth: number): Hex | null {
  if (typeof data === 'string') {
    const text = data.replace(REVERTED_PREFIX, '');
    return isBytes(text) ? bytes(text, 'the revert') : null;
  }
  if (!isRecord(data) || depth >= DEEPEST) return null;
  for (const key of NESTED_KEYS) {
    const found = findBytes(data[key], depth + 1);
    if (found !== null) return found;
  }
  // One object under a transaction's hash.
  const [only, ...others] = Object.values(data);
  return others.length === 0 && isRecord(only) ? findBytes(only, depth + 1) : null;
}

/** The refusal that an error stands for, or null where the node itself failed. */
export function refusalOf(error: unknown): Refusal | null {
  if (!(error instanceof RpcError)) return null;
  const found = findBytes(error.data, 0);
  const refused =
    error.rpcCode === 3 ||
    ENDED_BY_CONTRACT.test(error.nodeMessage) ||
    (error.rpcCode === -32000 && found !== null);
  return refused ? { ok: false, revert: found ?? '0x', message: cutMessage(error.nodeMessage) } : null;
}

/** A call's answer as a value; what is no refusal is thrown on. */
export async function asCallResult(answer: Promise<unknown>): Promise<CallResult> {
  try {
    return { ok: true, data: bytes(await answer, 'the result of a call') };
  } catch (error) {
    const refusal = refusalOf(error);
    if (refusal === null) throw error;
    return refusal;
  }
}
