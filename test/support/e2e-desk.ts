/** The built desk as a real process with a real window, driven as a person would drive it. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { chromium, type Browser, type Page } from '@playwright/test';
import { chooseRuntime, commandLine, electronBinary } from '../../resources/scripts/start.mjs';
import { childEnvironment } from '../../resources/scripts/child.mjs';
import type { Answer } from '../../shared/answer.ts';
import type { OutputOf } from '../../shared/contract.ts';
import type { ProcedureName } from '../../shared/contract-names.ts';
import type { DeskBridge } from '../../shared/desk-bridge.ts';
import { projectRoot } from './tree.ts';

const PATIENCE_MS = 30_000;
const ELECTRON = electronBinary(projectRoot);

/** What the suite runs in: Electron where its binary is at hand, unless RECOVERY_DESK_RUNTIME says otherwise. */
export const RUNTIME = chooseRuntime(process.env['RECOVERY_DESK_RUNTIME'], ELECTRON);

/** Why a test that needs the browser runtime is left out. */
export const ONLY_CHROMIUM =
  'Only in the browser runtime: Electron’s file dialogs and questions are the system’s own.';

const ORIGINS = {
  chromium: { desk: 'https://desk-app.invalid', entry: 'https://window-entry.invalid' },
  electron: { desk: 'app://desk', entry: 'entry://window' },
} as const;

/** Of the desk's page and of the entry window, as the pages themselves see them. */
export const { desk: DESK_ORIGIN, entry: ENTRY_ORIGIN } = ORIGINS[RUNTIME];

export interface DeskOptions {
  /** The data folder; a fresh one that goes with the desk where none is named. */
  readonly data?: string;
  /** Whether a test may reach the pages; without it nothing of the desk listens anywhere. */
  readonly port?: boolean;
  readonly environment?: NodeJS.ProcessEnv;
  /** Of main's own Node, in the browser runtime. */
  readonly nodeFlags?: readonly string[];
}

export type Reply<P extends ProcedureName> = Answer<OutputOf<P>>;

export class DeskRun {
  readonly child: ChildProcess;
  readonly data: string;
  readonly ended: Promise<number | NodeJS.Signals>;
  stderr = '';
  stdout = '';
  readonly #folder: string;
  /** Whether the data folder is gone with this run; another run may go on with one that was named. */
  readonly #ownData: boolean;
  readonly #portFile: string;
  #browser: Browser | undefined;

