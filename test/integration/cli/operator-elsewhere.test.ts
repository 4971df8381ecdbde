// Provider and remote signer are stand-ins: real servers that speak the published protocols.
import { openSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Wallet } from 'ethers';
import { describe, expect, it, onTestFinished } from 'vitest';
import { PRACTICE_ROLES, practiceAddress, practiceKey } from '../../../electron/practice/practice-keys.ts';
import { documentOf, errorOf, withoutEffect, writePolicy } from '../../support/command-line.ts';
import { deskScene } from '../../support/desk-scene.ts';
import { follow } from '../../support/follow.ts';
import {
  PASSPHRASE,
  draftOf,
  operatorAudit,
  setUp,
  terminalProcess,
  unsignedArgs,
} from '../../support/operator-terminal.ts';
import { sentBy } from '../../support/practice-acts.ts';
import { makeSelfSigned } from '../../support/self-signed.ts';
import { asWeb3Signer, startInSignersPlace } from '../../support/stand-in-signer.ts';
import { StubOidcProvider } from '../../support/stub-oidc-provider.ts';
import { terminal } from '../../support/terminal.ts';

const scene = deskScene();
const by = (name: string, ...more: readonly string[]) => [
  ...unsignedArgs(scene.desk, scene.desk.person('wim-de-groot'), scene.data),
  '--operator',
  name,
  ...more,
];

describe('an operator of the team’s identity provider', () => {
  /** Olga, whose key lies on this desk. @returns a descriptor with the passphrase of it. */
  async function olga(): Promise<string> {
    const stub = await StubOidcProvider.start();
    onTestFinished(() => stub.stop());
    const oidc = stub.policy();
    writePolicy(scene.data, { signIn: ['oidc'], oidc, allowVaultWithoutKeychain: true });
    const passphrase = Buffer.from(PASSPHRASE);
    const signIn = { kind: 'oidc', issuer: oidc.issuer, subject: 'person-1', passphrase } as const;
    await setUp(scene.data, draftOf('Olga', 'operator', { signIn }));
    const file = path.join(scene.data, 'olga.pass');
    writeFileSync(file, PASSPHRASE, { mode: 0o600 });
    return String(openSync(file, 'r'));
  }

  it('logs in in the browser, and again for what was confirmed', async () => {
    const descriptor = await olga();
    const opened: string[] = [];
    const browser = async (url: string): Promise<void> => {
      opened.push(url);
      await follow(url);
    };

    const run = await terminal(by('Olga', '--passphrase-fd', descriptor), { openExternal: browser });

    expect(run.code, run.stderr).toBe(0);
    expect(opened.map((url) => new URL(url).searchParams.get('max_age'))).toContain('0');
    expect(operatorAudit(scene.data).slice(1)).toEqual([
      'operator_signed_in oidc',
      'operator_proved oidc',
      'operator_signed_out',
    ]);
    expect(run.stderr).toContain('in the browser');
  });

  it('is told where no browser can be opened', async () => {
    const descriptor = await olga();

    const run = await withoutEffect(scene.desk, scene.data, () =>
      terminal(by('Olga', '--passphrase-fd', descriptor)),
    );

    expect([run.code, errorOf(run).code]).toEqual([4, 'OIDC_ENDED']);
  });
});

describe('an operator with a remote signer', () => {
  it('signs in by passphrase, and has the signer sign nothing but the plan', async () => {
    const pairs = { signer: makeSelfSigned('signer'), desk: makeSelfSigned('desk') };
    for (const [name, { cert, key }] of Object.entries(pairs)) {
      writeFileSync(path.join(scene.desk.folder, `${name}.pem`), cert);
      writeFileSync(path.join(scene.desk.folder, `${name}.key`), key);
    }
    const wallet = new Wallet(practiceKey(PRACTICE_ROLES.operator));
    const honest = asWeb3Signer(wallet, scene.desk.network.seed.chainId);
    const server = await startInSignersPlace(
      { ...pairs.signer, ca: pairs.desk.cert, requestCert: true, rejectUnauthorized: true },
      (response, call) =>
        response.end(JSON.stringify({ jsonrpc: '2.0', id: call.id, ...(honest(call) as object) })),
    );
    onTestFinished(() => server.stop());
    writePolicy(scene.data, { allowVaultWithoutKeychain: true });
    const file = (name: string) => path.join(scene.desk.folder, name);
    const credential = {
      kind: 'remote',
      address: practiceAddress(PRACTICE_ROLES.operator),
      url: server.url,
      certFile: file('desk.pem'),
      keyFile: file('desk.key'),
      caFile: file('signer.pem'),
    } as const;
    await setUp(scene.data, draftOf('Rita', 'operator', { credential }));

    const before = await sentBy(scene.desk.provider, credential.address);

    const run = await terminalProcess(by('Rita', '--passphrase-fd', '3'), { passphrase: PASSPHRASE });

    expect(documentOf(run), run.stderr).toMatchObject({ status: 'completed' });
    const signed = server.calls.filter(({ method }) => method === 'eth_signTransaction');
    expect(signed).toHaveLength((await sentBy(scene.desk.provider, credential.address)) - before);
    expect(operatorAudit(scene.data).slice(-2)).toEqual([
      'operator_proved passphrase',
      'operator_signed_out',
    ]);
  });
});
