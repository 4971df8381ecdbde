// A thief with the lost key, in a process of its own: from the first freeze on tries each block to send a unit of
// each token that is frozen to the accomplice. node thief.mjs '{"rpc","keyFile","tokens","accomplice"}'; ends on
// SIGTERM with one JSON document: how often it tried, and what of it went through.
import { readFileSync } from 'node:fs';
import process from 'node:process';
import { Contract, JsonRpcProvider, Wallet } from 'ethers';

const { rpc, keyFile, tokens, accomplice } = JSON.parse(process.argv[2]);
const provider = new JsonRpcProvider(rpc, undefined, {
  staticNetwork: true,
  cacheTimeout: -1,
  pollingInterval: 50,
});
const thief = new Wallet(readFileSync(keyFile, 'utf8').trim(), provider);
const abi = [
  'function transfer(address,uint256) returns (bool)',
  'function isFrozen(address) view returns (bool)',
];
const contracts = tokens.map((address) => new Contract(address, abi, thief));

const sent = [];
let nonce = await provider.getTransactionCount(thief.address);
let going = true;
let attempt = Promise.resolve();

async function tryAll() {
  for (const token of contracts) {
    if (!going || !(await token.isFrozen(thief.address))) continue;
    const fee = { maxFeePerGas: 20_000_000_000n, maxPriorityFeePerGas: 10_000_000_000n };
    const transaction = await token.transfer(accomplice, 1n, { nonce, gasLimit: 300_000n, ...fee });
    nonce += 1;
    sent.push(transaction.hash);
  }
}

void provider.on('block', () => {
  attempt = attempt.then(tryAll);
});
async function tell() {
  going = false;
  await attempt;
  const receipts = await Promise.all(sent.map((hash) => provider.getTransactionReceipt(hash)));
  const mined = receipts.filter((receipt) => receipt !== null);
  process.stdout.write(
    JSON.stringify({
      tried: sent.length,
      mined: mined.length,
      succeeded: mined.filter(({ status }) => status === 1).length,
    }),
  );
  provider.destroy();
}
process.on('SIGTERM', () => void tell());
process.stderr.write('ready\n');
