/** The runtime's fixture application as a real process with a real browser. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { chromium, type Browser, type Page } from '@playwright/test';
import { RawBrowser } from './raw-browser.ts';
import { projectRoot } from './tree.ts';

const BUILT_REGISTER = path.join(projectRoot, 'out', 'main', 'chromium-register.js');
const REGISTER = path.join(projectRoot, 'electron', 'chromium-runtime', 'register.ts');
const FIXTURE = path.join(projectRoot, 'test', 'support', 'runtime-fixture', 'main.mjs');
const PATIENCE_MS = 20_000;

export interface FixtureEvent {
  readonly event: string;
  readonly [detail: string]: unknown;
}

export interface FixtureOptions {
  /** A folder for this run: data, temporary files, the address of the debugging port. */
  readonly folder: string;
  readonly environment?: NodeJS.ProcessEnv;
  /** Whether a debugging port is asked for; the page cannot be reached without. */
  readonly port?: boolean;
  readonly nodeArguments?: readonly string[];
  /** Whether it runs on the built stand-in; otherwise on its sources. */
  readonly built?: boolean;
}

export class FixtureRun {
  readonly child: ChildProcess;
  readonly events: FixtureEvent[] = [];
  readonly ended: Promise<{ readonly code: number | null; readonly signal: NodeJS.Signals | null }>;
  stderr = '';
  readonly #portFile: string;
  readonly #browsers: Browser[] = [];

  constructor(options: FixtureOptions) {
    const {
      folder,
      environment,
      port = true,
      nodeArguments = ['--disable-sigusr1'],
      built = false,
    } = options;
    this.#portFile = path.join(folder, 'port');
    const env: NodeJS.ProcessEnv = {
      PATH: process.env['PATH'],
      HOME: folder,
      TMPDIR: folder,
      FIXTURE_USER_DATA: path.join(folder, 'data'),
      RECOVERY_DESK_HEADLESS: '1',
      ...(port ? { RECOVERY_DESK_TEST_PORT_FILE: this.#portFile } : {}),
      ...environment,
    };
    this.child = spawn(
      process.execPath,
      [...nodeArguments, '--import', built ? BUILT_REGISTER : REGISTER, FIXTURE],
      {
        stdio: ['pipe', 'pipe', 'pipe'],
        env,
      },
    );
    this.ended = once(this.child, 'exit').then(([code, signal]) => ({
      code: code as number | null,
      signal: signal as NodeJS.Signals | null,
    }));
    this.child.stderr?.on('data', (chunk: Buffer) => (this.stderr += chunk.toString('utf8')));
    const { stdout } = this.child;
    if (stdout !== null) {
      createInterface({ input: stdout }).on('line', (line) =>
        this.events.push(JSON.parse(line) as FixtureEvent),
      );
    }
  }

  /** The first event of this name (and these details) from `after` on. */
  async event(name: string, details: object = {}, after = 0): Promise<FixtureEvent> {
    const wanted = Object.entries(details);
    return waitFor(
      `${name} ${JSON.stringify(details)}`,
      () =>
        this.events
          .slice(after)
          .find((one) => one.event === name && wanted.every(([key, value]) => one[key] === value)),
      () => `seen: ${JSON.stringify(this.events)} ${this.stderr}`,
    );
  }

  order(order: { readonly do: string; readonly [detail: string]: unknown }): void {
    this.child.stdin?.write(`${JSON.stringify(order)}\n`);
  }

  /**
   * The page whose address, in its reserved form, holds this. Playwright connects when the page is
   * there: one that opens while it is connected may stay deaf to it on a busy machine.
   */
  async page(part = 'https://desk-app.invalid/'): Promise<Page> {
    const raw = await RawBrowser.connect(await this.portAddress());
    await waitFor(`page ${part}`, async () => ((await raw.hasLoaded(part)) ? true : undefined));
    raw.close();
    const browser = await chromium.connectOverCDP(await this.portAddress());
    this.#browsers.push(browser);
    const pages = browser.contexts().flatMap((one) => one.pages());
    const page = pages.find((one) => one.url().includes(part));
    if (page === undefined) throw new Error(`page ${part} is gone again`);
    return page;
  }

  async portAddress(): Promise<string> {
    return waitFor('the port', () =>
      existsSync(this.#portFile) ? readFileSync(this.#portFile, 'utf8').trim() : undefined,
    );
  }

  /** Lets go of the page and ends the process, whatever its state. */
  async stop(): Promise<void> {
    for (const browser of this.#browsers) await browser.close().catch(() => undefined);
    if (this.child.exitCode === null && this.child.signalCode === null) {
      this.child.kill('SIGTERM');
      if ((await Promise.race([this.ended, delay(5000, undefined, { ref: false })])) === undefined) {
        this.child.kill('SIGKILL');
      }
    }
    await this.ended;
  }
}

/** Asks until there is an answer. */
export async function waitFor<T>(
  what: string,
  ask: () => T | undefined | Promise<T | undefined>,
  seen: () => string = () => '',
): Promise<T> {
  const end = Date.now() + PATIENCE_MS;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    if (Date.now() > end) throw new Error(`waited in vain for ${what}; ${seen()}`);
    await delay(20);
  }
}
