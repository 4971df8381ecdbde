import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { keystoreAddress } from '../../../electron/operator/keystore-address.ts';
import { keystoreCodec } from '../../../electron/operator/keystore-codec.ts';
import { practiceAddress } from '../../../electron/practice/practice-keys.ts';
import { errorOf, writePolicy } from '../../support/command-line.ts';
import { deskScene } from '../../support/desk-scene.ts';
import { completedOf, severalWalletsTerminal } from '../../support/several-wallets-terminal.ts';

const [NEW, SECOND_NEW] = [practiceAddress('replacement'), practiceAddress('second-replacement')];

describe('the replacement of a further lost wallet, in the terminal', () => {
  const scene = deskScene();
  const { freya, proven, provenFor, recover, stored, refused, blockers } = severalWalletsTerminal(scene);

  const moves = (): readonly string[] => ['--moves', freya().healthy.wallet];

  it('is given by the holder, who signed the challenge for that very wallet', async () => {
    const { account } = freya();

    const run = await recover(...(await proven()), ...(await provenFor(account.wallet)), ...moves());

    expect(completedOf(run).wallets.map(({ replacement }) => replacement)).toEqual([NEW, SECOND_NEW]);
  });

  it('is not given on the challenge for another wallet, or without one, or by somebody else', async () => {
    const { account, person } = freya();
    const own = await proven();
    const also = ['--also-lost', `${account.wallet}=${SECOND_NEW}`];
    const ofCase = await scene.desk.proofBy('second-replacement', person, scene.data);
    const [, , , others = ''] = await provenFor(account.wallet, 'replacement');
    const codeOf = async (...more: readonly string[]): Promise<string> => {
      const run = await refused(...own, ...also, ...moves(), ...more);
      expect(run.code).toBe(2);
      return errorOf(run).code;
    };

    expect(await codeOf()).toBe('PROOF_MISSING');
    expect(await codeOf('--proof-for', `${account.wallet}=${ofCase.proof}`)).toBe('PROOF_INVALID');
    expect(await codeOf('--proof-for', others)).toBe('PROOF_INVALID');
    expect(await codeOf('--call-back-for', account.wallet)).toBe('CALL_BACK_FORBIDDEN');
  });

  it('is given on a call-back where policy takes one, and reviewers are warned', async () => {
    writePolicy(scene.data, { replacementByCallBack: true });
    const { account } = freya();

    const run = await recover(
      ...(await proven()),
      '--also-lost',
      `${account.wallet}=${SECOND_NEW}`,
      '--call-back-for',
      account.wallet,
      ...moves(),
    );

    expect(completedOf(run).status).toBe('completed');
    expect(run.stderr).toContain('REPLACEMENT_BY_CALL_BACK');
  });

  it('is never the same for two', async () => {
    const { account } = freya();

    const codes = await blockers(
      ...(await proven()),
      ...(await provenFor(account.wallet, 'replacement')),
      ...moves(),
    );

    expect(new Set(codes)).toEqual(new Set(['REPLACEMENT_UNUSABLE']));
  });

  it('is made by the desk, under the one passphrase that was given', async () => {
    const { account } = freya();
    const file = scene.desk.passphraseFile();

    const run = await recover(
      '--also-lost',
      account.wallet,
      ...moves(),
      '--replacement-passphrase-file',
      file,
    );

    const result = completedOf(run);
    const passphrase = Buffer.from(readFileSync(file, 'utf8').trimEnd());
    const folder = path.join(scene.data, 'wallets');
    const opened = await Promise.all(
      readdirSync(folder).map((name) => keystoreAddress(path.join(folder, name), passphrase)),
    );
    expect(opened.toSorted()).toEqual(result.wallets.map(({ replacement }) => replacement).toSorted());
    expect(new Set(opened).size).toBe(2);
    expect(run.stdout + run.stderr).not.toContain(passphrase.toString());
  });

  it('is made by the desk beside an address of the holder', async () => {
    const { account } = freya();
    const file = scene.desk.passphraseFile();

    const run = await recover(
      ...(await proven()),
      '--also-lost',
      `${account.wallet}=generate`,
      '--replacement-passphrase-file',
      file,
      ...moves(),
    );

    expect(completedOf(run).replacementWallet).toBe(NEW);
    expect(stored()).toMatchObject({ wallets: 1, keystores: 1 });
  });

  it('is taken from a keystore that a desk made before', async () => {
    const { account } = freya();
    const file = scene.desk.passphraseFile();
    const { address, json } = await keystoreCodec.create(Buffer.from(readFileSync(file, 'utf8').trimEnd()));
    const keystore = path.join(scene.desk.folder, `${path.basename(scene.data)}.keystore.json`);
    writeFileSync(keystore, json, { mode: 0o600 });
    const also = ['--also-lost', `${account.wallet}=keystore:${keystore}`];

    const without = await refused(...(await proven()), ...also, ...moves());
    const run = await recover(
      ...(await proven()),
      ...also,
      ...moves(),
      '--replacement-passphrase-file',
      file,
    );

    expect([without.code, errorOf(without).code]).toEqual([2, 'BAD_USAGE']);
    expect(completedOf(run).wallets[1]?.replacement).toBe(address);
  });
});
