/** Where the build puts the compiled practice contracts, found from the sources as from the built program. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { practiceUnavailable } from './practice-failure.ts';

/** The path of out/practice/artifacts.json. @throws DeskError PRACTICE_UNAVAILABLE when there is none. */
export function findArtifacts(from: string = fileURLToPath(import.meta.url)): string {
  const root = projectFolder(path.dirname(from));
  const file = root === null ? null : path.join(root, 'out', 'practice', 'artifacts.json');
  if (file !== null && existsSync(file)) return file;
  throw practiceUnavailable(
    'The practice network cannot be set up: its contracts have not been built.',
    'Run `npm run build` in the project folder, then try again.',
  );
}

/** The nearest folder above that is the project's own. */
function projectFolder(folder: string): string | null {
  if (isProject(path.join(folder, 'package.json'))) return folder;
  const parent = path.dirname(folder);
  return parent === folder ? null : projectFolder(parent);
}

function isProject(manifest: string): boolean {
  if (!existsSync(manifest)) return false;
  const content: unknown = JSON.parse(readFileSync(manifest, 'utf8'));
  return (
    typeof content === 'object' && content !== null && 'name' in content && content.name === 'recovery-desk'
  );
}
