/** Who may take what of a generated wallet, and that nothing leaves without a fact in the journal. */
import { readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { keystoreCodec } from '../../../electron/operator/keystore-codec.ts';
import { handOverNow } from '../../../electron/recovery/hand-over.ts';
import { takeKeystore, takePassphrase } from '../../../electron/recovery/hand-over-leaving.ts';
import { createKeystore, PRACTICE_SCRYPT_N } from '../../../electron/operator/new-keystore.ts';
import { ANNA, BERT, CARL, handOverScene } from '../../support/hand-over-scene.ts';
import type { HandOverScene } from '../../support/hand-over-scene.ts';

const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString('utf8');

describe('taking the two halves', () => {
  it('gives the keystore to one operator and the passphrase that opens it to another', async () => {
    const scene = await handOverScene();

    const file = await takeKeystore(scene.context(), scene.at, ANNA);
    const passphrase = await takePassphrase(scene.context(), scene.at, BERT);

    expect(file.name).toBe(path.basename(scene.keystoreFile));
    expect(text(passphrase)).toBe(scene.words);
    const opened = await keystoreCodec.open(file.text, passphrase);
    expect(opened.address).toBe(scene.wallet);
    const { view } = handOverNow(scene.context(), scene.at);
    expect(view).toMatchObject({
      state: 'open',
      keystore: [{ operatorId: ANNA.operatorId }],
      passphrase: [{ operatorId: BERT.operatorId }],
      passphraseKept: true,
      signInHeld: true,
    });
    const told = scene.audit().filter(({ kind }) => kind === 'hand_over');
    expect(told.map(({ fields }) => fields)).toEqual([
      { ...scene.at, what: 'keystore', operatorId: ANNA.operatorId, recipient: null },
      { ...scene.at, what: 'passphrase', operatorId: BERT.operatorId, recipient: null },
    ]);
  });

  it('refuses the second half to who took the first, in either order, and writes that down', async () => {
    const first = await handOverScene();
    await takeKeystore(first.context(), first.at, ANNA);
    const second = await handOverScene();
    await takePassphrase(second.context(), second.at, ANNA);

    const passphrase = takePassphrase(first.context(), first.at, ANNA);
    const keystore = takeKeystore(second.context(), second.at, ANNA);

    await expect(passphrase).rejects.toMatchObject({ code: 'HAND_OVER_SECOND_PERSON' });
    await expect(keystore).rejects.toMatchObject({ code: 'HAND_OVER_SECOND_PERSON' });
    const refusalOf = ({ at }: HandOverScene) => ({
      kind: 'hand_over_refused',
      fields: { ...at, operatorId: ANNA.operatorId, reason: 'HAND_OVER_SECOND_PERSON' },
    });
    expect(first.audit()).toContainEqual(refusalOf(first));
    expect(second.audit()).toContainEqual(refusalOf(second));
  });

  it('takes another record with the same key for the same person', async () => {
    const scene = await handOverScene();
    await takeKeystore(scene.context(), scene.at, ANNA);

    const again = { operatorId: 'O-00000000dd', operator: ANNA.operator };
    const taken = takePassphrase(scene.context(), scene.at, again);

    await expect(taken).rejects.toMatchObject({ code: 'HAND_OVER_SECOND_PERSON' });
  });

  it('lets one person take both where policy says so', async () => {
    const scene = await handOverScene({ policy: { handOverByOne: true } });
    await takeKeystore(scene.context(), scene.at, ANNA);

    const passphrase = await takePassphrase(scene.context(), scene.at, ANNA);

    expect(text(passphrase)).toBe(scene.words);
  });

  it('shows a half again to who took it, as a leaving of its own', async () => {
    const scene = await handOverScene();
    await takePassphrase(scene.context(), scene.at, BERT);

    await takePassphrase(scene.context(), scene.at, BERT);

    expect(handOverNow(scene.context(), scene.at).view.passphrase).toHaveLength(2);
  });

  it('treats a passphrase that somebody chose as taken by who began the recovery', async () => {
    const scene = await handOverScene({ kept: false });

    const theirs = takeKeystore(scene.context(), scene.at, CARL);
    const shown = takePassphrase(scene.context(), scene.at, BERT);

    await expect(theirs).rejects.toMatchObject({ code: 'HAND_OVER_SECOND_PERSON' });
    await expect(shown).rejects.toMatchObject({ code: 'HAND_OVER_NOT_KEPT' });
    await takeKeystore(scene.context(), scene.at, ANNA);
  });

  it.each(['running', 'stopped', 'cancelled', 'failed'] as const)(
    'gives nothing out of a recovery that is %s',
    async (status) => {
      const scene = await handOverScene({ status });

      const taken = takeKeystore(scene.context(), scene.at, ANNA);

      await expect(taken).rejects.toMatchObject({ code: 'HAND_OVER_NOT_READY' });
    },
  );

  it('knows no recovery of another id', async () => {
    const scene = await handOverScene();
    const taken = takeKeystore(scene.context(), { ...scene.at, recoveryId: 'R-00000000a2' }, ANNA);
    await expect(taken).rejects.toMatchObject({ code: 'RECOVERY_UNKNOWN' });
  });
});

describe('what is cut off while it leaves', () => {
  it('counts as taken although nobody saw it, and may be taken again by the same person alone', async () => {
    const scene = await handOverScene();
    const cut = takePassphrase(scene.context('hand_over:passphrase'), scene.at, BERT);
    await expect(cut).rejects.toThrow('hand_over:passphrase');
    scene.reopen();

    const keystore = takeKeystore(scene.context(), scene.at, BERT);

    await expect(keystore).rejects.toMatchObject({ code: 'HAND_OVER_SECOND_PERSON' });
    expect(text(await takePassphrase(scene.context(), scene.at, BERT))).toBe(scene.words);
  });
});

describe('a wallet that was tampered with', () => {
  it('does not leave with another keystore in its place, though the same passphrase opens that', async () => {
    const scene = await handOverScene();
    const other = await createKeystore(Buffer.from(scene.words), { scryptN: PRACTICE_SCRYPT_N });
    writeFileSync(scene.keystoreFile, other.json);

    for (const take of [takeKeystore, takePassphrase]) {
      await expect(take(scene.context(), scene.at, ANNA)).rejects.toMatchObject({
        code: 'HAND_OVER_ALTERED',
      });
    }

    expect(handOverNow(scene.context(), scene.at).view).toMatchObject({ keystore: [], passphrase: [] });
    expect(scene.audit().filter(({ kind }) => kind === 'hand_over_refused')).toHaveLength(2);
  });

  it('does not open with what was sealed for another wallet', async () => {
    const [scene, other] = [await handOverScene(), await handOverScene()];
    const sealed = other.records.wallets.kept(other.wallet) ?? '';
    scene.records.wallets.forget(scene.wallet);
    scene.records.wallets.keep(scene.wallet, sealed);

    const taken = takePassphrase(scene.context(), scene.at, ANNA);

    await expect(taken).rejects.toMatchObject({ code: 'HAND_OVER_ALTERED' });
  });

  it('says where the keystore is missing', async () => {
    const scene = await handOverScene();
    rmSync(scene.keystoreFile);

    const taken = takeKeystore(scene.context(), scene.at, ANNA);

    await expect(taken).rejects.toMatchObject({ code: 'KEYSTORE_UNREADABLE' });
  });
});

describe('a keychain that does not do its part', () => {
  it('locked, shows nothing, and everything once it is open', async () => {
    const scene = await handOverScene();
    scene.keychain.locked = true;
    const taken = takePassphrase(scene.context(), scene.at, BERT);
    await expect(taken).rejects.toMatchObject({ code: 'KEYCHAIN_LOCKED' });
    expect(handOverNow(scene.context(), scene.at).view.passphrase).toEqual([]);

    scene.keychain.locked = false;

    expect(text(await takePassphrase(scene.context(), scene.at, BERT))).toBe(scene.words);
  });

  it('with the entry gone, says that nobody can open the wallet any more', async () => {
    const scene = await handOverScene();
    scene.keychain.entries.clear();

    const taken = takePassphrase(scene.context(), scene.at, BERT);

    await expect(taken).rejects.toMatchObject({
      code: 'KEYCHAIN_ENTRY_MISSING',
      remedy: expect.stringContaining('so is the wallet') as string,
    });
  });
});

describe('what lies on the disk until the hand-over', () => {
  it('holds no word of the passphrase in clear, nor the key that opens it', async () => {
    const scene = await handOverScene();
    await takePassphrase(scene.context(), scene.at, BERT);

    const files = readdirSync(scene.folder, { recursive: true, encoding: 'utf8' })
      .map((name) => path.join(scene.folder, name))
      .filter((name) => statSync(name).isFile());
    const key = Buffer.from([...scene.keychain.entries.values()][0] ?? []);
    const words = Buffer.from(scene.words);
    const secrets = [
      words.subarray(0, 16),
      words.toString('base64').slice(0, 16),
      key,
      key.toString('base64'),
      key.toString('hex'),
    ];

    expect(files.length).toBeGreaterThan(1);
    expect(key).toHaveLength(32);
    for (const file of files) {
      const content = readFileSync(file);
      for (const secret of secrets) expect(content.includes(secret), file).toBe(false);
    }
  });
});
