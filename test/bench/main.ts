/**
 * The bench: prints what was measured as a table and writes all of it to out/bench.json; ends with 1 where a bound is not
 * met. All figures of a run were measured on one machine in one go: compare them with each other, not with another run's.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { projectRoot } from '../support/tree.ts';
import { ROUNDS, tableOf } from './figures.ts';
import type { Part } from './figures.ts';
import { benchLaunch } from './launch.ts';
import { openPeople } from './people.ts';
import { benchSearch } from './search.ts';
import { benchTables } from './tables.ts';

function progress(words: string): void {
  process.stderr.write(`${words}\n`);
}

/** What needs the practice network; it is gone before anything is launched. */
async function measureWithPeople(folder: string): Promise<readonly Part[]> {
  const people = await openPeople(folder);
  try {
    progress('search over 10,000 people');
    const search = await benchSearch(people);
    progress('scrolling and sorting');
    return [await benchTables(folder, people), search];
  } finally {
    await people.close();
  }
}

const folder = mkdtempSync(path.join(os.tmpdir(), 'recovery-desk-bench-'));
try {
  const before = os.loadavg();
  const others = await measureWithPeople(folder);
  progress('launching');
  const parts = [await benchLaunch(folder), ...others];
  const machine = { cores: os.availableParallelism(), load: { before, after: os.loadavg() } };
  const file = path.join(projectRoot, 'out', 'bench.json');
  writeFileSync(
    file,
    `${JSON.stringify({ at: new Date().toISOString(), rounds: ROUNDS, machine, parts }, null, 2)}\n`,
  );
  process.stdout.write(`${tableOf(parts)}\n`);
  const missed = parts.flatMap((part) => part.figures).filter((figure) => figure.met === false);
  process.stdout.write(
    missed.length === 0 ? 'all bounds are met\n' : `${String(missed.length)} bounds are not met\n`,
  );
  process.exitCode = missed.length === 0 ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}
