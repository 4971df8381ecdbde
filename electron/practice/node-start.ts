/** From settings to a node that answers: its command line, its port, and the proof that it is ours that answers. */
import path from 'node:path';
import { readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { HDNodeWallet } from 'ethers';
import { toAddress } from '../../shared/address.ts';
import type { Address } from '../../shared/address.ts';
import type { Hex } from '../../shared/values.ts';
import { launchAnvil } from './anvil-process.ts';
import type { AnvilProcess } from './anvil-process.ts';
import { freeLoopbackPort } from './free-port.ts';
import { askIdentity, makeFirstBlock } from './node-client.ts';
import { writeNodeRecord } from './node-record.ts';
import { practiceUnavailable } from './practice-failure.ts';
import { stateFileOf } from './state-backup.ts';

export interface NodeSettings {
  readonly binary: string;
  readonly folder: string;
  readonly chainId: number;
  readonly blockTime: number | null;
  readonly slotsInAnEpoch: number;
  readonly freeGas: boolean;
}

export interface RunningNode {
  readonly process: AnvilProcess;
  readonly url: string;
  readonly port: number;
  readonly firstBlockHash: Hex;
}

const ANSWER_MS = 15_000;
const POLL_MS = 20;
const PORT_TRIES = 3;

export const urlOf = (port: number): string => `http://127.0.0.1:${port}`;

/** What a running node must have been started with to serve a wish. */
export function settingsOf({ chainId, blockTime, slotsInAnEpoch, freeGas }: NodeSettings): string {
  return JSON.stringify({ chainId, blockTime, slotsInAnEpoch, freeGas });
}

/**
 * Starts the node on the wished port, or where another program took that meanwhile on another, unless `port` must be
 * `same`. @throws DeskError PRACTICE_UNAVAILABLE when it does not answer.
 */
export async function startOnPort(
  settings: NodeSettings,
  wished: number,
  port: 'same' | 'any',
): Promise<RunningNode> {
  for (let attempt = 1; ; attempt += 1) {
    const chosen = port === 'same' ? wished : await freeLoopbackPort(attempt === 1 ? wished : 0);
    const running = await startOnce(settings, chosen);
    if (running !== null) return running;
    if (port === 'same' || attempt === PORT_TRIES) throw didNotAnswer(settings.folder);
  }
}

async function startOnce(settings: NodeSettings, port: number): Promise<RunningNode | null> {
  const marker = HDNodeWallet.createRandom();
  const mark = toAddress(marker.address);
  const record = {
    port,
    chainId: settings.chainId,
    mark,
    settings: settingsOf(settings),
  };
  writeNodeRecord(settings.folder, { ...record, pid: null, firstBlockHash: null });
  const phrase = marker.mnemonic?.phrase ?? '';
  const process = await launchAnvil(settings.binary, nodeArguments(settings, port, phrase), settings.folder);
  try {
    writeNodeRecord(settings.folder, { ...record, pid: process.pid, firstBlockHash: null });
    const firstBlockHash = await whenItAnswers(process, urlOf(port), mark);
    if (firstBlockHash === null) {
      await process.stop();
      return null;
    }
    writeNodeRecord(settings.folder, { ...record, pid: process.pid, firstBlockHash });
    return { process, url: urlOf(port), port, firstBlockHash };
  } catch (error) {
    // A node without a record could neither be adopted nor told from a foreign one.
    await process.stop();
    throw error;
  }
}

/** The mnemonic makes one account without funds that marks this very process; nothing is ever sent from it. */
export function nodeArguments(settings: NodeSettings, port: number, marker: string): readonly string[] {
  const { folder, chainId, blockTime, slotsInAnEpoch, freeGas } = settings;
  const server = ['--host', '127.0.0.1', '--port', String(port), '--no-cors', '--no-request-size-limit'];
  const chain = ['--chain-id', String(chainId), '--hardfork', 'prague'];
  const finality = ['--slots-in-an-epoch', String(slotsInAnEpoch)];
  const mining = blockTime === null ? [] : ['--block-time', String(blockTime)];
  const fees = freeGas ? ['--base-fee', '0', '--gas-price', '0', '--disable-min-priority-fee'] : [];
  const state = ['--state', stateFileOf(folder), '--state-interval', '1'];
  const cache = ['--cache-path', path.join(folder, 'cache')];
  const mark = ['--accounts', '1', '--balance', '0', '--mnemonic', marker];
  return ['--quiet', ...server, ...chain, ...finality, ...mining, ...fees, ...state, ...cache, ...mark];
}

/** The first block's hash once our process answers; null when it ended, or another program answers in its stead. */
async function whenItAnswers(process: AnvilProcess, url: string, mark: Address): Promise<Hex | null> {
  const deadline = Date.now() + ANSWER_MS;
  while (!process.hasEnded() && Date.now() < deadline) {
    const identity = await askIdentity(url, ANSWER_MS);
    const isOurs = identity?.accounts.includes(mark) === true;
    if (isOurs && identity.firstBlockHash !== null) return identity.firstBlockHash;
    if (isOurs) await makeFirstBlock(url);
    else await wait(POLL_MS);
  }
  return null;
}

function didNotAnswer(folder: string): Error {
  const log = path.join(folder, 'node.log');
  return practiceUnavailable(
    `The practice network's node was started in ${folder} but does not answer.`,
    `Look into ${log} for the reason. Free disk space and memory, then try again.`,
    lastWords(log),
  );
}

function lastWords(file: string): string {
  try {
    return readFileSync(file, 'utf8').slice(-2_000);
  } catch {
    return '';
  }
}
