import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import type { Readable, Writable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { browserEnvironment } from './browser-environment.ts';
import { browserSwitches, type SwitchOptions } from './browser-switches.ts';
import { CdpConnection } from './cdp-connection.ts';
import { findBrowser } from './find-browser.ts';
import { makeProfileFolder, removeProfile } from './profile-folder.ts';
import { RuntimeError } from './runtime-error.ts';

/** How long a browser may take to its first answer: a slow disk takes seconds, a forbidden one for ever. */
const ANSWER_DEADLINE_MS = 20_000;
const END_DEADLINE_MS = 3000;

export interface LaunchOptions {
  readonly headless: boolean;
  readonly testPort: boolean;
  readonly environment?: NodeJS.ProcessEnv;
  readonly platform?: NodeJS.Platform;
  readonly answerDeadlineMs?: number;
}

/** A running browser that answers over its pipe; it does not outlive this process. */
export interface BrowserProcess {
  readonly executable: string;
  readonly switches: SwitchOptions;
  readonly connection: CdpConnection;
  readonly pid: number;
  /** Such as `Chrome/156.0.8078.79`. */
  readonly product: string;
  /** Settles when the browser is gone, whoever ended it. */
  readonly gone: Promise<void>;
  /** Ends the browser, politely first, and removes its profile. */
  end(): Promise<void>;
}

/**
 * Starts the system's browser and waits for its first answer.
 * @throws RuntimeError BROWSER_NOT_FOUND, NO_DISPLAY, BROWSER_POLICY_FORBIDS, BROWSER_LOST
 */
export async function launchBrowser(options: LaunchOptions): Promise<BrowserProcess> {
  const { environment = process.env, platform = process.platform } = options;
  const executable = findBrowser();
  const display = displayOf(options.headless, platform, environment);
  const switches: SwitchOptions = {
    profileFolder: makeProfileFolder(tmpdir()),
    headless: options.headless,
    root: process.getuid?.() === 0,
    testPort: options.testPort,
  };
  const child = spawn(executable, browserSwitches(switches), {
    // The pipes are inherited as fds 3 and 4; what the browser logs is nobody's business.
    stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'],
    env: browserEnvironment(environment),
    // A group of its own: Ctrl-C in the terminal goes to this process, which ends the browser in order.
    detached: platform !== 'win32',
  });
  const endNow = () => {
    killGroup(child);
    removeProfile(switches.profileFolder);
  };
  // In the last moment of this process nothing can be awaited.
  process.once('exit', endNow);
  try {
    const deadlineMs = options.answerDeadlineMs ?? ANSWER_DEADLINE_MS;
    return await firstAnswer(child, { executable, display, switches, deadlineMs });
  } catch (error) {
    endNow();
    throw error;
  }
}

interface Started {
  readonly executable: string;
  /** What its windows open on; undefined where there is no choice. */
  readonly display: string | undefined;
  readonly switches: SwitchOptions;
  readonly deadlineMs: number;
}

async function firstAnswer(child: ChildProcess, started: Started): Promise<BrowserProcess> {
  const { executable, display, switches, deadlineMs } = started;
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
    child.once('error', () => resolve());
  });
  const [, , , output, input] = child.stdio;
  if (child.pid === undefined || output === null || input === null) throw cannotStart(executable, display);
  const { promise: closed, resolve: close } = Promise.withResolvers<void>();
  const connection = new CdpConnection(input as Readable, output as Writable, close);
  const version = connection.root.send('Browser.getVersion').catch(() => undefined);
  const timer = new AbortController();
  const late = delay(deadlineMs, 'late' as const, { signal: timer.signal }).catch(() => 'late' as const);
  const first = await Promise.race([version, late, ended.then(() => undefined)]);
  timer.abort();
  if (first === 'late') throw silent(deadlineMs, display);
  if (first === undefined) throw cannotStart(executable, display);
  return {
    executable,
    switches,
    connection,
    pid: child.pid,
    product: first.product,
    gone: Promise.race([ended, closed]),
    end: () => endProcess(child, connection, ended, switches.profileFolder),
  };
}

async function endProcess(
  child: ChildProcess,
  connection: CdpConnection,
  ended: Promise<void>,
  profileFolder: string,
): Promise<void> {
  connection.root.tell('Browser.close');
  const timer = new AbortController();
  const late = delay(END_DEADLINE_MS, undefined, { signal: timer.signal }).catch(() => undefined);
  await Promise.race([ended, late]);
  timer.abort();
  killGroup(child);
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit').catch(() => undefined);
  connection.close();
  removeProfile(profileFolder);
}

/** Ends the browser and what it started; it leads a group of its own where there are groups. */
function killGroup(child: ChildProcess): void {
  if (child.pid === undefined) return;
  try {
    process.kill(process.platform === 'win32' ? child.pid : -child.pid, 'SIGKILL');
  } catch {
    // It ended by itself.
  }
}

/** @throws RuntimeError NO_DISPLAY */
function displayOf(
  headless: boolean,
  platform: NodeJS.Platform,
  environment: NodeJS.ProcessEnv,
): string | undefined {
  if (headless || platform !== 'linux') return undefined;
  const set = ['DISPLAY', 'WAYLAND_DISPLAY'].filter((name) => environment[name]);
  if (set.length > 0) return set.map((name) => `${name}=${String(environment[name])}`).join(', ');
  throw new RuntimeError(
    'NO_DISPLAY',
    'There is no display to open a window on: neither DISPLAY nor WAYLAND_DISPLAY is set.',
    'Start the desk in a graphical session, or under a virtual display ("xvfb-run npm start"). The terminal ("npm run desk") needs none.',
  );
}

function silent(deadlineMs: number, display: string | undefined): RuntimeError {
  const seconds = Math.round(deadlineMs / 1000);
  const other =
    display === undefined ? '' : ` If there is none, see whether the display (${display}) answers.`;
  return new RuntimeError(
    'BROWSER_POLICY_FORBIDS',
    `The browser started but gave no answer within ${seconds} seconds; it was ended. Most often a policy of this machine keeps browsers from being driven by programs.`,
    `Ask who manages this machine about the browser policies RemoteDebuggingAllowed (must not be false) and DeveloperToolsAvailability (must not be 2), or for the Electron build of the desk, which needs neither.${other}`,
  );
}

function cannotStart(executable: string, display: string | undefined): RuntimeError {
  const reaches = display === undefined ? '' : `whether it reaches the display (${display}), and `;
  return new RuntimeError(
    'BROWSER_LOST',
    `The browser ${executable} ended before it could be used.`,
    `Start it by hand once to see what it says: ${reaches}whether, in a container, it lacks shared memory or libraries.`,
  );
}
