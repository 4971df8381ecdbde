/** The built terminal, a real keychain and a real Better Auth: the desk's credential, from descriptor to directory. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { documentOf, errorOf } from '../support/command-line.ts';
import { openBetterAuth } from '../support/http-directory.ts';
import { KeychainSession } from '../support/keychain-session.ts';
import { BUILT_MAIN, terminalProcess } from '../support/operator-terminal.ts';
import { startRealBetterAuth } from '../support/real-better-auth.ts';
import type { RealBetterAuth } from '../support/real-better-auth.ts';

describe('the credential for a directory', () => {
  let server: RealBetterAuth;
  let session: KeychainSession;
  let folder: string;

  beforeEach(async () => {
    server = await startRealBetterAuth({ cacheSeconds: 300 });
    folder = mkdtempSync(path.join(tmpdir(), 'recovery-desk-directory-'));
    const given = {
      kind: 'better-auth',
      name: 'Platform',
      url: server.url,
      credential: { kind: 'session' },
    };
    writeFileSync(path.join(folder, 'directory.json'), JSON.stringify(given));
  });
  afterEach(async () => {
    await session.close();
    await server.stop();
    rmSync(folder, { recursive: true });
  });

  const profile = (): string => path.join(folder, 'directory.json');

  function desk(line: readonly string[], credential?: string) {
    const given = credential === undefined ? {} : { passphrase: credential };
    const descriptor = credential === undefined ? [] : ['--passphrase-fd', '3'];
    return terminalProcess([...line, '--data', path.join(folder, 'data'), '--json', ...descriptor], {
      ...given,
      environment: session.environment,
      entry: BUILT_MAIN,
    });
  }

  function directory(command: string, credential?: string) {
    return desk(['directory', command, '--directory', profile()], credential);
  }

  it('is tried, kept, used, and taken away again', async () => {
    session = await KeychainSession.open({ keychain: 'open' });

    const signedIn = await directory('sign-in', `${server.adminSession}\n`);
    expect(documentOf(signedIn)).toMatchObject({
      name: 'Platform',
      kind: 'better-auth',
      capabilities: { sessions: { can: 'partly' }, passkeys: { can: 'cannot' } },
    });
    expect(signedIn.stdout + signedIn.stderr).not.toContain(server.adminSession);
    expect(documentOf(await directory('check'))).toMatchObject({ name: 'Platform' });

    // A wrong one takes nobody's place.
    expect(errorOf(await directory('sign-in', 'wrong.AAAA'))).toMatchObject({
      code: 'DIRECTORY_UNAUTHORISED',
    });
    expect(documentOf(await directory('check'))).toMatchObject({ name: 'Platform' });

    expect(documentOf(await directory('sign-out'))).toEqual({ name: 'Platform', removed: true });
    expect(errorOf(await directory('check'))).toMatchObject({ code: 'DIRECTORY_SECRET_MISSING' });
    expect(documentOf(await directory('sign-out'))).toEqual({ name: 'Platform', removed: false });
  });

  it('releases a sign-in that the desk held there', async () => {
    session = await KeychainSession.open({ keychain: 'open' });
    const { id } = await server.signUp('ada@example.org');
    await (await openBetterAuth(server)).holdSignIn(id);
    await directory('sign-in', server.adminSession);
    const release = ['participants', 'release', id, '--participants', profile()];

    expect(documentOf(await desk(release))).toEqual({ id, released: true, survivors: [] });
    expect(documentOf(await desk(release))).toEqual({ id, released: false, survivors: [] });
  });

  it('is not kept where there is no keychain, nor asked for where there is no terminal', async () => {
    session = await KeychainSession.open({ keychain: 'none' });

    expect(errorOf(await directory('sign-in', server.adminSession))).toMatchObject({
      code: 'KEYCHAIN_UNAVAILABLE',
    });
    expect(errorOf(await directory('check'))).toMatchObject({ code: 'DIRECTORY_SECRET_MISSING' });
    expect(errorOf(await directory('sign-in'))).toMatchObject({
      code: 'PASSPHRASE_UNREADABLE',
      remedy: expect.stringContaining('--passphrase-fd'),
    });
  });
});
