/** Processes and their sockets, by what /proc knows of them. */
import { readFileSync, readdirSync, readlinkSync } from 'node:fs';

/** A process and all that it started. */
export function treeOf(root: number): number[] {
  const parents = new Map<number, number>();
  for (const name of readdirSync('/proc').filter((entry) => /^\d+$/u.test(entry))) {
    try {
      const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
      parents.set(Number(name), Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]));
    } catch {
      // It has just ended.
    }
  }
  const found = [root];
  for (const pid of found) for (const [child, parent] of parents) if (parent === pid) found.push(child);
  return found;
}

/** The processes of pages among those that a desk started. */
export function renderersOf(root: number): number[] {
  return treeOf(root).filter((pid) => {
    try {
      return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('--type=renderer');
    } catch {
      return false;
    }
  });
}

/** The TCP ports at which any of the processes listens. */
export function listeningPorts(pids: readonly number[]): number[] {
  const sockets = new Set<string>();
  for (const pid of pids) {
    try {
      for (const fd of readdirSync(`/proc/${pid}/fd`)) sockets.add(readlinkSync(`/proc/${pid}/fd/${fd}`));
    } catch {
      // It has just ended, or one of its files was closed.
    }
  }
  const lines = ['tcp', 'tcp6'].flatMap((table) => readFileSync(`/proc/net/${table}`, 'utf8').split('\n'));
  return lines
    .map((line) => line.trim().split(/\s+/u))
    .filter((fields) => fields[3] === '0A' && sockets.has(`socket:[${fields[9] ?? ''}]`))
    .map((fields) => Number.parseInt(fields[1]?.split(':')[1] ?? '', 16));
}
