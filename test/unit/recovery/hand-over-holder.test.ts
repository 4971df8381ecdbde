/** Both halves in one file that only the holder opens, to a key that two people named. */
import { armor, Decrypter, generateX25519Identity, identityToRecipient } from 'age-encryption';
import { describe, expect, it } from 'vitest';
import { recipientOf, sealToHolder } from '../../../electron/operator/holder-file.ts';
import { keystoreCodec } from '../../../electron/operator/keystore-codec.ts';
import { markHandedOver } from '../../../electron/recovery/hand-over-end.ts';
import { takeForHolder } from '../../../electron/recovery/hand-over-leaving.ts';
import { asDeskError } from '../../../shared/errors.ts';
import { HAND_OVER_CHECKS } from '../../../shared/hand-over-rules.ts';
import type { HandOverCheck } from '../../../shared/hand-over-rules.ts';
import { ANNA, BERT, handOverScene } from '../../support/hand-over-scene.ts';

const to = { recipientOf, seal: sealToHolder };

async function holder() {
  const identity = await generateX25519Identity();
  return { identity, recipient: await identityToRecipient(identity) };
}

async function openedBy(identity: string, text: string): Promise<string> {
  const decrypter = new Decrypter();
  decrypter.addIdentity(identity);
  return decrypter.decrypt(armor.decode(text), 'text');
}

describe("a file for the holder's key", () => {
  it('leaves once a second person named the same key, and opens with the private key alone', async () => {
    const scene = await handOverScene();
    const { identity, recipient } = await holder();

    const first = await takeForHolder(scene.context(), scene.at, ANNA, { typed: recipient, to });
    const file = await takeForHolder(scene.context(), scene.at, BERT, { typed: ` ${recipient}\n`, to });

    expect(first).toBeNull();
    expect(file?.name).toMatch(/^wallet-[0-9a-f]{8}\.age$/);
    const content = await openedBy(identity, file?.text ?? '');
    expect(content).toContain(`Passphrase: ${scene.words}\n`);
    const keystore = content.slice(content.indexOf('{'));
    const opened = await keystoreCodec.open(keystore, Buffer.from(scene.words));
    expect(opened.address).toBe(scene.wallet);
    const stranger = await holder();
    await expect(openedBy(stranger.identity, file?.text ?? '')).rejects.toThrow('no identity matched');
    const told = scene.audit().flatMap(({ kind, fields }) => (kind === 'hand_over' ? [fields] : []));
    expect(told).toEqual([
      { ...scene.at, what: 'recipient', operatorId: ANNA.operatorId, recipient },
      { ...scene.at, what: 'sealed', operatorId: BERT.operatorId, recipient },
    ]);
  });

  it('does not leave for who names a key alone, however often, nor for another key than was named', async () => {
    const scene = await handOverScene();
    const [own, other] = [await holder(), await holder()];

    const answers = [
      await takeForHolder(scene.context(), scene.at, ANNA, { typed: own.recipient, to }),
      await takeForHolder(scene.context(), scene.at, ANNA, { typed: own.recipient, to }),
      await takeForHolder(scene.context(), scene.at, BERT, { typed: other.recipient, to }),
    ];

    expect(answers).toEqual([null, null, null]);
  });

  it('leaves at once where policy lets one person take both', async () => {
    const scene = await handOverScene({ policy: { handOverByOne: true } });
    const { recipient } = await holder();
    expect(await takeForHolder(scene.context(), scene.at, ANNA, { typed: recipient, to })).not.toBeNull();
  });

  it('is enough for the hand-over to be marked done', async () => {
    const scene = await handOverScene();
    const { recipient } = await holder();
    await takeForHolder(scene.context(), scene.at, ANNA, { typed: recipient, to });
    await takeForHolder(scene.context(), scene.at, BERT, { typed: recipient, to });

    const all = Object.keys(HAND_OVER_CHECKS) as HandOverCheck[];
    const { view } = await markHandedOver(scene.context(), scene.at, BERT, all);

    expect(view.state).toBe('done');
    expect(scene.wallets()).toEqual([]);
  });

  it('is not made where the desk does not have the passphrase', async () => {
    const scene = await handOverScene({ kept: false });
    const { recipient } = await holder();
    const named = takeForHolder(scene.context(), scene.at, ANNA, { typed: recipient, to });
    await expect(named).rejects.toMatchObject({ code: 'HAND_OVER_NOT_KEPT' });
  });

  it('refuses what is no public key, and quotes nothing of a private one', async () => {
    const { identity, recipient } = await holder();
    const wrong = `${recipient.slice(0, -1)}${recipient.endsWith('q') ? 'p' : 'q'}`;

    for (const typed of ['', 'age1', wrong, recipient.toUpperCase(), identity, 'ssh-ed25519 AAAA']) {
      const refusal = asDeskError(await recipientOf(typed).catch((thrown: unknown) => thrown));
      expect(refusal.code).toBe('RECIPIENT_INVALID');
      expect(JSON.stringify(refusal) + String(refusal.cause)).not.toContain(identity.slice(16));
    }
  });
});
