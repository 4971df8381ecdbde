// Sends many setup transactions of one signer quickly: consecutive nonces, sent together, then their receipts.
// For setting up the practice network alone: it journals nothing and knows no retry, so no recovery may use it.
import { setTimeout as pause } from 'node:timers/promises';
import {
  JsonRpcApiProvider,
  getCreateAddress,
  toQuantity,
  type Interface,
  type Provider,
  type Signer,
  type TransactionReceipt,
  type TransactionRequest,
} from 'ethers';
import { contractInterface, creationCode, type PracticeArtifacts } from './contract-artifacts.ts';

/** Who sends the setup transactions, and what is deployed. The signer must be connected to a provider. */
export interface PracticeSetup {
  readonly signer: Signer;
  readonly artifacts: PracticeArtifacts;
}

/** Transactions gathered first and sent by `settle`; until then no other may use the signer. */
export interface SetupBatch {
  /** Adds a deployment and answers the address that the contract will have. */
  deploy(name: string, args?: readonly unknown[]): string;
  /** Adds a call of a function of the named contract. */
  call(name: string, to: string, method: string, args: readonly unknown[]): void;
  /** Sends all; answers the receipts in order. Throws, naming the call, when one reverts or is not mined in time. */
  settle(): Promise<readonly TransactionReceipt[]>;
}

interface Entry {
  readonly what: string;
  readonly request: TransactionRequest;
}

const sentAtOnce = 200;
const packedFrom = 10;
const receiptDeadline = 60_000;
const receiptPause = 10;
// Ample and fixed: gas costs nothing here, and an estimate would cost a request for each transaction.
const deployGas = 6_000_000n;
const callGas = 3_000_000n;
const feeMargin = 10n;

/** Opens a batch at the signer's next nonce. */
export async function openBatch({ signer, artifacts }: PracticeSetup): Promise<SetupBatch> {
  const provider = providerOf(signer);
  const from = await signer.getAddress();
  const [firstNonce, { chainId }] = await Promise.all([
    provider.getTransactionCount(from, 'pending'),
    provider.getNetwork(),
  ]);
  const interfaces = new Map<string, Interface>();
  const entries: Entry[] = [];

  function interfaceOf(name: string): Interface {
    const known = interfaces.get(name) ?? contractInterface(artifacts, name);
    interfaces.set(name, known);
    return known;
  }

  function add(what: string, to: string | null, data: string): number {
    const nonce = firstNonce + entries.length;
    const gasLimit = to === null ? deployGas : callGas;
    entries.push({ what, request: { from, to, data, nonce, gasLimit, chainId, type: 2 } });
    return nonce;
  }

  return {
    deploy(name, args = []) {
      const nonce = add(`Deploying ${name}`, null, creationCode(artifacts, name, args));
      return getCreateAddress({ from, nonce });
    },
    call(name, to, method, args) {
      add(`${name}.${method}`, to, interfaceOf(name).encodeFunctionData(method, [...args]));
    },
    async settle() {
      const receipts: TransactionReceipt[] = [];
      for (let start = 0; start < entries.length; start += sentAtOnce) {
        receipts.push(...(await sendAll(signer, provider, entries.slice(start, start + sentAtOnce))));
      }
      return receipts;
    },
  };
}

/** An address that a mined transaction reports in an event. Throws when there is no such event. */
export function reportedAddress(
  contract: Interface,
  receipt: TransactionReceipt,
  event: string,
  argument: string,
): string {
  for (const log of receipt.logs) {
    const parsed = contract.parseLog(log);
    if (parsed?.name !== event) continue;
    const value: unknown = parsed.args.getValue(argument);
    if (typeof value === 'string') return value;
  }
  throw new Error(`The transaction ${receipt.hash} reports no ${event} with ${argument}.`);
}

async function sendAll(
  signer: Signer,
  provider: Provider,
  entries: readonly Entry[],
): Promise<readonly TransactionReceipt[]> {
  const { maxFeePerGas } = await provider.getFeeData();
  const price = { maxFeePerGas: (maxFeePerGas ?? 0n) * feeMargin, maxPriorityFeePerGas: 1n };
  const signed = await Promise.all(
    entries.map((entry) => signer.signTransaction({ ...entry.request, ...price })),
  );
  const broadcast = async (): Promise<readonly string[]> => {
    const sent = await Promise.all(signed.map((raw) => provider.broadcastTransaction(raw)));
    return sent.map(({ hash }) => hash);
  };
  const packs = entries.length >= packedFrom && provider instanceof JsonRpcApiProvider;
  const hashes = packs ? await minePacked(provider, broadcast) : await broadcast();
  const receipts = await Promise.all(hashes.map((hash) => receiptOf(provider, hash)));
  receipts.forEach((receipt, index) => {
    if (receipt.status !== 1)
      throw new Error(`${entries[index]?.what ?? 'A call'} reverted (${receipt.hash}).`);
  });
  return receipts;
}

/**
 * Lets many transactions share a block: the node keeps a whole state for each block, so one block for each
 * transaction grows slower and slower. The base fee is held, or full blocks would raise it beyond what was signed.
 */
async function minePacked(
  node: JsonRpcApiProvider,
  broadcast: () => Promise<readonly string[]>,
): Promise<readonly string[]> {
  const automine: unknown = await node.send('anvil_getAutomine', []);
  await node.send('evm_setAutomine', [false]);
  try {
    const hashes = await broadcast();
    const last = hashes.at(-1) ?? '';
    for (let block = 0; block < hashes.length; block += 1) {
      const baseFee = (await node.getBlock('latest'))?.baseFeePerGas ?? 0n;
      await node.send('anvil_setNextBlockBaseFeePerGas', [toQuantity(baseFee)]);
      await node.send('evm_mine', []);
      if ((await node.getTransactionReceipt(last)) !== null) break;
    }
    return hashes;
  } finally {
    await node.send('evm_setAutomine', [automine]);
  }
}

async function receiptOf(provider: Provider, hash: string): Promise<TransactionReceipt> {
  const deadline = Date.now() + receiptDeadline;
  while (Date.now() < deadline) {
    const receipt = await provider.getTransactionReceipt(hash);
    if (receipt !== null) return receipt;
    await pause(receiptPause);
  }
  throw new Error(`The transaction ${hash} was not mined within ${receiptDeadline / 1000} s.`);
}

function providerOf(signer: Signer): Provider {
  if (signer.provider === null) throw new Error('The signer is not connected to a node.');
  return signer.provider;
}
