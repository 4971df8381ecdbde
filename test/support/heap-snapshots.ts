/** Heap snapshots of a desk's pages, over the DevTools protocol, and of its main process, by a signal that Node knows. */
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import type { CDPSession, Page } from '@playwright/test';
import { waitFor, type DeskRun } from './e2e-desk.ts';

/** What main's own Node is started with, so that it writes snapshots there. Texts are kept whole. */
export function snapshotFlags(folder: string): readonly string[] {
  return [
    '--heapsnapshot-signal=SIGUSR2',
    `--diagnostic-dir=${folder}`,
    `--heap-snapshot-string-limit=${String(2 ** 20)}`,
  ];
}

/** What in main's heap something still leads to. */
export async function snapshotOfMain(desk: DeskRun, folder: string): Promise<string> {
  desk.child.kill('SIGUSR2');
  return waitFor('the snapshot of main', () => {
    const [name] = readdirSync(folder).filter((file) => file.endsWith('.heapsnapshot'));
    if (name === undefined) return undefined;
    const text = readFileSync(path.join(folder, name), 'utf8');
    if (!text.trimEnd().endsWith(']}')) return undefined;
    rmSync(path.join(folder, name));
    return text;
  });
}

async function withSession<T>(page: Page, work: (session: CDPSession) => Promise<T>): Promise<T> {
  const session = await page.context().newCDPSession(page);
  try {
    return await work(session);
  } finally {
    await session.detach();
  }
}

/** Of all worlds of the page's process: its own and that of the preload. */
export function snapshotOfPage(page: Page): Promise<string> {
  return withSession(page, async (session) => {
    const parts: string[] = [];
    session.on('HeapProfiler.addHeapSnapshotChunk', ({ chunk }) => parts.push(chunk));
    await session.send('HeapProfiler.takeHeapSnapshot', { reportProgress: false });
    return parts.join('');
  });
}

/** Runs a script in each world of the page. @returns the names of the worlds; the page's own has none. */
export function inEachWorld(page: Page, scriptOf: (world: string) => string): Promise<readonly string[]> {
  return withSession(page, async (session) => {
    const worlds = new Map<number, string>();
    session.on('Runtime.executionContextCreated', ({ context }) => worlds.set(context.id, context.name));
    await session.send('Runtime.enable');
    for (const [contextId, world] of worlds) {
      const expression = `${scriptOf(world)}; undefined`;
      const { exceptionDetails } = await session.send('Runtime.evaluate', { expression, contextId });
      if (exceptionDetails !== undefined) throw new Error(exceptionDetails.text);
    }
    return [...worlds.values()];
  });
}
