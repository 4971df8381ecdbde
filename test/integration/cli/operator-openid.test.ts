/** A recovery in the terminal by somebody who logs in at a real OpenID provider, which takes the login back meanwhile. */
import { openSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { documentOf, errorOf, withoutEffect, writePolicy } from '../../support/command-line.ts';
import { deskScene } from '../../support/desk-scene.ts';
import { goOnMining, holdMining } from '../../support/e2e-practice.ts';
import { readJournalFile } from '../../support/journal-file.ts';
import { PASSPHRASE, draftOf, setUp, unsignedArgs } from '../../support/operator-terminal.ts';
import { PersonAtProvider } from '../../support/person-at-provider.ts';
import { startRealOidcProvider } from '../../support/real-oidc-provider.ts';
import type { RealOidcProvider } from '../../support/real-oidc-provider.ts';
import { terminal } from '../../support/terminal.ts';
import type { TerminalOptions } from '../../support/terminal.ts';

/** Renewed each second. */
const ACCESS_SECONDS = 2;
const TAKEN_BACK = 'no longer stands by the sign-in of Olga';

const scene = deskScene();
let provider: RealOidcProvider;
let person: PersonAtProvider;

beforeAll(async () => {
  provider = await startRealOidcProvider(ACCESS_SECONDS);
  person = await PersonAtProvider.open('olga');
});
afterEach(() => goOnMining(scene.desk.network.node.url));
afterAll(async () => {
  await person.close();
  await provider.stop();
});

/** Olga, whose key lies on this desk. */
async function olga(): Promise<void> {
  const oidc = provider.policy({ scopes: ['openid', 'profile', 'offline_access'] });
  writePolicy(scene.data, { signIn: ['oidc'], oidc, allowVaultWithoutKeychain: true });
  const passphrase = Buffer.from(PASSPHRASE);
  const signIn = { kind: 'oidc', issuer: oidc.issuer, subject: 'olga', passphrase } as const;
  await setUp(scene.data, draftOf('Olga', 'operator', { signIn }));
}

/** Runs a command as Olga, who logs in wherever she is sent to. */
function asOlga(argv: readonly string[], options: TerminalOptions = {}) {
  const file = path.join(scene.data, 'olga.pass');
  writeFileSync(file, PASSPHRASE, { mode: 0o600 });
  const descriptor = String(openSync(file, 'r'));
  const { openExternal } = person;
  return terminal([...argv, '--operator', 'Olga', '--passphrase-fd', descriptor], {
    openExternal,
    ...options,
  });
}

const recovering = () => unsignedArgs(scene.desk, scene.desk.person('wim-de-groot'), scene.data);
const signed = () => readJournalFile(scene.data).transactions.filter(({ raw }) => raw !== null).length;

it('in the middle of a recovery: signs nothing more, waits and says why, and goes on after a new login', async () => {
  await olga();
  const [sent, takenBack] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const running = asOlga(recovering(), {
    checkpoint: (name) => (name.startsWith('sent:') ? sent.resolve() : undefined),
    said: (words) => (words.includes(TAKEN_BACK) ? takenBack.resolve() : undefined),
  });
  await holdMining(scene.desk.network.node.url);
  await sent.promise;
  await provider.revokeGrants();
  await takenBack.promise;
  const signedBefore = signed();
  await goOnMining(scene.desk.network.node.url);

  const run = await running;

  const { status, reason, recoveryId } = documentOf(run);
  expect({ status, reason }).toMatchObject({ status: 'waiting', reason: { code: 'OIDC_ENDED' } });
  expect(run.code).toBe(1);
  expect(signed()).toBe(signedBefore);

  const resume = ['resume', String(recoveryId), '--json', '--data', scene.data];
  const done = await asOlga(resume);
  expect(documentOf(done), done.stderr).toMatchObject({ status: 'completed' });
});

it('before a recovery is begun: the command ends, with nothing done', async () => {
  await olga();
  const takenBack = Promise.withResolvers<void>();
  const run = await withoutEffect(scene.desk, scene.data, () =>
    asOlga(recovering(), {
      said: (words) => (words.includes(TAKEN_BACK) ? takenBack.resolve() : undefined),
      openExternal: async (url) => {
        // The login for the proof is made once the one of the sign-in is gone.
        if (new URL(url).searchParams.get('max_age') === '0') {
          await provider.revokeGrants();
          await takenBack.promise;
        }
        await person.openExternal(url);
      },
    }),
  );

  expect([run.code, errorOf(run).code]).toEqual([4, 'OIDC_ENDED']);
});
