/** The practice network that a desk runs, as a test reaches it: past the desk, over its node's own RPC. */
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';
import type { PracticeSeed, SeededPerson } from '../../electron/practice/practice-seed.ts';

const SCRIPT = path.join(import.meta.dirname, 'count-effects.mjs');

const profileSchema = z.object({ rpcUrls: z.array(z.string()).min(1) });
const answerSchema = z.object({ result: z.unknown() });

/** The folder in which a desk keeps its practice network. */
export function practiceFolder(data: string): string {
  return path.join(data, 'practice', 'network');
}

export function practiceUrl(data: string): string {
  const file = path.join(practiceFolder(data), 'network.json');
  const { rpcUrls } = profileSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  return rpcUrls[0] ?? '';
}

export function personNamed(seed: PracticeSeed, name: string): SeededPerson {
  const found = seed.people.find((person) => person.name === name);
  if (found === undefined) throw new Error(`no practice person ${name}`);
  return found;
}

/** @throws Error where the node does not answer. */
export async function askNode(
  url: string,
  method: string,
  params: readonly unknown[] = [],
): Promise<unknown> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, method, params }),
  });
  return answerSchema.parse(await response.json()).result;
}

/** While mining is held, what was sent stays pending, and a recovery stays at its progress. */
export async function holdMining(url: string): Promise<void> {
  await askNode(url, 'evm_setAutomine', [false]);
}

export async function goOnMining(url: string): Promise<void> {
  await askNode(url, 'evm_setAutomine', [true]);
  await askNode(url, 'evm_mine');
}

const countSchema = z.object({
  identityCreated: z.int(),
  identityRecovered: z.int(),
  linked: z.int(),
  failed: z.int(),
  repeatedCalls: z.int(),
  tokens: z.array(
    z.object({
      token: z.string(),
      recovered: z.int(),
      amount: z.string(),
      freezesOfLost: z.object({ set: z.int(), lifted: z.int() }),
      freezesOfReplacement: z.object({ set: z.int(), lifted: z.int() }),
    }),
  ),
});

export interface Counted {
  readonly url: string;
  readonly seedFile: string;
  readonly lost: string;
  readonly replacement: string;
  readonly operator: string;
  /** The block before the recovery began. */
  readonly fromBlock: number;
}

/** What a recovery did on chain, counted by a script that knows nothing of the desk. */
export async function countedEffects(asked: Counted): Promise<z.output<typeof countSchema>> {
  const { url: rpc, seedFile: seed, ...rest } = asked;
  const { stdout } = await promisify(execFile)(process.execPath, [
    SCRIPT,
    JSON.stringify({ rpc, seed, ...rest }),
  ]);
  return countSchema.parse(JSON.parse(stdout));
}
