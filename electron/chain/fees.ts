/** What to pay for gas: EIP-1559 where the chain has a base fee, else one gas price, or nothing. Wei per gas. */
import type { FeeKind } from '../../shared/network-profile.ts';
import type { Blocks } from './blocks.ts';
import { RpcError } from './chain-errors.ts';
import type { Endpoints } from './endpoints.ts';
import type { FeeQuote } from './types.ts';
import { quantity } from './wire-values.ts';

/** Where the node suggests nothing. */
const USUAL_PRIORITY_FEE = 1_000_000_000n;

async function gasPrice(endpoints: Endpoints): Promise<bigint> {
  return quantity(await endpoints.read('eth_gasPrice', []), 'the gas price');
}

/** The node's suggestion, null where it makes none. */
async function suggestedPriorityFee(endpoints: Endpoints): Promise<bigint | null> {
  try {
    return quantity(await endpoints.read('eth_maxPriorityFeePerGas', []), 'the priority fee');
  } catch (error) {
    if (error instanceof RpcError) return null;
    throw error;
  }
}

async function fallbackPriorityFee(endpoints: Endpoints, baseFee: bigint): Promise<bigint> {
  try {
    const above = (await gasPrice(endpoints)) - baseFee;
    return above > 0n ? above : 0n;
  } catch (error) {
    if (error instanceof RpcError) return USUAL_PRIORITY_FEE;
    throw error;
  }
}

/** A quote as the profile's `fees` asks for it; the base fee may double before the highest price is passed. */
export async function quoteFees(endpoints: Endpoints, blocks: Blocks, kind: FeeKind): Promise<FeeQuote> {
  if (kind === 'zero') return { kind: 'legacy', gasPrice: 0n };
  if (kind === 'legacy') return { kind: 'legacy', gasPrice: await gasPrice(endpoints) };
  const [head, suggested] = await Promise.all([blocks.latest(), suggestedPriorityFee(endpoints)]);
  if (kind === 'auto' && head.baseFeePerGas === null) {
    return { kind: 'legacy', gasPrice: await gasPrice(endpoints) };
  }
  const baseFee = head.baseFeePerGas ?? 0n;
  const maxPriorityFeePerGas = suggested ?? (await fallbackPriorityFee(endpoints, baseFee));
  return { kind: 'eip1559', maxFeePerGas: 2n * baseFee + maxPriorityFeePerGas, maxPriorityFeePerGas };
}
