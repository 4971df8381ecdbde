import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { networkInterfaces, tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findAnvil } from '../../../electron/practice/anvil-binary.ts';
import { nodeClient } from '../../../electron/practice/node-client.ts';
import { startPracticeNode } from '../../../electron/practice/practice-node.ts';
import type { PracticeNode, PracticeNodeEvent } from '../../../electron/practice/practice-node.ts';
import { commandLineOf, isRunning } from '../../../electron/practice/process-identity.ts';
import { stateFileOf } from '../../../electron/practice/state-backup.ts';

const HOLDER = '0x00000000000000000000000000000000000000aa';
const OWNER = path.resolve('electron/practice/practice-node.ts');

let folder: string;
let nodes: PracticeNode[];
let events: PracticeNodeEvent[];
let pids: number[];

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'practice-node-'));
  nodes = [];
  events = [];
  pids = [];
});

afterEach(async () => {
  for (const node of nodes) await node.stop();
  for (const pid of pids) if (isRunning(pid)) process.kill(pid, 'SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

async function start(): Promise<PracticeNode> {
  const node = await startPracticeNode({ folder, onEvent: (event) => events.push(event) });
  nodes.push(node);
  return node;
}

async function ask(url: string, method: string, params: unknown[] = []): Promise<unknown> {
  const client = nodeClient(url, 31337);
  try {
    return await client.send(method, params);
  } finally {
    client.destroy();
  }
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await wait(20);
}

/** Starts a node from another process and kills that process, so that the node has no owner. */
async function orphanOf(inFolder: string): Promise<{ pid: number; url: string }> {
  const script = `
    const { startPracticeNode } = await import(${JSON.stringify(OWNER)});
    const node = await startPracticeNode({ folder: ${JSON.stringify(inFolder)} });
    console.log(JSON.stringify({ pid: node.pid, url: node.url }));
    setInterval(() => {}, 1000);`;
  const owner = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line]: unknown[] = await once(owner.stdout, 'data');
  const orphan = JSON.parse(String(line)) as { pid: number; url: string };
  pids.push(orphan.pid);
  owner.kill('SIGKILL');
  await once(owner, 'exit');
  return orphan;
}

describe('a practice node', () => {
  it('serves on the loopback interface and nowhere else', async () => {
    const { port, url } = await start();
    const others = Object.values(networkInterfaces())
      .flat()
      .flatMap((one) => (one === undefined || one.internal || one.family !== 'IPv4' ? [] : [one.address]));

    expect(await ask(url, 'eth_chainId')).toBe('0x7a69');
    for (const host of others) {
      const socket = connect({ host, port });
      const [error]: unknown[] = await once(socket, 'error');
      expect(error).toMatchObject({ code: 'ECONNREFUSED' });
    }
  });

  it('lets no web page of another origin read its answers', async () => {
    const { url } = await start();
    const headers = { 'content-type': 'application/json', origin: 'https://elsewhere.example' };
    const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'eth_chainId', params: [] });

    const answer = await fetch(url, { method: 'POST', headers, body });

    expect([...answer.headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([]);
  });

  it.runIf(process.platform === 'linux')(
    'has a process group of its own, so that Ctrl-C in the terminal does not reach it',
    async () => {
      const { pid } = await start();
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');

      const group = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[2]);

      expect(group).toBe(pid);
    },
  );

  it.runIf(process.platform === 'linux')('gets nothing of the environment but what it needs', async () => {
    process.env['PRACTICE_TEST_SECRET'] = 'secret';
    const { pid } = await start();

    expect(readFileSync(`/proc/${pid}/environ`, 'utf8')).not.toContain('PRACTICE_TEST_SECRET');
    delete process.env['PRACTICE_TEST_SECRET'];
  });

  it('comes back on its port with its state after it was killed', async () => {
    const node = await start();
    await ask(node.url, 'anvil_setBalance', [HOLDER, '0x5']);
    // Beside the first, which every node begins with.
    await ask(node.url, 'anvil_mine', ['0x3']);
    await wait(1_500);
    const first = node.pid;
    let told = 0;
    node.onRestart(() => {
      told += 1;
    });

    process.kill(first, 'SIGKILL');
    await until(() => events.some(({ kind }) => kind === 'restarted'));
    await node.whenUp();

    expect(node.pid).not.toBe(first);
    expect(await ask(node.url, 'eth_getBalance', [HOLDER, 'latest'])).toBe('0x5');
    expect(await ask(node.url, 'eth_blockNumber')).toBe('0x4');
    expect(told).toBe(1);
  });

  it('comes back from the copy when the state file was torn', async () => {
    const node = await start();
    await ask(node.url, 'anvil_setBalance', [HOLDER, '0x5']);
    await ask(node.url, 'anvil_mine', ['0x2']);
    await node.keepState();
    await node.stop();
    truncateSync(stateFileOf(node.folder), 500);

    const again = await start();

    expect(again.continued).toBe(true);
    expect(again.firstBlockHash).toBe(node.firstBlockHash);
    expect(await ask(again.url, 'eth_getBalance', [HOLDER, 'latest'])).toBe('0x5');
  });

  it('is given up when it dies again and again', async () => {
    const node = await start();
    while (!events.some(({ kind }) => kind === 'gave_up')) {
      if (isRunning(node.pid)) process.kill(node.pid, 'SIGKILL');
      await wait(50);
    }

    await expect(node.whenUp()).rejects.toMatchObject({ code: 'PRACTICE_UNAVAILABLE' });
    expect(events.filter(({ kind }) => kind === 'restarted').length).toBeLessThanOrEqual(5);
  });

  it('leaves no process behind when it is stopped, also when stopped twice', async () => {
    const node = await start();

    await Promise.all([node.stop(), node.stop()]);

    expect(isRunning(node.pid)).toBe(false);
    expect(events.filter(({ kind }) => kind === 'died')).toEqual([]);
  });

  it('goes on with its chain after a stop', async () => {
    const node = await start();
    await ask(node.url, 'anvil_mine', ['0x7']);
    await node.stop();

    const again = await start();

    expect(again.continued).toBe(true);
    expect(await ask(again.url, 'eth_blockNumber')).toBe('0x8');
  });

  it('can start over with an empty chain', async () => {
    const node = await start();
    await ask(node.url, 'anvil_mine', ['0x7']);

    const again = await node.startOver();
    nodes.push(again);

    expect(again.continued).toBe(false);
    expect(await ask(again.url, 'eth_blockNumber')).toBe('0x1');
  });
});

describe('two owners of one folder', () => {
  it('never share it: the second is refused', async () => {
    await start();

    await expect(start()).rejects.toMatchObject({ code: 'PRACTICE_UNAVAILABLE' });
  });

  it('started at the same moment, only one gets it', async () => {
    const results = await Promise.allSettled([start(), start(), start()]);

    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });
});

describe('a node whose owner was killed', () => {
  it('lives on and is adopted by the next start', async () => {
    const orphan = await orphanOf(folder);
    await ask(orphan.url, 'anvil_mine', ['0x4']);

    const node = await start();

    expect(node).toMatchObject({ pid: orphan.pid, url: orphan.url, adopted: true, continued: true });
    expect(await ask(node.url, 'eth_blockNumber')).toBe('0x5');
    await node.stop();
    expect(isRunning(orphan.pid)).toBe(false);
  });

  it('is brought back by its new owner when it dies', async () => {
    const orphan = await orphanOf(folder);
    const node = await start();
    await wait(1_200);

    process.kill(orphan.pid, 'SIGKILL');
    await until(() => events.some(({ kind }) => kind === 'restarted'));

    expect(node.pid).not.toBe(orphan.pid);
    expect(await ask(node.url, 'eth_chainId')).toBe('0x7a69');
  });

  it('is left alone when its genesis is not the recorded one, and another folder is used', async () => {
    const orphan = await orphanOf(folder);
    const file = path.join(folder, 'node', 'node.json');
    const record = JSON.parse(readFileSync(file, 'utf8')) as object;
    writeFileSync(file, JSON.stringify({ ...record, firstBlockHash: `0x${'1'.repeat(64)}` }));

    const node = await start();

    expect(node).toMatchObject({ adopted: false, continued: false });
    expect(node.folder).not.toBe(path.join(folder, 'node'));
    expect(node.port).not.toBe(Number(new URL(orphan.url).port));
    expect(isRunning(orphan.pid)).toBe(true);
    expect(events.map(({ kind }) => kind)).toContain('left_alone');
  });

  it('is not mistaken for another program that got its process id', async () => {
    const node = await start();
    await node.stop();
    const file = path.join(node.folder, 'node.json');
    const record = JSON.parse(readFileSync(file, 'utf8')) as object;
    writeFileSync(file, JSON.stringify({ ...record, pid: process.pid }));

    const again = await start();

    expect(again.adopted).toBe(false);
    expect(again.pid).not.toBe(process.pid);
  });
});

describe('the owner’s orderly exit', () => {
  /** Runs an owner that ends itself; it prints the id of its node's process first. @returns that id. */
  async function nodeOfOwner(script: string): Promise<number> {
    const owner = spawn(process.execPath, ['--input-type=module', '-e', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [line]: unknown[] = await once(owner.stdout, 'data');
    const pid = Number(String(line));
    pids.push(pid);
    return pid;
  }

  it('takes the node with it', async () => {
    const pid = await nodeOfOwner(`
      const { startPracticeNode } = await import(${JSON.stringify(OWNER)});
      const node = await startPracticeNode({ folder: ${JSON.stringify(folder)} });
      console.log(node.pid);
      process.exit(0);`);

    await until(() => !isRunning(pid));

    expect(commandLineOf(pid) ?? '').not.toContain(folder);
  });

  it.each([
    ['in the very moment in which its process lives', 'queueMicrotask(end)'],
    ['once its process has begun', "child.once('spawn', () => setImmediate(end))"],
    ['while it does not answer yet', 'setTimeout(end, 5)'],
  ])('takes a node with it that is only being started, %s', async (_when, ending) => {
    const pid = await nodeOfOwner(`
      import childProcess from 'node:child_process';
      import { syncBuiltinESMExports } from 'node:module';
      const { spawn } = childProcess;
      childProcess.spawn = (...how) => {
        const child = spawn(...how);
        const end = () => {
          console.log(child.pid);
          process.exit(130);
        };
        ${ending};
        return child;
      };
      syncBuiltinESMExports();
      const { startPracticeNode } = await import(${JSON.stringify(OWNER)});
      await startPracticeNode({ folder: ${JSON.stringify(folder)} });`);

    await until(() => !isRunning(pid));

    expect(commandLineOf(pid) ?? '').not.toContain(folder);
  });
});

describe('a machine without a practice node', () => {
  it('is told so, with a way on', () => {
    expect(() => findAnvil('aix', 'ppc64')).toThrow(
      expect.objectContaining({ code: 'PRACTICE_UNAVAILABLE', remedy: expect.any(String) as string }),
    );
  });
});
