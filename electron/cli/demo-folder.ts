/** The folder that one demo works in: fresh each time; those of earlier demos are cleared away. */
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const PREFIX = 'demo-';

/** Whether a process with this id lives; one of another user counts as living. */
function lives(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** Makes the folder, and removes those whose demo has ended. */
export function demoFolder(data: string): string {
  const home = path.join(path.resolve(data), 'practice');
  mkdirSync(home, { recursive: true, mode: 0o700 });
  for (const name of readdirSync(home)) {
    const owner = Number(name.startsWith(PREFIX) ? name.slice(PREFIX.length).split('-')[0] : Number.NaN);
    if (Number.isInteger(owner) && owner !== process.pid && !lives(owner)) {
      rmSync(path.join(home, name), { recursive: true, force: true });
    }
  }
  const folder = mkdtempSync(path.join(home, `${PREFIX}${process.pid}-`));
  writeFileSync(path.join(folder, 'README.txt'), 'A practice network. Nothing here is real.\n');
  return folder;
}
