import { randomUUID } from 'node:crypto';
import {
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  watch,
  writeFileSync,
  type FSWatcher,
} from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** What a second start tells the first. */
export interface SecondStart {
  readonly argv: readonly string[];
  readonly cwd: string;
  readonly additionalData?: unknown;
}

/**
 * The lock by which one instance of the application runs per data folder. It is an exclusive lock of
 * the operating system on a small SQLite file: it ends with its process, however that ends. A second
 * start leaves a note in a folder that the first one watches; no socket is opened.
 */
export class InstanceLock {
  readonly #folder: string;
  #held: DatabaseSync | undefined;
  #watcher: FSWatcher | undefined;

  constructor(userData: string) {
    this.#folder = path.join(userData, 'instance');
  }

  get isHeld(): boolean {
    return this.#held !== undefined;
  }

  /** @returns whether this process is the first; if not, the first one has been told. */
  acquire(mine: SecondStart, second: (start: SecondStart) => void): boolean {
    if (this.#held !== undefined) return true;
    const notes = path.join(this.#folder, 'second-starts');
    mkdirSync(notes, { recursive: true, mode: 0o700 });
    const database = new DatabaseSync(path.join(this.#folder, 'lock.sqlite'));
    try {
      database.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE');
    } catch {
      database.close();
      leaveNote(notes, mine);
      return false;
    }
    this.#held = database;
    takeNotes(notes, () => undefined);
    this.#watcher = watch(notes, () => takeNotes(notes, second));
    this.#watcher.unref();
    return true;
  }

  release(): void {
    this.#watcher?.close();
    this.#held?.close();
    this.#held = undefined;
  }
}

function leaveNote(folder: string, start: SecondStart): void {
  const draft = path.join(folder, `${randomUUID()}.draft`);
  writeFileSync(draft, JSON.stringify(start), { mode: 0o600 });
  renameSync(draft, draft.replace(/\.draft$/u, '.json'));
}

function takeNotes(folder: string, second: (start: SecondStart) => void): void {
  for (const name of readdirSync(folder).filter((one) => one.endsWith('.json'))) {
    const file = path.join(folder, name);
    try {
      const start = JSON.parse(readFileSync(file, 'utf8')) as SecondStart;
      rmSync(file);
      second(start);
    } catch {
      // Another event of the same folder took it.
    }
  }
}
