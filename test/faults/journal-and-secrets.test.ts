import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { Transaction, Wallet } from 'ethers';
import { describe, expect, it } from 'vitest';
import { practiceKey } from '../../electron/practice/practice-keys.ts';
import { faultyDesk } from '../support/desk-process.ts';
import { faultScene } from '../support/fault-scene.ts';
import { readJournalFile } from '../support/journal-file.ts';
import { replacementIn, resultOf, resumeArgs } from '../support/recovery-runs.ts';

const scene = faultScene();

function filesIn(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name));
}

/** A secret in the forms in which it could lie somewhere. */
function formsOf(secret: Buffer): readonly Buffer[] {
  const hex = secret.toString('hex');
  const texts = [
    hex,
    hex.toUpperCase(),
    secret.toString('base64').replace(/=+$/, ''),
    secret.toString('base64url'),
  ];
  return [secret, ...texts.map((form) => Buffer.from(form))];
}

describe('what is left of a recovery that was killed and resumed', () => {
  it('holds no key and no passphrase, in no form, neither in its files nor in what it printed', async () => {
    const { desk, data } = scene;
    const person = desk.person('jonas-weir');
    const passphraseFile = desk.passphraseFile();
    const args = desk.recoverArgs(person, data, '--replacement-passphrase-file', passphraseFile);
    const killed = await faultyDesk({ signal: 'SIGKILL', at: 'signed:recover_tokens' }, args);
    const atDeath = filesIn(data).map((file) => readFileSync(file));
    const resumed = await faultyDesk({ signal: 'none' }, resumeArgs(desk, data, passphraseFile));
    expect(resultOf(resumed).status).toBe('completed');

    const passphrase = readFileSync(passphraseFile, 'utf8').trim();
    const files = filesIn(data);
    const keystore = files
      .map((file) => readFileSync(file, 'utf8'))
      .find((text) => text.includes('"crypto"'));
    const replacement = await Wallet.fromEncryptedJson(keystore ?? '', passphrase);
    expect(replacement.address).toBe(replacementIn(data));
    const secrets = [
      Buffer.from(practiceKey('operator').slice(2), 'hex'),
      Buffer.from(replacement.privateKey.slice(2), 'hex'),
      Buffer.from(readFileSync(desk.network.files.operator.passphrase, 'utf8').trim()),
      Buffer.from(passphrase),
    ].flatMap(formsOf);
    const places = [
      ...atDeath,
      ...files.map((file) => readFileSync(file)),
      ...[killed, resumed].flatMap(({ stdout, stderr }) => [Buffer.from(stdout), Buffer.from(stderr)]),
    ];
    expect(files.length).toBeGreaterThan(1);
    expect(places.filter((place) => secrets.some((secret) => place.includes(secret)))).toHaveLength(0);
  });

  it('holds of every chain step the intent, the raw transaction and its hash, and each hash has a receipt', async () => {
    const { desk, data } = scene;
    const args = desk.recoverArgs(desk.person('luca-ferri'), data, '--reason', 'compromised');
    const run = await faultyDesk({ signal: 'none' }, args);
    expect(resultOf(run).status).toBe('completed');

    const { transactions, steps } = readJournalFile(data);

    const onChain = steps.filter(({ name }) => /^(freeze|unfreeze|create_identity|recover_\w+):/.test(name));
    expect(onChain).toHaveLength(14);
    expect(transactions.map(({ step }) => step).toSorted()).toEqual(
      onChain.map(({ name }) => name).toSorted(),
    );
    for (const { unsigned, raw, hash, nonce } of transactions) {
      const [intent, signed] = [Transaction.from(unsigned), Transaction.from(raw ?? '')];
      expect(signed.unsignedSerialized).toBe(unsigned);
      expect(signed.hash).toBe(hash);
      expect(signed.from).toBe(new Wallet(practiceKey('operator')).address);
      expect(intent.nonce).toBe(nonce);
      const receipt = await desk.provider.getTransactionReceipt(hash ?? '');
      expect(receipt?.status).toBe(1);
    }
  });
});
