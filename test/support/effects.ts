/** What a recovery did on chain, counted by a script that knows nothing of the desk. */
import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect } from 'vitest';
import { z } from 'zod';
import { PRACTICE_ROLES, practiceAddress } from '../../electron/practice/practice-keys.ts';
import type { SeededPerson } from '../../electron/practice/practice-seed.ts';
import { COMPILED, STARTED } from './desk-process.ts';
import type { PracticeDesk } from './practice-desk.ts';

const SCRIPT = path.join(STARTED, 'count-effects.js');

const holdingSchema = z.object({ balance: z.string(), frozen: z.string(), addressFrozen: z.boolean() });
const sidesSchema = z.object({ before: holdingSchema, after: holdingSchema });
const freezesSchema = z.object({ set: z.int(), lifted: z.int() });

const effectsSchema = z.object({
  identityCreated: z.int(),
  identityRecovered: z.int(),
  linked: z.int(),
  tokens: z.array(
    z.object({
      symbol: z.string(),
      token: z.string(),
      recovered: z.int(),
      amount: z.string(),
      leftFor: z.array(z.string()),
      freezesOfLost: freezesSchema,
      freezesOfReplacement: freezesSchema,
      lost: sidesSchema,
      replacement: sidesSchema,
    }),
  ),
  transactions: z.array(z.object({ nonce: z.int(), hash: z.string(), succeeded: z.boolean() })),
  failed: z.int(),
  repeatedCalls: z.int(),
});

export type Effects = z.output<typeof effectsSchema>;

/**
 * @param fromBlock the block before the recovery began.
 * @param operator whose transactions are listed; what happened to wallets and tokens is counted whoever did it.
 */
export async function countEffects(
  desk: PracticeDesk,
  person: SeededPerson,
  replacement: string,
  fromBlock: number,
  operator: string = practiceAddress(PRACTICE_ROLES.operator),
): Promise<Effects> {
  const asked = {
    rpc: desk.network.node.url,
    seed: desk.network.files.seed,
    lost: person.lostWallet,
    replacement,
    operator,
    fromBlock,
  };
  const { stdout } = await promisify(execFile)(process.execPath, [SCRIPT, JSON.stringify(asked)], {
    env: { ...process.env, NODE_COMPILE_CACHE: COMPILED },
  });
  return effectsSchema.parse(JSON.parse(stdout));
}

/** Every effect of a whole recovery is there once, what the person held is on the replacement, and nothing else moved. */
export function expectOnce(
  effects: Effects,
  person: SeededPerson,
  contained: 'contained' | 'not contained',
): void {
  expect(effects).toMatchObject({ identityRecovered: 1, linked: 1, failed: 0, repeatedCalls: 0 });
  expect(effects.identityCreated).toBe(1);
  const nonces = effects.transactions.map(({ nonce }) => nonce).toSorted((a, b) => a - b);
  expect(nonces).toEqual(nonces.map((_, index) => (nonces[0] ?? 0) + index));
  const held = new Map(person.holdings.map((holding) => [holding.token as string, holding.amount]));
  for (const token of effects.tokens) {
    const amount = held.get(token.token);
    const { lost, replacement } = token;
    const sum = (side: 'before' | 'after'): bigint =>
      BigInt(lost[side].balance) + BigInt(replacement[side].balance);
    expect(sum('after'), token.symbol).toBe(sum('before'));
    expect({ symbol: token.symbol, recovered: token.recovered, amount: token.amount }).toEqual({
      symbol: token.symbol,
      recovered: amount === undefined ? 0 : 1,
      amount: amount ?? '0',
    });
    if (amount === undefined) continue;
    const frozen = contained === 'contained' ? 1 : 0;
    expect(token.freezesOfLost.set, token.symbol).toBe(frozen);
    expect(token.freezesOfReplacement.lifted, token.symbol).toBe(frozen);
    expect(lost.after.balance, token.symbol).toBe('0');
    expect(replacement.after).toEqual({
      balance: amount,
      frozen: lost.before.frozen,
      addressFrozen: lost.before.addressFrozen,
    });
  }
}
