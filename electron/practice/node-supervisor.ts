/** Keeps a node alive: the same port, the same state, a bounded number of times. Ends it by its own id. */
import { setTimeout as wait } from 'node:timers/promises';
import { asDeskError } from '../../shared/errors.ts';
import type { DeskError } from '../../shared/errors.ts';
import { startOnPort } from './node-start.ts';
import type { NodeSettings, RunningNode } from './node-start.ts';
import { practiceUnavailable } from './practice-failure.ts';
import { keepState, mendState } from './state-backup.ts';

export type PracticeNodeEvent =
  /** A node whose owner had gone was taken over. */
  | { readonly kind: 'adopted'; readonly pid: number }
  /** Something runs on this folder's state that is not surely ours; another folder is used. */
  | { readonly kind: 'left_alone'; readonly folder: string }
  | { readonly kind: 'died'; readonly pid: number }
  | { readonly kind: 'restarted'; readonly pid: number }
  /** It died too often, or came back as another chain. */
  | { readonly kind: 'gave_up'; readonly error: DeskError };

export interface Supervisor {
  /** The id of the process that serves now. */
  readonly pid: number;
  /** Resolves when a node serves (at once, unless it is being restarted); rejects PRACTICE_UNAVAILABLE after giving up. */
  whenUp(): Promise<void>;
  /** Calls back after each restart. @returns how to stop that. */
  onRestart(listener: () => void): () => void;
  /** Keeps a whole copy of the chain's state now (done every few seconds by itself). */
  keepState(): Promise<void>;
  /** Ends the node and waits until it is gone. May be called more than once. */
  stop(): Promise<void>;
}

const MOST_DEATHS = 5;
const WITHIN_MS = 30_000;
const KEEP_EVERY_MS = 5_000;

/** Watches over a node that answers. `release` is called once, when there is nothing left to watch over. */
export function supervise(
  first: RunningNode,
  settings: NodeSettings,
  onEvent: (event: PracticeNodeEvent) => void,
  release: () => void,
): Supervisor {
  const listeners = new Set<() => void>();
  const deaths: number[] = [];
  let current = first;
  let stopping: Promise<void> | null = null;
  let up: Promise<void> = Promise.resolve();
  let keptBlock: string | null = null;

  async function keep(): Promise<void> {
    keptBlock = await keepState(first.url, settings.folder, keptBlock);
  }

  async function watch(): Promise<void> {
    for (;;) {
      const { pid, exited } = current.process;
      await exited;
      if (stopping !== null) return;
      onEvent({ kind: 'died', pid });
      const back = bringBack();
      up = back;
      // Whoever asks `whenUp` meets the failure; the event tells the others.
      await back.catch(() => undefined);
      if (stopping !== null || current.process.pid === pid) return;
    }
  }

  async function bringBack(): Promise<void> {
    try {
      current = await comeBack(first, settings, deaths, () => stopping !== null);
    } catch (error) {
      letGo();
      onEvent({ kind: 'gave_up', error: asDeskError(error) });
      throw error;
    }
    if (stopping !== null) return;
    onEvent({ kind: 'restarted', pid: current.process.pid });
    for (const listener of listeners) listener();
  }

  async function end(): Promise<void> {
    await up.catch(() => undefined);
    await current.process.stop();
    letGo();
  }

  function letGo(): void {
    clearInterval(timer);
    release();
  }

  // A node that is away at one turn is asked again at the next.
  const timer = setInterval(() => void keep().catch(() => undefined), KEEP_EVERY_MS).unref();
  void watch();
  return {
    get pid() {
      return current.process.pid;
    },
    whenUp: () => up,
    onRestart: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    keepState: keep,
    stop: () => (stopping ??= end()),
  };
}

/** The node again, on its port and with its state. `deaths` remembers across calls how often that was needed. */
async function comeBack(
  first: RunningNode,
  settings: NodeSettings,
  deaths: number[],
  givenUp: () => boolean,
): Promise<RunningNode> {
  for (;;) {
    deaths.push(Date.now());
    const recent = deaths.filter((time) => time > Date.now() - WITHIN_MS).length;
    if (recent > MOST_DEATHS || givenUp()) throw diesTooOften();
    mendState(settings.folder);
    const next = await startOnPort(settings, first.port, 'same').catch(() => null);
    if (next === null) {
      await wait(100 * recent);
      continue;
    }
    if (next.firstBlockHash === first.firstBlockHash) return next;
    await next.process.stop();
    throw cameBackEmpty();
  }
}

function diesTooOften(): DeskError {
  return practiceUnavailable(
    'The practice network stopped: its node ended again and again.',
    'Free memory and disk space, then start the practice network again. No real network is concerned.',
  );
}

function cameBackEmpty(): DeskError {
  return practiceUnavailable(
    'The practice network stopped: its node ended and its chain could not be read back.',
    'Start the practice network again: it is then set up anew. No real network is concerned.',
  );
}
