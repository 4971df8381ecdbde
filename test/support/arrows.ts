import path from 'node:path';
import { reachOf, type Import, type Reach } from './imports.ts';

/** A source file: its path from the project's root, with forward slashes, and its text. */
export interface Source {
  readonly path: string;
  readonly text: string;
}

/** The rooms of electron/, lowest first; rooms of one level do not know each other. */
const LEVELS: readonly (readonly string[])[] = [
  ['store', 'network', 'policy'],
  ['chain'],
  ['protocols'],
  ['recovery', 'operator', 'participants', 'review', 'audit'],
  ['ipc', 'practice'],
  ['records'],
  ['desk'],
  ['workbench'],
  ['shell', 'cli'],
  ['main'],
];

/** Where a room may know less than its level allows. */
const NARROWER: ReadonlyMap<string, readonly string[]> = new Map([
  ['shared', []],
  ['renderer', ['shared']],
  ['preload', ['shared']],
  ['entry-preload', ['shared']],
  ['chromium-runtime', []],
  ['practice', ['shared', 'store', 'network', 'policy', 'chain']],
]);

const ELECTRON_ONLY = new Set(['ethers', 'better-sqlite3', 'keytar']);
/** It makes code of text, which the page's policy refuses, and main parses what it is sent anyway. */
const NEVER_IN_PAGES = new Set(['zod']);
const SOCKET_MODULES = new Set(['http', 'https', 'http2', 'net', 'tls', 'dgram', 'undici', 'ws']);
const SOCKET_GLOBALS = new Set(['fetch', 'WebSocket', 'EventSource', 'XMLHttpRequest']);
/** What of ethers can connect by itself, past the network room and its allowed hosts; all of it can. */
const CONNECTING_ETHERS =
  /^(?:\*|ethers|FetchRequest|getDefaultProvider|(?!JsonRpcApi|Abstract|Browser)\w+Provider)$/u;

/**
 * What signs, and what a key lies open in: nothing outside the room leads there but an armed signer.
 * By file, with the names that no other room takes from it; all of it where none are listed.
 */
