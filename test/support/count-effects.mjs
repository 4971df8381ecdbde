// Counts from logs, blocks and balances what a recovery did, with nothing of the desk: ethers and the seed alone.
// node count-effects.mjs '{"rpc","seed","lost","replacement","operator","fromBlock"}' prints one JSON document.
import { readFileSync } from 'node:fs';
import process from 'node:process';
import { Contract, Interface, JsonRpcProvider, getAddress, id, zeroPadValue } from 'ethers';

const { rpc, seed: file, lost, replacement, operator, fromBlock } = JSON.parse(process.argv[2]);
const seed = JSON.parse(readFileSync(file, 'utf8'));
const provider = new JsonRpcProvider(rpc, seed.chainId, { staticNetwork: true, cacheTimeout: -1 });

const abi = new Interface([
  'event IdentityCreated(address indexed sender, address indexed identity, address indexed wallet)',
  'event IdentityRecovered(address indexed sender, address indexed lostWallet, address indexed newWallet, address newIdentity, address oldIdentity)',
  'event WalletRecoveryLinked(address indexed sender, address indexed lostWallet, address indexed newWallet)',
  'event TokensRecovered(address indexed sender, address indexed lostWallet, address indexed newWallet, uint256 amount)',
  'event AddressFrozen(address indexed sender, address indexed userAddress, bool indexed isFrozen)',
  'event Transfer(address indexed from, address indexed to, uint256 value)',
]);
const tokenAbi = [
  'function balanceOf(address) view returns (uint256)',
  'function getFrozenTokens(address) view returns (uint256)',
  'function isFrozen(address) view returns (bool)',
];

const topic = (address) => zeroPadValue(address, 32);
const YES = `0x${'1'.padStart(64, '0')}`;

function logs(address, event, topics) {
  return provider.getLogs({
    address,
    topics: [id(abi.getEvent(event).format()), ...topics],
    fromBlock,
    toBlock: 'latest',
  });
}

async function ofToken({ address, symbol }) {
  const token = new Contract(address, tokenAbi, provider);
  const holding = async (wallet, blockTag) => ({
    balance: String(await token.balanceOf(wallet, { blockTag })),
    frozen: String(await token.getFrozenTokens(wallet, { blockTag })),
    addressFrozen: await token.isFrozen(wallet, { blockTag }),
  });
  const freezes = async (wallet) => {
    const entries = await logs(address, 'AddressFrozen', [null, topic(wallet)]);
    const set = entries.filter((entry) => entry.topics[3] === YES).length;
    return { set, lifted: entries.length - set };
  };
  const recovered = await logs(address, 'TokensRecovered', [null, topic(lost)]);
  const left = await logs(address, 'Transfer', [topic(lost)]);
  return {
    symbol,
    token: address,
    recovered: recovered.length,
    amount: String(
      recovered.reduce(
        (sum, entry) => sum + abi.decodeEventLog('TokensRecovered', entry.data, entry.topics).amount,
        0n,
      ),
    ),
    leftFor: left.map((entry) => getAddress(`0x${entry.topics[2].slice(-40)}`)),
    freezesOfLost: await freezes(lost),
    freezesOfReplacement: await freezes(replacement),
    lost: { before: await holding(lost, fromBlock), after: await holding(lost, 'latest') },
    replacement: {
      before: await holding(replacement, fromBlock),
      after: await holding(replacement, 'latest'),
    },
  };
}

async function transactionsOf(operator) {
  const head = await provider.getBlockNumber();
  const sent = [];
  for (let number = fromBlock + 1; number <= head; number += 1) {
    const block = await provider.getBlock(number, true);
    for (const transaction of block.prefetchedTransactions) {
      if (transaction.from.toLowerCase() !== operator.toLowerCase()) continue;
      const receipt = await provider.getTransactionReceipt(transaction.hash);
      const { nonce, hash, to, data } = transaction;
      sent.push({ nonce, hash, to, data, succeeded: receipt.status === 1 });
    }
  }
  return sent;
}

const { identityFactory, identityRegistry } = seed.contracts;
const count = async (address, event, topics) => (await logs(address, event, topics)).length;
const transactions = await transactionsOf(operator);
const calls = transactions.filter(({ data }) => data !== '0x').map(({ to, data }) => `${to}:${data}`);
process.stdout.write(
  JSON.stringify({
    identityCreated: await count(identityFactory, 'IdentityCreated', [null, null, topic(replacement)]),
    identityRecovered: await count(identityRegistry, 'IdentityRecovered', [null, topic(lost)]),
    linked: await count(identityRegistry, 'WalletRecoveryLinked', [null, topic(lost)]),
    tokens: await Promise.all(seed.tokens.map(ofToken)),
    transactions: transactions.map(({ nonce, hash, succeeded }) => ({ nonce, hash, succeeded })),
    failed: transactions.filter(({ succeeded }) => !succeeded).length,
    repeatedCalls: calls.length - new Set(calls).size,
  }),
);
provider.destroy();
