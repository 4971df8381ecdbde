/** A contract that belongs to no system and wants to be in the way: logs a payment to a wallet, then answers badly. */
import { id, zeroPadValue } from 'ethers';
import type { Signer } from 'ethers';

/** What it does whenever it is asked anything. */
export const HOSTILE_ANSWERS = {
  /** JUMPDEST, PUSH1 0, JUMP: until the gas is gone. */
  'burns all gas': '5b600056',
  /** RETURN of two megabytes of zeros. */
  'returns megabytes': '622000006000f3',
} as const;

export type HostileAnswer = keyof typeof HOSTILE_ANSWERS;

/** Bytes of creation code before the code that stays. */
const PREFIX_BYTES = 78;

function byte(value: number): string {
  return value.toString(16).padStart(2, '0');
}

/** Deploys it; the transfer to the wallet is logged by the creation itself. @returns its address. */
export async function deployHostile(signer: Signer, wallet: string, answer: HostileAnswer): Promise<string> {
  const code = HOSTILE_ANSWERS[answer];
  const length = byte(code.length / 2);
  const creation = [
    '6001600052', // an amount of 1 in memory
    `73${wallet.slice(2)}6000`, // to the wallet, from the zero address
    `7f${id('Transfer(address,address,uint256)').slice(2)}`,
    '60206000a3', // LOG3
    `60${length}60${byte(PREFIX_BYTES)}600039`, // CODECOPY
    `60${length}6000f3`, // RETURN
    code,
  ].join('');
  const sent = await signer.sendTransaction({ data: `0x${creation}`, gasLimit: 300_000n });
  const receipt = await sent.wait();
  const [log] = receipt?.logs ?? [];
  if (log?.topics[2] !== zeroPadValue(wallet, 32).toLowerCase()) throw new Error('it logged no transfer');
  return log.address;
}