const KEYS_OF_OPERATORS: readonly (readonly [RegExp, readonly string[]])[] = [
  [/^electron\/operator\/signer\.ts$/u, []],
  [/^electron\/operator\/signers\//u, []],
  [/^electron\/operator\/keystore\.ts$/u, ['openKeystore', 'OpenKey', '*']],
  [/^electron\/operator\/held-signer\.ts$/u, ['holdSigner', 'signerBehind', '*']],
];

/** The one file that takes the signer from behind what other rooms hold. */
const ARMS = 'electron/operator/armed-signer.ts';
/** They use the global fetch unless they are given another; the folder that gives them one may have them. */
const CONNECTING_PACKAGES = new Set(['openid-client', 'oauth4webapi']);
const OPENID_FOLDER = 'electron/operator/oidc/';

/** Every arrow that a source draws and must not, in words. */
export function forbiddenArrows(source: Source): string[] {
  const room = roomOf(source.path);
  if (room === undefined) return [`${source.path}: belongs to no room`];
  const reach = reachOf(source.path, source.text);
  return [
    ...reach.imports.flatMap((one) => refusalsOf(source.path, room, one)),
    ...socketGlobals(room, reach),
    ...practiceArtifacts(room, source.text),
  ].map((refusal) => `${source.path}: ${refusal}`);
}

/** The room a path lies in; the files directly below electron/ are rooms of their own. */
export function roomOf(file: string): string | undefined {
  const [top, second, third] = file.split('/');
  if (top === 'shared' || top === 'renderer') return top;
  if (top !== 'electron' || second === undefined) return undefined;
  const name = third === undefined ? second.replace(/\.ts$/u, '') : second;
  return LEVELS.flat().includes(name) || NARROWER.has(name) ? name : undefined;
}

function refusalsOf(file: string, room: string, one: Import): string[] {
  if (!one.specifier.startsWith('.')) return outsideRefusals(file, room, one);
  const target = path.posix.join(path.posix.dirname(file), one.specifier);
  const targetRoom = roomOf(target);
  if (targetRoom === undefined) return [`imports ${target}, which is no room's`];
  if (targetRoom === room) return [...familyRefusals(file, target), ...unarmedRefusals(file, one)];
  const keys = keyRefusals(target, one);
  return mayKnow(room, targetRoom) ? keys : [`${room} must not import ${targetRoom}`, ...keys];
}

function keyRefusals(target: string, one: Import): string[] {
  const inner = KEYS_OF_OPERATORS.find(([files]) => files.test(target));
  if (inner === undefined || one.typeOnly) return [];
  const [, names] = inner;
  const taken = one.names.length === 0 ? ['*'] : one.names;
  return names.length === 0 || taken.some((name) => names.includes(name))
    ? [`only operator signs, yet it takes ${taken.join(', ')} of ${target}`]
    : [];
}

function unarmedRefusals(file: string, one: Import): string[] {
  return one.names.includes('signerBehind') && file !== ARMS
    ? [`only ${ARMS} takes signers from behind what other rooms hold`]
    : [];
}

function mayKnow(room: string, target: string): boolean {
  const narrower = NARROWER.get(room);
  if (narrower !== undefined) return narrower.includes(target);
  return target === 'shared' || (levelOf(target) !== -1 && levelOf(target) < levelOf(room));
}

function levelOf(room: string): number {
  return LEVELS.findIndex((level) => level.includes(room));
}

function familyRefusals(file: string, target: string): string[] {
  const [from, to] = [familyOf(file), familyOf(target)];
  if (from === undefined || to === undefined || from === to) return [];
  return [`protocol family ${from} must not import family ${to}`];
}

function familyOf(file: string): string | undefined {
  return /^electron\/protocols\/([^/]+)\//u.exec(file)?.[1];
}

function outsideRefusals(file: string, room: string, one: Import): string[] {
  const name = one.specifier.replace(/^node:/u, '');
  const packageName = name.startsWith('@') ? name : (name.split('/')[0] ?? name);
  const refusals: string[] = [];
  if (packageName === 'electron' && !mayUseElectron(room, one)) {
    refusals.push('only shell, main and preload import electron');
  }
  if (ELECTRON_ONLY.has(packageName) && (room === 'shared' || room === 'renderer')) {
    refusals.push(`${packageName} stays under electron/`);
  }
  if (NEVER_IN_PAGES.has(packageName) && !one.typeOnly && room === 'renderer') {
    refusals.push(`${packageName} does not get into a page`);
  }
  if (SOCKET_MODULES.has(packageName) && !mayUseSockets(room, name)) {
    refusals.push(`only network opens sockets, yet it imports ${one.specifier}`);
  }
  if (CONNECTING_PACKAGES.has(packageName) && !one.typeOnly && !file.startsWith(OPENID_FOLDER)) {
    refusals.push(`only network opens sockets, yet it imports ${one.specifier}`);
  }
  // The start of the window would pay for it. An `import()` names nothing.
  if (CONNECTING_PACKAGES.has(packageName) && !one.typeOnly && one.names.length > 0) {
    refusals.push(`${one.specifier} is loaded by import() alone, when somebody signs in`);
  }
  const connecting =
    packageName === 'ethers' ? one.names.find((used) => CONNECTING_ETHERS.test(used)) : undefined;
  if (connecting !== undefined && !one.typeOnly && room !== 'network') {
    refusals.push(`only network opens sockets, yet it uses ${connecting} of ethers`);
  }
  return refusals;
}

/** The stand-in for Electron is typed after Electron's own declarations, which are erased. */
function mayUseElectron(room: string, one: Import): boolean {
  return (
    ['shell', 'main', 'preload', 'entry-preload'].includes(room) ||
    (room === 'chromium-runtime' && one.typeOnly)
  );
}

/** The practice network looks for a free loopback port for its node; it connects to nothing by that. */
function mayUseSockets(room: string, name: string): boolean {
  return room === 'network' || (room === 'practice' && name === 'net');
}

function socketGlobals(room: string, reach: Reach): string[] {
  if (room === 'network') return [];
  return reach.globals
    .filter((name) => SOCKET_GLOBALS.has(name))
    .map((name) => `only network opens sockets, yet it uses ${name}`);
}

/** Practice contracts and keys are public knowledge: no other room may come to lean on them. */
function practiceArtifacts(room: string, text: string): string[] {
  if (room === 'practice') return [];
  return /\bout\/practice\b|\bpractice[/-]artifacts?\b/u.test(text)
    ? ['only practice knows the practice artifacts']
    : [];
}
