// @ts-check
import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

/**
 * @typedef {object} Owner
 * @property {number} pid
 * @property {string} started tells two processes apart that had the same pid one after the other
 * @property {string} token
 */

/**
 * Runs `work` while no other process runs work under the same lock folder. A lock whose owner is gone
 * (killed, or of a machine since restarted) is taken over.
 * @template T
 * @param {string} folder
 * @param {() => Promise<T>} work
 * @param {(pid: number) => void} [onWait] called once if another process holds the lock
 * @returns {Promise<T>}
 */
export async function withLock(folder, work, onWait = () => {}) {
  const owner = { pid: process.pid, started: startOf(process.pid), token: randomUUID() };
  let told = false;
  while (!claim(folder, owner)) {
    const holder = readOwner(folder);
    if (holder !== undefined && !isAlive(holder)) {
      takeAway(folder, holder);
      continue;
    }
    if (holder !== undefined && !told) {
      told = true;
      onWait(holder.pid);
    }
    // The end of a process that is not our child gives no event to wait for.
    await delay(100);
  }
  try {
    return await work();
  } finally {
    takeAway(folder, owner);
  }
}

/**
 * The folder appears together with its owner's name, or not at all: there is no moment at which a
 * lock has no owner that others could mistake for a stale one.
 * @param {string} folder
 * @param {Owner} owner
 */
function claim(folder, owner) {
  const draft = `${folder}.${owner.token}`;
  mkdirSync(draft, { recursive: true });
  writeFileSync(path.join(draft, 'owner.json'), JSON.stringify(owner));
  try {
    renameSync(draft, folder);
    return true;
  } catch (error) {
    rmSync(draft, { recursive: true, force: true });
    if (existsSync(folder)) return false;
    throw error;
  }
}

/**
 * Removes the lock of this owner and of no one else, though others may change it at the same time:
 * it is moved aside first, looked at, and put back if it is not the one meant.
 * @param {string} folder
 * @param {Owner} owner
 */
function takeAway(folder, owner) {
  const aside = `${folder}.${randomUUID()}`;
  try {
    renameSync(folder, aside);
  } catch {
    return;
  }
  if (readOwner(aside)?.token !== owner.token) {
    renameSync(aside, folder);
    return;
  }
  rmSync(aside, { recursive: true, force: true });
}

/**
 * @param {string} folder
 * @returns {Owner | undefined}
 */
function readOwner(folder) {
  try {
    return JSON.parse(readFileSync(path.join(folder, 'owner.json'), 'utf8'));
  } catch {
    return undefined;
  }
}

/** @param {Owner} owner */
function isAlive(owner) {
  try {
    process.kill(owner.pid, 0);
  } catch (error) {
    // Not permitted to signal it means that it is there, under another user.
    if (!(error instanceof Error && 'code' in error && error.code === 'EPERM')) return false;
  }
  return startOf(owner.pid) === owner.started;
}

/**
 * @param {number} pid
 * @returns {string} the process's start in ticks since boot, or nothing where the system does not say
 */
function startOf(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
  } catch {
    return '';
  }
}
