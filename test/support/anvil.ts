/** Real anvil nodes for tests: each on a free loopback port, ended by its own process id. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, readdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';

export interface AnvilOptions {
  readonly chainId?: number;
  /** Further arguments, as on the command line. */
  readonly args?: readonly string[];
}

export interface Anvil {
  readonly url: string;
  readonly pid: number;
  /** One JSON-RPC request. @throws Error with the node's message. */
  rpc(method: string, params?: readonly unknown[]): Promise<unknown>;
  /** Freezes the process: connections stay open and nothing is answered. Resolves when it stands still. */
  freeze(): Promise<void>;
  thaw(): void;
  stop(): Promise<void>;
}

const LISTENING = /Listening on ([0-9.]+:\d+)/;

function binary(): string {
  const require = createRequire(import.meta.url);
  const arch = process.arch === 'x64' ? 'amd64' : process.arch;
  const manifest = require.resolve(`@foundry-rs/anvil-${process.platform}-${arch}/package.json`);
  return path.join(path.dirname(manifest), 'bin', process.platform === 'win32' ? 'anvil.exe' : 'anvil');
}

async function request(url: string, method: string, params: readonly unknown[]): Promise<unknown> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, method, params }),
  });
  const body: unknown = await response.json();
  if (typeof body === 'object' && body !== null && 'result' in body) return body.result;
  throw new Error(`${method}: ${JSON.stringify(body)}`);
}

/** The signal takes a moment to reach every thread; Linux tells when it has. */
async function stoodStill(pid: number): Promise<void> {
  if (process.platform !== 'linux') return;
  const stopped = async (thread: string): Promise<boolean> => {
    const status = await readFile(`/proc/${pid}/task/${thread}/status`, 'utf8').catch(() => 'State:\tT');
    return /^State:\s+T/m.test(status);
  };
  for (;;) {
    const threads = await readdir(`/proc/${pid}/task`);
    if ((await Promise.all(threads.map(stopped))).every(Boolean)) return;
  }
}

/** Starts a node and resolves when it listens. */
export async function startAnvil(options: AnvilOptions = {}): Promise<Anvil> {
  const chainId = String(options.chainId ?? 31337);
  const child = spawn(binary(), ['--port', '0', '--chain-id', chainId, ...(options.args ?? [])], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const exited = once(child, 'exit');
  const url = await new Promise<string>((resolve, reject) => {
    let said = '';
    const hear = (text: Buffer): void => {
      said += text.toString('utf8');
      const address = LISTENING.exec(said)?.[1];
      if (address !== undefined) resolve(`http://${address}`);
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`anvil ended with ${String(code)}: ${said}`)));
  });
  const { pid } = child;
  if (pid === undefined) throw new Error('anvil has no process id');
  // What it goes on to say is read and dropped, so that it never waits on a full pipe.
  for (const stream of [child.stdout, child.stderr]) stream.removeAllListeners('data').resume();

  return {
    url,
    pid,
    rpc: (method, params = []) => request(url, method, params),
    async freeze() {
      child.kill('SIGSTOP');
      await stoodStill(pid);
    },
    thaw: () => void child.kill('SIGCONT'),
    async stop() {
      child.kill('SIGKILL');
      await exited;
    },
  };
}
