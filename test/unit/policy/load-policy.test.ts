import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadNetworkProfile } from '../../../electron/policy/load-network-profile.ts';
import { loadPolicy } from '../../../electron/policy/load-policy.ts';
import { DEFAULT_POLICY } from '../../support/default-policy.ts';

let dir: string;

beforeEach(() => {
  dir = mkdtempSync(path.join(os.tmpdir(), 'desk-policy-'));
});

afterEach(() => rmSync(dir, { recursive: true }));

function write(name: string, content: unknown): string {
  const file = path.join(dir, name);
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  return file;
}

/** An error with a code, and words in its message. */
function refusal(code: string, ...words: readonly string[]): unknown {
  return expect.objectContaining({
    code,
    message: expect.stringMatching(
      new RegExp(words.map((word) => word.replace(/[.[\]]/g, '\\$&')).join('.*')),
    ),
  });
}

describe('the policy', () => {
  it('is the default where no file is', () => {
    expect(loadPolicy({})).toEqual(DEFAULT_POLICY);
    expect(
      loadPolicy({ machinePolicyFile: path.join(dir, 'no'), settingsFile: path.join(dir, 'ne') }),
    ).toEqual(DEFAULT_POLICY);
  });

  it('takes settings over defaults, and the machine policy over both', () => {
    const settingsFile = write('settings.json', { readRetries: 7, maxBumps: 2 });
    const machinePolicyFile = write('policy.json', { maxBumps: 9 });

    expect(loadPolicy({ settingsFile, machinePolicyFile })).toEqual({
      ...DEFAULT_POLICY,
      readRetries: 7,
      maxBumps: 9,
    });
  });

  it('keeps a setting that the machine policy does not name, even where its default differs', () => {
    const settingsFile = write('settings.json', { allowPlainHttp: true });

    expect(loadPolicy({ settingsFile, machinePolicyFile: write('policy.json', {}) }).allowPlainHttp).toBe(
      true,
    );
  });

  it('refuses sign-in at an identity provider where none is named, by the file that allows it', () => {
    const settingsFile = write('settings.json', { signIn: ['passphrase', 'oidc'] });
    const machinePolicyFile = write('policy.json', { signIn: ['oidc'] });
    const oidc = { issuer: 'https://id.example', clientId: 'desk' };

    expect(() => loadPolicy({ settingsFile })).toThrow(
      refusal('POLICY_INVALID', 'settings.json', '"signIn"', '"oidc"'),
    );
    expect(() => loadPolicy({ settingsFile, machinePolicyFile })).toThrow(
      expect.objectContaining({
        code: 'POLICY_INVALID',
        message: expect.stringContaining('policy.json') as string,
        remedy: expect.stringContaining('"oidc"') as string,
      }),
    );
    expect(loadPolicy({ settingsFile: write('both.json', { oidc }), machinePolicyFile }).oidc).toMatchObject(
      oidc,
    );
  });

  it('refuses an unknown key by name and file', () => {
    const file = write('settings.json', { readRetry: 7 });

    expect(() => loadPolicy({ settingsFile: file })).toThrow(
      refusal('POLICY_INVALID', 'settings.json', '"readRetry" is not a known key'),
    );
  });

  it('refuses a wrong value, saying what it should be', () => {
    const file = write('policy.json', { maxBumps: 99, allowPlainHttp: 'yes' });

    expect(() => loadPolicy({ machinePolicyFile: file })).toThrow(
      refusal('POLICY_INVALID', '"allowPlainHttp" must be true or false', '"maxBumps" must be at most 20'),
    );
  });

  it.each(['[]', '3', 'null', '"text"'])('refuses a file that is %s', (text) => {
    expect(() => loadPolicy({ settingsFile: write('settings.json', text) })).toThrow(
      refusal('POLICY_INVALID', 'the file must be an object'),
    );
  });

  it('refuses a file that is no JSON', () => {
    expect(() => loadPolicy({ settingsFile: write('settings.json', '{') })).toThrow(
      refusal('POLICY_INVALID', 'not valid JSON'),
    );
  });
});

describe('a network profile', () => {
  const SYSTEM = '0x5FbDB2315678afecb367f032d93F642f64180aa3';
  const GOOD = {
    name: 'Net',
    chainId: 1,
    rpcUrls: ['https://node.example/'],
    protocol: 'smart',
    system: SYSTEM,
  };

  it('is read with the folder it lies in, with or without a byte order mark', () => {
    const file = write('net.json', `\uFEFF${JSON.stringify(GOOD)}`);

    expect(loadNetworkProfile(file)).toEqual({ profile: GOOD, dir });
  });

  it('that is not there is PROFILE_UNREADABLE', () => {
    expect(() => loadNetworkProfile(path.join(dir, 'no.json'))).toThrow(
      refusal('PROFILE_UNREADABLE', 'no.json', 'does not exist'),
    );
  });

  it('that is a folder, too large, not UTF-8 or no JSON is PROFILE_UNREADABLE', () => {
    mkdirSync(path.join(dir, 'folder'));
    writeFileSync(path.join(dir, 'latin.json'), Buffer.from([0x22, 0xe9, 0x22]));

    expect(() => loadNetworkProfile(path.join(dir, 'folder'))).toThrow(
      refusal('PROFILE_UNREADABLE', 'not a plain file'),
    );
    expect(() => loadNetworkProfile(write('big.json', ' '.repeat(1024 * 1024 + 1)))).toThrow(
      refusal('PROFILE_UNREADABLE', 'larger than 1 MiB'),
    );
    expect(() => loadNetworkProfile(path.join(dir, 'latin.json'))).toThrow(
      refusal('PROFILE_UNREADABLE', 'not text in UTF-8'),
    );
    expect(() => loadNetworkProfile(write('bad.json', '{,}'))).toThrow(
      refusal('PROFILE_UNREADABLE', 'not valid JSON'),
    );
  });

  it.each<[string, object, string]>([
    ['an unknown key', { tokenz: [] }, '"tokenz" is not a known key'],
    ['a missing key', { name: undefined }, '"name" is missing'],
    ['a text for a number', { chainId: '1' }, '"chainId" must be a number'],
    ['an unknown protocol', { protocol: 'erc20' }, '"protocol" must be "smart" or "erc3643"'],
    ['no endpoint', { rpcUrls: [] }, '"rpcUrls" must have at least 1 entries'],
    ['a wrong URL', { rpcUrls: ['ftp://x'] }, '"rpcUrls.0" is not an http or https URL'],
    ['a mistyped address', { system: SYSTEM.replace('F', 'f') }, '"system" has a wrong checksum'],
    ['a short address', { system: '0x12' }, '"system" is not an address'],
    [
      'an unknown key inside',
      { auth: { kind: 'basic', user: 'u', passwordFile: 'f', x: 1 } },
      '"x" is not a known key inside "auth"',
    ],
    [
      'an unknown kind of auth',
      { auth: { kind: 'magic' } },
      '"auth.kind" must be "header" or "basic" or "mtls"',
    ],
    ['two finalities', { finality: 'instant', confirmations: 3 }, '"confirmations" and "finality" exclude'],
  ])('with %s is PROFILE_INVALID and says so', (_what, change, words) => {
    expect(() => loadNetworkProfile(write('net.json', { ...GOOD, ...change }))).toThrow(
      refusal('PROFILE_INVALID', 'net.json', words),
    );
  });
});
