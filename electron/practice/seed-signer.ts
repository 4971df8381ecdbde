/**
 * A signer whose transactions the practice node takes unsigned: to sign a few thousand would take longer than all the
 * rest of the set-up. Only a node that was told so accepts them. Messages are signed for real.
 */
import { Signature, Transaction, TransactionResponse, Wallet, toQuantity } from 'ethers';
import type { TransactionRequest } from 'ethers';
import { NodeClient } from './node-client.ts';
import { practiceKey } from './practice-keys.ts';

const FUNDS = 10n ** 24n;

/** Hands over transactions as they are, in the name of one account. */
class UnsignedClient extends NodeClient {
  readonly #from: string;

  constructor(url: string, chainId: number, from: string) {
    super(url, chainId);
    this.#from = from;
  }

  override async broadcastTransaction(unsigned: string): Promise<TransactionResponse> {
    const { to, data, nonce, gasLimit, maxFeePerGas, maxPriorityFeePerGas, chainId } =
      Transaction.from(unsigned);
    const fields = {
      from: this.#from,
      ...(to === null ? {} : { to }),
      data,
      nonce: toQuantity(nonce),
      gas: toQuantity(gasLimit),
      maxFeePerGas: toQuantity(maxFeePerGas ?? 0n),
      maxPriorityFeePerGas: toQuantity(maxPriorityFeePerGas ?? 0n),
    };
    const hash = String(await this.send('eth_sendTransaction', [fields]));
    const sent = {
      hash,
      from: this.#from,
      to,
      data,
      nonce,
      gasLimit,
      maxFeePerGas,
      maxPriorityFeePerGas,
      chainId,
    };
    const notMined = {
      blockHash: null,
      blockNumber: null,
      index: 0,
      accessList: null,
      authorizationList: null,
    };
    const rest = { type: 2, value: 0n, gasPrice: maxFeePerGas ?? 0n, signature: Signature.from() };
    return new TransactionResponse({ ...sent, ...notMined, ...rest }, this);
  }
}

export class SeedSigner extends Wallet {
  readonly #client: UnsignedClient;

  private constructor(role: string, client: UnsignedClient) {
    super(practiceKey(role), client);
    this.#client = client;
  }

  /** The signer of a role, with funds for the set-up. Call `close` after use. */
  static async open(role: string, url: string, chainId: number): Promise<SeedSigner> {
    const { address } = new Wallet(practiceKey(role));
    const client = new UnsignedClient(url, chainId, address);
    await client.send('anvil_impersonateAccount', [address]);
    await client.send('anvil_setBalance', [address, toQuantity(FUNDS)]);
    return new SeedSigner(role, client);
  }

  /** The transaction without a signature, for its own client alone. Takes complete requests only. */
  override signTransaction(request: TransactionRequest): Promise<string> {
    const { to, data, nonce, gasLimit, maxFeePerGas, maxPriorityFeePerGas, chainId } = request;
    const unsigned = new Transaction();
    unsigned.type = 2;
    unsigned.to = typeof to === 'string' ? to : null;
    unsigned.data = data ?? '0x';
    unsigned.nonce = nonce ?? 0;
    unsigned.gasLimit = gasLimit ?? 0n;
    // On a node without a price for gas both are nothing: a tip above the highest fee is refused.
    unsigned.maxFeePerGas = maxFeePerGas ?? 0n;
    unsigned.maxPriorityFeePerGas = BigInt(maxFeePerGas ?? 0n) === 0n ? 0n : (maxPriorityFeePerGas ?? 0n);
    unsigned.chainId = chainId ?? 0n;
    return Promise.resolve(unsigned.unsignedSerialized);
  }

  /** From now on the node wants this account's signature, as everybody's. */
  async close(): Promise<void> {
    await this.#client.send('anvil_stopImpersonatingAccount', [this.address]);
    this.#client.destroy();
  }
}
