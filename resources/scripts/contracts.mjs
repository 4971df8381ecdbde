// Compiles the practice network's contracts into out/practice/artifacts.json.
// Keeps the hash of everything that shapes the outcome beside it, so an unchanged tree costs milliseconds.
import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const sourceFolder = join(root, 'electron/practice/contracts');
const modulesFolder = join(root, 'node_modules');
const outFolder = join(root, 'out/practice');
const artifactsFile = join(outFolder, 'artifacts.json');
const hashFile = join(outFolder, 'artifacts.hash');
const importedPrefix = '@openzeppelin/contracts/';

const settings = {
  evmVersion: 'prague',
  optimizer: { enabled: true, runs: 200 },
  metadata: { bytecodeHash: 'none', appendCBOR: false },
  outputSelection: { '*': { '*': ['abi', 'evm.bytecode.object'] } },
};

/**
 * Compiles when a source, the settings or a version changed since the last time.
 * @param {{ log?: (line: string) => void }} [options]
 * @returns {Promise<{ path: string, compiled: boolean }>} where the artifacts are
 * @throws {Error} with the compiler's messages in full, warnings included
 */
export async function compileContracts({ log = () => {} } = {}) {
  const sources = await readSources();
  const hash = await hashOf(sources);
  if (await isCurrent(hash)) return { path: artifactsFile, compiled: false };

  const started = performance.now();
  const artifacts = await compile(sources);
  await mkdir(outFolder, { recursive: true });
  await writeWhole(artifactsFile, `${JSON.stringify(artifacts)}\n`);
  await writeWhole(hashFile, `${hash}\n`);
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  log(`contracts: ${Object.keys(artifacts).length} compiled in ${seconds} s`);
  return { path: artifactsFile, compiled: true };
}

async function readSources() {
  const names = (await readdir(sourceFolder)).filter((name) => name.endsWith('.sol')).sort();
  const texts = await Promise.all(names.map((name) => readFile(join(sourceFolder, name), 'utf8')));
  return Object.fromEntries(names.map((name, index) => [name, { content: texts[index] }]));
}

async function hashOf(sources) {
  const script = await readFile(fileURLToPath(import.meta.url), 'utf8');
  const versions = await Promise.all(['solc', '@openzeppelin/contracts'].map(versionOf));
  return createHash('sha256').update(JSON.stringify({ sources, script, versions })).digest('hex');
}

async function versionOf(name) {
  return JSON.parse(await readFile(join(modulesFolder, name, 'package.json'), 'utf8')).version;
}

async function isCurrent(hash) {
  try {
    const [kept] = await Promise.all([readFile(hashFile, 'utf8'), readFile(artifactsFile)]);
    return kept.trim() === hash;
  } catch {
    return false;
  }
}

async function compile(sources) {
  const { default: solc } = await import('solc');
  const input = JSON.stringify({ language: 'Solidity', sources, settings });
  const output = JSON.parse(solc.compile(input, { import: importSource }));
  const messages = output.errors ?? [];
  if (messages.length > 0) throw new Error(messages.map((entry) => entry.formattedMessage).join('\n'));

  const artifacts = {};
  for (const file of Object.keys(sources)) {
    for (const [name, contract] of Object.entries(output.contracts[file] ?? {})) {
      const bytecode = contract.evm.bytecode.object;
      if (bytecode !== '') artifacts[name] = { abi: contract.abi, bytecode: `0x${bytecode}` };
    }
  }
  return artifacts;
}

function importSource(path) {
  if (!path.startsWith(importedPrefix)) return { error: `import of ${path} is not allowed` };
  try {
    return { contents: readFileSync(join(modulesFolder, path), 'utf8') };
  } catch (cause) {
    return { error: String(cause) };
  }
}

/** Two builds may run at once: a reader sees the old file or the new one, never half of it. */
async function writeWhole(path, text) {
  const temporary = `${path}.${process.pid}.${performance.now()}`;
  await writeFile(temporary, text);
  await rename(temporary, path);
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  await compileContracts({ log: console.log });
}