  constructor({ data, port = true, environment, nodeFlags = [] }: DeskOptions = {}) {
    this.#folder = mkdtempSync(path.join(tmpdir(), 'recovery-desk-e2e-'));
    this.#ownData = data === undefined;
    this.data = data ?? path.join(this.#folder, 'data');
    this.#portFile = path.join(this.#folder, 'port');
    const electronPort = RUNTIME === 'electron' && port ? ['--remote-debugging-port=0'] : [];
    const { command, args } = commandLine(projectRoot, RUNTIME, ELECTRON, electronPort);
    this.child = spawn(command, [...nodeFlags, ...args], {
      cwd: this.#folder,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        ...childEnvironment(process.execPath),
        HOME: this.#folder,
        XDG_DOCUMENTS_DIR: this.#folder,
        RECOVERY_DESK_DATA: this.data,
        RECOVERY_DESK_HEADLESS: '1',
        ...(port ? { RECOVERY_DESK_TEST_PORT_FILE: this.#portFile } : {}),
        ...environment,
      },
    });
    this.ended = once(this.child, 'exit').then(
      ([code, signal]) => (signal ?? code) as number | NodeJS.Signals,
    );
    this.child.stdout?.on('data', (chunk: Buffer) => (this.stdout += chunk.toString('utf8')));
    this.child.stderr?.on('data', (chunk: Buffer) => (this.stderr += chunk.toString('utf8')));
  }

  get pid(): number {
    if (this.child.pid === undefined) throw new Error('the desk did not start');
    return this.child.pid;
  }

  /** A folder of this run, gone with it. */
  get folder(): string {
    return this.#folder;
  }

  /** The desk's page, once it shows something. */
  async page(): Promise<Page> {
    const page = await this.#pageAt(DESK_ORIGIN);
    await page.locator('#root > *').first().waitFor();
    return page;
  }

  /** The entry window's page, once it shows its sheet. */
  async entry(): Promise<Page> {
    const page = await this.#pageAt(ENTRY_ORIGIN);
    await page.locator('#sheet[aria-busy="false"]').waitFor();
    return page;
  }

  /** A question or file dialog of the browser runtime. */
  async dialog(): Promise<Page> {
    const page = await this.#found('a dialog', (one) =>
      /^https:\/\/[0-9a-f-]+-dialog\.invalid/u.test(one.url()),
    );
    await page.locator('form').waitFor();
    return page;
  }

  /** The pages that are open now. */
  async pages(): Promise<readonly Page[]> {
    const browser = await this.#connected();
    return browser.contexts().flatMap((one) => one.pages());
  }

  /** Asks main past the user interface, as a page that was taken over could. */
  async invoke(name: string, input: unknown): Promise<Answer<unknown>> {
    const page = await this.page();
    return page.evaluate(
      ([asked, given]) =>
        (globalThis as unknown as { desk: DeskBridge }).desk.invoke(asked as ProcedureName, given) as Promise<
          Answer<unknown>
        >,
      [name, input] as const,
    );
  }

  /** Asks main and expects an answer. @throws Error of the refusal. */
  async get<P extends ProcedureName>(name: P, input: object): Promise<OutputOf<P>> {
    const answer = (await this.invoke(name, input)) as Reply<P>;
    if (!answer.ok) throw new Error(`${name}: ${answer.error.code} ${answer.error.message}`);
    return answer.value;
  }

  /** After a page's process has died, a connection knows the page as dead for ever: a new one finds it alive. */
  async reconnect(): Promise<void> {
    const browser = this.#browser;
    this.#browser = undefined;
    await browser?.close().catch(() => undefined);
  }

  /** The desk's page once it lives again after its process has died. */
  async returned(): Promise<Page> {
    return waitFor('the page to come back', async () => {
      await this.reconnect();
      const page = (await this.pages()).find((one) => one.url().startsWith(`${DESK_ORIGIN}/`));
      const shown = page?.locator('#root > *').first().waitFor({ timeout: 2000 });
      return shown?.then(
        () => page,
        () => undefined,
      );
    });
  }

  /** Ends main as a power cut would. */
  async kill(): Promise<void> {
    await this.reconnect();
    this.child.kill('SIGKILL');
    await this.ended;
    if (!this.#ownData) this.#remove();
  }

  /** Ends the desk in order, whatever its state, and removes its folders. */
  async stop(): Promise<void> {
    await this.reconnect();
    if (this.child.exitCode === null && this.child.signalCode === null) {
      this.child.kill('SIGTERM');
      // Longer than the desk gives its own services: ended before that, it would leave its practice node behind.
      const late = delay(20_000, 'late' as const, { ref: false });
      if ((await Promise.race([this.ended, late])) === 'late') this.child.kill('SIGKILL');
    }
    await this.ended;
    this.#remove();
  }

  #remove(): void {
    rmSync(this.#folder, { recursive: true, force: true, maxRetries: 5 });
  }

  async #pageAt(origin: string): Promise<Page> {
    return this.#found(origin, (page) => page.url().startsWith(`${origin}/`));
  }

  async #found(what: string, isIt: (page: Page) => boolean): Promise<Page> {
    return waitFor(
      what,
      async () => (await this.pages()).find((page) => !page.isClosed() && isIt(page)),
      () => this.stderr,
    );
  }

  async #connected(): Promise<Browser> {
    // No defaults: what a page is shown and what it may do stays as the desk decided. Local: files keep their paths.
    this.#browser ??= await chromium.connectOverCDP(await this.#address(), {
      noDefaults: true,
      isLocal: true,
    });
    return this.#browser;
  }

  async #address(): Promise<string> {
    return waitFor(
      'the address to drive the window by',
      () =>
        existsSync(this.#portFile)
          ? readFileSync(this.#portFile, 'utf8').trim()
          : /DevTools listening on (ws:\S+)/u.exec(this.stderr)?.[1],
      () => this.stderr,
    );
  }
}

/** Names one intention, as the page does for each press of a button. */
export function key(): string {
  return randomUUID();
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
