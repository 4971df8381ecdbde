// A real node with the practice contracts on it, for tests: one node each test file, stopped by its own pid.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import {
  HDNodeWallet,
  Interface,
  JsonRpcProvider,
  Wallet,
  isCallException,
  toQuantity,
  type Signer,
  type TransactionReceipt,
} from 'ethers';
import { compileContracts } from '../../resources/scripts/contracts.mjs';
import {
  contractInterface,
  readArtifacts,
  type PracticeArtifacts,
} from '../../electron/practice/contract-artifacts.ts';
import { openBatch } from '../../electron/practice/setup-batch.ts';

const anvil = fileURLToPath(
  new URL('../../node_modules/@foundry-rs/anvil-linux-amd64/bin/anvil', import.meta.url),
);
const mnemonic = 'test test test test test test test test test test test junk';
const plenty = toQuantity(10n ** 21n);

/** One call of a contract function: who, what, where. */
export interface TestCall {
  readonly contract: string;
  readonly at: string;
  readonly method: string;
  readonly args: readonly unknown[];
}

export interface TestChain {
  readonly provider: JsonRpcProvider;
  readonly artifacts: PracticeArtifacts;
  /** One of the node's own funded accounts. */
  account(index: number): Signer;
  /** A fresh account with funds. */
  newWallet(): Promise<Wallet>;
  /** Sends and waits; throws when it reverts. */
  transact(signer: Signer, call: TestCall): Promise<TransactionReceipt>;
  /** Reads one value. */
  read(call: TestCall): Promise<unknown>;
  /** What the call would revert with, as `Error(argument, ..)`, or `none`. */
  revertOf(from: Signer, call: TestCall): Promise<string>;
  /** The revert data as sent by the node, or `none`. */
  revertDataOf(from: Signer, call: TestCall): Promise<string>;
  /** The named events of a receipt, in order, with their arguments. */
  events(receipt: TransactionReceipt, contract: string, name: string): readonly (readonly unknown[])[];
  stop(): Promise<void>;
}

export async function startTestChain(): Promise<TestChain> {
  const artifacts = await readArtifacts((await compileContracts()).path);
  const node = spawn(anvil, ['--host', '127.0.0.1', '--port', '0', '--hardfork', 'prague'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  // A test run that ends early must not leave the node behind.
  const endNode = (): void => {
    node.kill('SIGTERM');
  };
  process.once('exit', endNode);
  const url = await listeningUrl(node);
  const options = { staticNetwork: true, cacheTimeout: -1, pollingInterval: 20, batchStallTime: 0 };
  const provider = new JsonRpcProvider(url, undefined, options);
  const errors = new Interface(Object.values(artifacts).flatMap(({ abi }) => abi.filter(isError)));

  async function callData(call: TestCall): Promise<{ readonly to: string; readonly data: string }> {
    const contract = contractInterface(artifacts, call.contract);
    return { to: call.at, data: contract.encodeFunctionData(call.method, [...call.args]) };
  }

  async function revertDataOf(from: Signer, call: TestCall): Promise<string> {
    try {
      await provider.call({ from: await from.getAddress(), ...(await callData(call)) });
      return 'none';
    } catch (error) {
      if (isCallException(error) && error.data !== null) return error.data;
      throw error;
    }
  }

  return {
    provider,
    artifacts,
    account: (index) =>
      HDNodeWallet.fromPhrase(mnemonic, undefined, `m/44'/60'/0'/0/${index}`).connect(provider),
    async newWallet() {
      const wallet = new Wallet(Wallet.createRandom().privateKey, provider);
      await provider.send('anvil_setBalance', [wallet.address, plenty]);
      return wallet;
    },
    async transact(signer, { contract, at, method, args }) {
      const batch = await openBatch({ signer, artifacts });
      batch.call(contract, at, method, args);
      const [receipt] = await batch.settle();
      if (receipt === undefined) throw new Error('No receipt.');
      return receipt;
    },
    async read(call) {
      const contract = contractInterface(artifacts, call.contract);
      const answer = await provider.call(await callData(call));
      const values: readonly unknown[] = contract.decodeFunctionResult(call.method, answer);
      return values[0];
    },
    revertDataOf,
    async revertOf(from, call) {
      const data = await revertDataOf(from, call);
      if (data === 'none') return data;
      const parsed = errors.parseError(data);
      return parsed === null ? data : `${parsed.name}(${parsed.args.join(', ')})`;
    },
    events(receipt, contract, name) {
      const parser = contractInterface(artifacts, contract);
      return receipt.logs.flatMap((log) => {
        const parsed = parser.parseLog(log);
        return parsed?.name === name ? [[...parsed.args]] : [];
      });
    },
    async stop() {
      provider.destroy();
      process.off('exit', endNode);
      const ended = once(node, 'exit');
      endNode();
      await ended;
    },
  };
}

function isError(fragment: { readonly type?: string }): boolean {
  return fragment.type === 'error';
}

async function listeningUrl(node: ChildProcess): Promise<string> {
  if (node.stdout === null) throw new Error('The node has no output.');
  for await (const line of createInterface({ input: node.stdout })) {
    const address = /Listening on (\S+)/.exec(line)?.[1];
    if (address === undefined) continue;
    // Left unread, the pipe would fill and hold the node up.
    node.stdout.resume();
    return `http://${address}`;
  }
  throw new Error('The node ended before it listened.');
}
