/** The stage as a real process with a real browser, and the pages in it. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { chromium, type Browser, type Page } from '@playwright/test';
import { build } from 'vite';
import { waitFor } from '../../support/runtime-process.ts';
import { projectRoot } from '../../support/tree.ts';

export const BUILT_PRELOADS = path.join(projectRoot, 'out', 'preload');
/** The desk's and the entry window's origins, in the form in which the browser draws them. */
export const DESK = 'https://desk-app.invalid/';
export const ENTRY = 'https://window-entry.invalid/';

export interface Report {
  readonly report: string;
  readonly [detail: string]: unknown;
}

/** Bundles the stage as main is bundled. @returns the path of its script. */
async function builtStage(folder: string): Promise<string> {
  await build({
    root: projectRoot,
    configFile: false,
    logLevel: 'error',
    ssr: { noExternal: true },
    build: {
      ssr: path.join(import.meta.dirname, 'stage-main.ts'),
      target: 'node24',
      outDir: path.join(folder, 'stage'),
      rolldownOptions: { external: ['electron'], output: { entryFileNames: 'stage.mjs' } },
    },
  });
  return path.join(folder, 'stage', 'stage.mjs');
}

export class Stage {
  readonly reports: Report[] = [];
  stderr = '';
  readonly #child: ChildProcess;
  readonly #ended: Promise<number | null>;
  readonly #portFile: string;
  #browser: Browser | undefined;

  private constructor(script: string, folder: string) {
    this.#portFile = path.join(folder, 'port');
    const register = path.join(projectRoot, 'out', 'main', 'chromium-register.js');
    const places = [BUILT_PRELOADS, path.join(folder, 'pages'), path.join(folder, 'data')];
    this.#child = spawn(process.execPath, ['--disable-sigusr1', '--import', register, script, ...places], {
      stdio: ['pipe', 'pipe', 'pipe'],
      env: {
        PATH: process.env['PATH'],
        HOME: folder,
        TMPDIR: folder,
        RECOVERY_DESK_HEADLESS: '1',
        RECOVERY_DESK_TEST_PORT_FILE: this.#portFile,
      },
    });
    this.#ended = once(this.#child, 'exit').then(([code]) => code as number | null);
    this.#child.stderr?.on('data', (chunk: Buffer) => (this.stderr += chunk.toString('utf8')));
    if (this.#child.stdout !== null) {
      createInterface({ input: this.#child.stdout }).on('line', (line) =>
        this.reports.push(JSON.parse(line) as Report),
      );
    }
  }

  /** Builds and starts the stage, with pages of its own for the desk window. */
  static async open(folder: string, html: string): Promise<Stage> {
    mkdirSync(path.join(folder, 'pages'), { recursive: true });
    writeFileSync(path.join(folder, 'pages', 'index.html'), html);
    const stage = new Stage(await builtStage(folder), folder);
    await stage.report('ready');
    return stage;
  }

  /** The first report of a name from `after` on. */
  report(name: string, after = 0): Promise<Report> {
    return waitFor(
      `report ${name}`,
      () => this.reports.slice(after).find((one) => one.report === name),
      () => `${JSON.stringify(this.reports)} ${this.stderr}`,
    );
  }

  order(order: { readonly do: string; readonly [detail: string]: unknown }): void {
    this.#child.stdin?.write(`${JSON.stringify(order)}\n`);
  }

  /** The page whose address begins so. */
  async page(start: string): Promise<Page> {
    const browser = await this.#connected();
    const page = await waitFor(`page ${start}`, () => pageOf(browser, start));
    await page.waitForLoadState('load');
    return page;
  }

  /** The page of a question of main, by its title. */
  async titled(title: string): Promise<Page> {
    const browser = await this.#connected();
    for (let tries = 0; tries < 400; tries += 1) {
      for (const page of browser.contexts().flatMap((context) => context.pages())) {
        if ((await page.title().catch(() => '')) === title) return page;
      }
      await delay(50);
    }
    throw new Error(`waited in vain for a page titled ${title}; ${this.stderr}`);
  }

  /** How many pages have such an address. */
  async count(start: string): Promise<number> {
    const browser = await this.#connected();
    const pages = browser.contexts().flatMap((context) => context.pages());
    return pages.filter((page) => page.url().startsWith(start)).length;
  }

  /** Settles once no page has such an address any more. */
  async gone(start: string): Promise<void> {
    const browser = await this.#connected();
    await waitFor(`the end of ${start}`, () => (pageOf(browser, start) === undefined ? true : undefined));
  }

  /** Looks at the pages anew: those that were known stay dead for a client after a crash. */
  async lookAgain(): Promise<void> {
    await this.#browser?.close();
    this.#browser = undefined;
  }

  get ended(): Promise<number | null> {
    return this.#ended;
  }

  async stop(): Promise<void> {
    await this.#browser?.close().catch(() => undefined);
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    this.#child.kill('SIGTERM');
    const late = delay(5_000, 'late' as const, { ref: false });
    if ((await Promise.race([this.#ended, late])) === 'late') this.#child.kill('SIGKILL');
    await this.#ended;
  }

  /** Where the browser of the stage is driven from. */
  portAddress(): Promise<string> {
    return waitFor(
      'the port',
      () => (existsSync(this.#portFile) ? readFileSync(this.#portFile, 'utf8').trim() : undefined),
      () => this.stderr,
    );
  }

  async #connected(): Promise<Browser> {
    const address = await this.portAddress();
    this.#browser ??= await chromium.connectOverCDP(address);
    return this.#browser;
  }
}

function pageOf(browser: Browser, start: string): Page | undefined {
  return browser
    .contexts()
    .flatMap((context) => context.pages())
    .find((page) => page.url().startsWith(start));
}
