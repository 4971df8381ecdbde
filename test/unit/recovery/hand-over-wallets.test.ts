/** Several wallets of one recovery: each is handed over by itself, and the person signs in again after the last. */
import { existsSync } from 'node:fs';
import { generateX25519Identity, identityToRecipient } from 'age-encryption';
import { describe, expect, it } from 'vitest';
import { recipientOf, sealToHolder } from '../../../electron/operator/holder-file.ts';
import { keystoreCodec } from '../../../electron/operator/keystore-codec.ts';
import { storedResult } from '../../../electron/recovery/engine.ts';
import { handOverNow, handOversNow, onlyHandOver } from '../../../electron/recovery/hand-over.ts';
import { markHandedOver } from '../../../electron/recovery/hand-over-end.ts';
import { leaveToHolder } from '../../../electron/recovery/hand-over-left.ts';
import { takeForHolder, takeKeystore, takePassphrase } from '../../../electron/recovery/hand-over-leaving.ts';
import { HAND_OVER_CHECKS } from '../../../shared/hand-over-rules.ts';
import type { HandOverCheck } from '../../../shared/hand-over-rules.ts';
import { handedOver, notHandedOver, walletsToHandOver } from '../../../shared/hand-over-wallets.ts';
import type { Plan, PlannedWallet } from '../../../shared/plan.ts';
import { ANNA, BERT, CARL, CutOff, handOverScene } from '../../support/hand-over-scene.ts';
import type { HandOverScene, MadeWallet, SceneOptions } from '../../support/hand-over-scene.ts';
import { address, samplePlan } from '../store/records.ts';

const ALL = Object.keys(HAND_OVER_CHECKS) as HandOverCheck[];

interface Two {
  readonly scene: HandOverScene;
  readonly first: MadeWallet;
  readonly second: MadeWallet;
}

async function two(options: SceneOptions = {}): Promise<Two> {
  const scene = await handOverScene({ ...options, wallets: 2 });
  const [first, second] = scene.made;
  if (second === undefined) throw new Error('the scene made one wallet');
  return { scene, first, second };
}

async function bothHalves(scene: HandOverScene, { at }: MadeWallet): Promise<void> {
  await takeKeystore(scene.context(), at, ANNA);
  await takePassphrase(scene.context(), at, BERT);
}

function planned(lost: number, replacement: Partial<PlannedWallet['replacement']>): PlannedWallet {
  const { country, oldIdentity, replacement: sample, adopts, tokens } = samplePlan();
  const lostWallet = address(lost);
  return { lostWallet, country, oldIdentity, replacement: { ...sample, ...replacement }, adopts, tokens };
}

function followUpOf(scene: HandOverScene, code: string): string | undefined {
  const { followUps } = storedResult(scene.records, scene.id)?.result ?? { followUps: [] };
  return followUps.find((one) => one.code === code)?.message;
}

describe('the wallets that a plan hands over', () => {
  const generated = { kind: 'generated', control: 'generated' } as const;

  it('are those that the desk made, and none that is a smart account, the holder’s own, or lost in turn', () => {
    const plan: Plan = {
      ...samplePlan(),
      ...planned(1, { ...generated, address: address(0x10) }),
      further: [
        planned(2, { kind: 'account', control: 'generated', address: address(0x20) }),
        planned(3, { kind: 'given', control: 'proof', address: address(0x30) }),
        planned(4, { kind: 'adopted', control: 'generated', address: address(5) }),
        planned(5, { ...generated, address: address(0x50) }),
        planned(6, { kind: 'adopted', control: 'generated', address: address(0x60) }),
        planned(7, { kind: 'adopted', control: 'call_back', address: address(0x70) }),
      ],
    };

    const wallets = walletsToHandOver(plan).map(({ replacement }) => replacement.address);

    expect(wallets).toEqual([address(0x10), address(0x50), address(0x60)]);
    const rows = [
      { wallet: address(0x10), what: 'done' },
      { wallet: address(0x50), what: 'cleared' },
    ] as const;
    expect(wallets.map((wallet) => handedOver(rows, wallet))).toEqual([false, true, false]);
    expect(notHandedOver(plan, rows)).toEqual([address(0x10), address(0x60)]);
  });

  it('are none of an issue of claims, which names the wallet of its recovery', () => {
    const plan = { ...samplePlan(), ...planned(1, generated) };
    const claims: NonNullable<Plan['claims']> = { recoveryId: 'R-00000000a1', issue: [] };

    expect(walletsToHandOver(plan)).toHaveLength(1);
    expect(walletsToHandOver({ ...plan, claims })).toEqual([]);
  });
});

describe('several wallets of a recovery', () => {
  it('leave one by one, each half with a fact of its own, and open with their own passphrase alone', async () => {
    const { scene, first, second } = await two();

    const keystore = await takeKeystore(scene.context(), first.at, ANNA);
    const passphrase = await takePassphrase(scene.context(), first.at, BERT);
    const other = await takePassphrase(scene.context(), second.at, BERT);

    expect((await keystoreCodec.open(keystore.text, passphrase)).address).toBe(first.wallet);
    await expect(keystoreCodec.open(keystore.text, other)).rejects.toMatchObject({
      code: 'PASSPHRASE_WRONG',
    });
    const told = scene.audit().flatMap(({ kind, fields }) => (kind === 'hand_over' ? [fields] : []));
    expect(told).toEqual([
      { ...first.at, what: 'keystore', operatorId: ANNA.operatorId, recipient: null },
      { ...first.at, what: 'passphrase', operatorId: BERT.operatorId, recipient: null },
      { ...second.at, what: 'passphrase', operatorId: BERT.operatorId, recipient: null },
    ]);
    const views = handOversNow(scene.context(), scene.id).map(({ view }) => view);
    expect(views).toMatchObject([
      { wallet: first.wallet, lostWallet: first.lostWallet, keystore: [{}], others: [second.wallet] },
      { wallet: second.wallet, lostWallet: second.lostWallet, keystore: [], others: [first.wallet] },
    ]);
  });

  it('want two people each: who took a half of one may take the other half of another, and not of the same', async () => {
    const { scene, first, second } = await two();
    await takeKeystore(scene.context(), first.at, ANNA);
    await takePassphrase(scene.context(), second.at, ANNA);

    for (const taken of [
      takePassphrase(scene.context(), first.at, ANNA),
      takeKeystore(scene.context(), second.at, ANNA),
    ])
      await expect(taken).rejects.toMatchObject({ code: 'HAND_OVER_SECOND_PERSON' });

    const refused = scene.audit().filter(({ kind }) => kind === 'hand_over_refused');
    const fields = { operatorId: ANNA.operatorId, reason: 'HAND_OVER_SECOND_PERSON' };
    expect(refused.map((one) => one.fields)).toEqual([
      { ...first.at, ...fields },
      { ...second.at, ...fields },
    ]);
  });

  it('are all refused to who chose their passphrases', async () => {
    const { scene, first, second } = await two({ kept: false });

    for (const { at } of [first, second])
      await expect(takeKeystore(scene.context(), at, CARL)).rejects.toMatchObject({
        code: 'HAND_OVER_SECOND_PERSON',
      });
  });

  it('take the key of the holder that was named for one not for another', async () => {
    const { scene, first, second } = await two();
    const typed = await identityToRecipient(await generateX25519Identity());
    const to = { recipientOf, seal: sealToHolder };

    await takeForHolder(scene.context(), first.at, ANNA, { typed, to });
    const other = await takeForHolder(scene.context(), second.at, BERT, { typed, to });
    const file = await takeForHolder(scene.context(), first.at, BERT, { typed, to });

    expect(other).toBeNull();
    expect(file?.name).toBe(`wallet-${first.wallet.slice(2, 10).toLowerCase()}.age`);
  });

  it('are marked done one by one; sign-in is released after the last, and the follow-up names what is left', async () => {
    const { scene, first, second } = await two();
    await bothHalves(scene, first);
    await bothHalves(scene, second);
    const before = followUpOf(scene, 'HAND_OVER_WALLET');

    const one = await markHandedOver(scene.context(), second.at, ANNA, ALL);

    expect(before).toContain(`${first.wallet}, and that of ${second.wallet}`);
    expect(one).toMatchObject({
      view: { state: 'done', others: [first.wallet], signInHeld: true },
      notReleased: null,
    });
    expect(scene.held()).toBe(true);
    expect([existsSync(second.keystoreFile), existsSync(first.keystoreFile)]).toEqual([false, true]);
    expect([...scene.keychain.entries.keys()]).toEqual([`wallet ${first.wallet}`]);
    expect(scene.records.wallets.kept(second.wallet)).toBeNull();
    expect(followUpOf(scene, 'HAND_OVER_WALLET')).toContain(first.wallet);
    expect(followUpOf(scene, 'HAND_OVER_WALLET')).not.toContain(second.wallet);
    expect(followUpOf(scene, 'SIGN_IN_HELD')).toContain('the last wallet is marked done');
    expect(handOverNow(scene.context(), first.at).view.state).toBe('open');

    const last = await markHandedOver(scene.context(), first.at, ANNA, ALL);

    expect(last.view).toMatchObject({ state: 'done', others: [], signInHeld: false });
    expect(scene.held()).toBe(false);
    expect(scene.wallets()).toEqual([]);
    expect(scene.keychain.entries.size).toBe(0);
    expect(followUpOf(scene, 'HAND_OVER_WALLET')).toBeUndefined();
    expect(followUpOf(scene, 'SIGN_IN_HELD')).toBeUndefined();
  });

  it('want the checklist and both halves of each: what left of one is nothing of the other', async () => {
    const { scene, first, second } = await two();
    await bothHalves(scene, first);

    const unleft = markHandedOver(scene.context(), second.at, ANNA, ALL);
    const unticked = markHandedOver(scene.context(), first.at, ANNA, ALL.slice(1));

    await expect(unleft).rejects.toMatchObject({ code: 'HAND_OVER_INCOMPLETE' });
    await expect(unticked).rejects.toMatchObject({ code: 'HAND_OVER_INCOMPLETE' });
    expect(scene.wallets()).toHaveLength(2);
  });

  it.each(['hand_over:done', 'hand_over:keystore_removed', 'hand_over:passphrase_forgotten'])(
    'cut off at %s of the last, hold sign-in until that one is let go of',
    async (moment) => {
      const { scene, first, second } = await two();
      await bothHalves(scene, first);
      await bothHalves(scene, second);
      await markHandedOver(scene.context(), first.at, ANNA, ALL);
      const cut = markHandedOver(scene.context(moment), second.at, ANNA, ALL);
      await expect(cut).rejects.toBeInstanceOf(CutOff);
      scene.reopen();

      const early = await markHandedOver(scene.context(), first.at, CARL, []);
      const held = scene.held();
      const ended = await markHandedOver(scene.context(), second.at, CARL, []);

      expect(early.view).toMatchObject({ state: 'done', others: [second.wallet], signInHeld: true });
      expect(held).toBe(true);
      expect(ended.view).toMatchObject({ state: 'done', signInHeld: false });
      expect(scene.held()).toBe(false);
    },
  );

  it.each(['hand_over:cleared', 'hand_over:released'])(
    'cut off at %s of the last, let the person in by marking any of them done once more',
    async (moment) => {
      const { scene, first, second } = await two();
      await bothHalves(scene, first);
      await bothHalves(scene, second);
      await markHandedOver(scene.context(), first.at, ANNA, ALL);
      const cut = markHandedOver(scene.context(moment), second.at, ANNA, ALL);
      await expect(cut).rejects.toBeInstanceOf(CutOff);
      scene.reopen();

      const { view } = await markHandedOver(scene.context(), first.at, CARL, []);

      expect(view).toMatchObject({ state: 'done', others: [], signInHeld: false });
      expect(scene.held()).toBe(false);
    },
  );
});

describe('a wallet that is asked for by mistake', () => {
  const account = planned(0x200, { kind: 'account', control: 'generated', address: address(0x20) });
  const given = planned(0x300, { kind: 'given', control: 'proof', address: address(0x30) });

  it.each([
    ['is none of the recovery', address(0x99), 'HAND_OVER_WALLET_UNKNOWN', 'no replacement wallet'],
    ['is a lost one', address(1), 'HAND_OVER_WALLET_UNKNOWN', 'no replacement wallet'],
    ['is a smart account', address(0x20), 'HAND_OVER_NOT_READY', 'smart account'],
    ['is the holder’s own', address(0x30), 'HAND_OVER_NOT_READY', "holder's own"],
  ])('gives nothing out where it %s', async (_what, wallet, code, words) => {
    const scene = await handOverScene({ others: [account, given] });
    const of = { recoveryId: scene.id, wallet };
    const before = scene.audit();

    for (const taken of [
      takeKeystore(scene.context(), of, ANNA),
      takePassphrase(scene.context(), of, ANNA),
      markHandedOver(scene.context(), of, ANNA, ALL),
    ])
      await expect(taken).rejects.toMatchObject({ code, message: expect.stringContaining(words) as string });

    expect(scene.audit()).toEqual(before);
    expect(scene.wallets()).toHaveLength(1);
  });

  it('names the owner of a smart account as what to hand over', async () => {
    const scene = await handOverScene({ others: [account] });

    const taken = takeKeystore(scene.context(), { recoveryId: scene.id, wallet: address(0x20) }, ANNA);

    await expect(taken).rejects.toMatchObject({ remedy: `Hand over ${scene.wallet}.` });
    expect(handOversNow(scene.context(), scene.id)).toHaveLength(1);
    expect(onlyHandOver(scene.context(), scene.id)).toEqual(scene.at);
  });

  it('gives nothing out any more once it was handed over, while the other is open', async () => {
    const { scene, first, second } = await two();
    await bothHalves(scene, first);
    await markHandedOver(scene.context(), first.at, ANNA, ALL);

    for (const take of [takeKeystore, takePassphrase])
      await expect(take(scene.context(), first.at, ANNA)).rejects.toMatchObject({ code: 'HAND_OVER_DONE' });

    await takeKeystore(scene.context(), second.at, ANNA);
  });

  it('has to be named where there are several, and each is listed', async () => {
    const { scene, first, second } = await two();

    expect(() => onlyHandOver(scene.context(), scene.id)).toThrow(
      expect.objectContaining({
        code: 'HAND_OVER_WALLET_UNNAMED',
        message: expect.stringMatching(new RegExp(`${first.wallet}.*${second.wallet}`, 'u')) as string,
      }),
    );
  });
});

describe('a wallet that a later recovery adopts', () => {
  it('is one wallet still: who took a half of it in one recovery does not get the other half in the other', async () => {
    const scene = await handOverScene();
    await takeKeystore(scene.context(), scene.at, ANNA);
    const again = scene.adoptedAgain();

    const taken = takePassphrase(scene.context(), again, ANNA);

    await expect(taken).rejects.toMatchObject({ code: 'HAND_OVER_SECOND_PERSON' });
    await takePassphrase(scene.context(), again, BERT);
    expect(handOverNow(scene.context(), scene.at).view).toMatchObject({
      keystore: [{ operatorId: ANNA.operatorId }],
      passphrase: [{ operatorId: BERT.operatorId }],
    });
  });

  it('gives nothing out any more once one of them marked it done, and is marked done in the other, too', async () => {
    const scene = await handOverScene();
    await bothHalves(scene, scene);
    const again = scene.adoptedAgain();
    const cut = markHandedOver(scene.context('hand_over:done'), scene.at, ANNA, ALL);
    await expect(cut).rejects.toBeInstanceOf(CutOff);

    for (const take of [takeKeystore, takePassphrase])
      await expect(take(scene.context(), again, ANNA)).rejects.toMatchObject({ code: 'HAND_OVER_DONE' });
    const unticked = markHandedOver(scene.context(), again, ANNA, []);
    await expect(unticked).rejects.toMatchObject({ code: 'HAND_OVER_INCOMPLETE' });

    expect((await markHandedOver(scene.context(), scene.at, ANNA, [])).view.state).toBe('done');
    expect((await markHandedOver(scene.context(), again, BERT, ALL)).view.state).toBe('done');
  });
});

const failing = { status: 'completed_with_token_failures', holdersWay: 'REPLACEMENT_CANNOT_SEND' } as const;

async function leavesNothing(scene: HandOverScene, of: HandOverScene['at']): Promise<void> {
  const context = scene.context();
  const waits = { code: 'HAND_OVER_WAITS' };
  await expect(takeKeystore(context, of, ANNA)).rejects.toMatchObject(waits);
  await expect(takePassphrase(context, of, BERT)).rejects.toMatchObject(waits);
  await expect(markHandedOver(context, of, ANNA, ALL)).rejects.toMatchObject(waits);
}

describe('a wallet that a later recovery adopts and has tokens left to recover itself', () => {
  it('waits for the later one, in whichever it is asked for, and says which to retry', async () => {
    const scene = await handOverScene();
    const again = scene.adoptedAgain(failing);

    await leavesNothing(scene, scene.at);
    await leavesNothing(scene, again);

    const { view } = handOverNow(scene.context(), scene.at);
    expect(view).toMatchObject({ toRecover: ['BND'], toRecoverIn: [again.recoveryId] });
    const taken = takeKeystore(scene.context(), scene.at, ANNA);
    await expect(taken).rejects.toMatchObject({
      remedy: expect.stringContaining(`resume ${again.recoveryId}`) as string,
    });
    expect(scene.records.journal.handOverOfWallet(scene.wallet)).toEqual([]);
  });

  it('waits for the newest alone where a lost wallet was recovered to it again', async () => {
    const scene = await handOverScene(failing);
    await leavesNothing(scene, scene.at);
    const again = scene.adoptedAgain({ holdersWay: null });

    await takeKeystore(scene.context(), scene.at, ANNA);
    await takePassphrase(scene.context(), again, BERT);

    expect(handOverNow(scene.context(), again).view.keystore).toHaveLength(1);
  });

  it('waits for each lost wallet that it replaced', async () => {
    const scene = await handOverScene(failing);
    const again = scene.adoptedAgain({ lostWallet: address(2), holdersWay: null });

    await leavesNothing(scene, again);

    expect(handOverNow(scene.context(), again).view.toRecoverIn).toEqual([scene.id]);
  });

  it.each(['cancelled', 'failed'] as const)(
    'waits for none that %s, which nobody can retry, and for the one before it',
    async (status) => {
      const before = await handOverScene(failing);
      before.adoptedAgain({ ...failing, status });
      const scene = await handOverScene();
      scene.adoptedAgain({ ...failing, status });

      await leavesNothing(before, before.at);
      await takeKeystore(scene.context(), scene.at, ANNA);

      expect(handOverNow(scene.context(), scene.at).view.keystore).toHaveLength(1);
    },
  );

  it.each([undefined, null, 'REPLACEMENT_CANNOT_SEND'] as const)(
    'leaves through none while another has not ended (token: %s): it could not be proven there any more',
    async (holdersWay) => {
      const scene = await handOverScene();
      const later = { status: 'running', ...(holdersWay === undefined ? {} : { holdersWay }) } as const;
      const again = scene.adoptedAgain(later);

      await leavesNothing(scene, scene.at);
      expect(() => leaveToHolder(scene.context(), scene.at, ANNA)).toThrow(
        expect.objectContaining({ code: 'HAND_OVER_WAITS' }),
      );

      expect(handOverNow(scene.context(), scene.at).view.underWay).toEqual([again.recoveryId]);
      expect(handOverNow(scene.context(), again).view).toMatchObject({ state: 'waiting' });
      expect(handOverNow(scene.context(), again).view.underWay).toBeUndefined();
      scene.records.journal.setStatus(again.recoveryId, 'cancelled', null);
      await takeKeystore(scene.context(), scene.at, ANNA);
    },
  );

  it('is let go of by leaving them to the holder once, which each recovery tells that had any', async () => {
    const scene = await handOverScene();
    const again = scene.adoptedAgain(failing);

    expect(leaveToHolder(scene.context(), scene.at, ANNA)).toEqual(['BND']);

    await takeKeystore(scene.context(), scene.at, ANNA);
    await takePassphrase(scene.context(), again, BERT);
    const codes = storedResult(scene.records, again.recoveryId)?.result.followUps.map(({ code }) => code);
    expect(codes).toContain('HOLDER_RECOVERS');
    expect(codes).not.toContain('TOKENS_TO_RETRY');
    const told = scene.audit().flatMap(({ kind, fields }) => (kind === 'hand_over' ? [fields] : []));
    expect(told.slice(0, 2)).toMatchObject([
      { recoveryId: scene.id, what: 'left_to_holder' },
      { recoveryId: again.recoveryId, what: 'left_to_holder' },
    ]);
  });

  it('does not wait for recoveries to other wallets', async () => {
    const { scene, first, second } = await two(failing);

    await leavesNothing(scene, first.at);
    await takeKeystore(scene.context(), second.at, ANNA);

    expect(handOverNow(scene.context(), second.at).view.keystore).toHaveLength(1);
  });
});

describe('the journal', () => {
  const row = { operatorId: ANNA.operatorId, operator: ANNA.operator, recipient: null };

  it.each([address(0x99), address(0x20)])(
    'takes no fact of %s, which the plan does not hand over',
    async (wallet) => {
      const account = planned(0x200, { kind: 'account', control: 'generated', address: address(0x20) });
      const scene = await handOverScene({ others: [account] });
      const { journal } = scene.records;

      expect(() => journal.recordHandOver(scene.id, { wallet, what: 'keystore', ...row })).toThrow(
        `hands no wallet ${wallet} over`,
      );

      expect(journal.read(scene.id)?.handOver).toEqual([]);
    },
  );

  it('takes each fact at its place of its own wallet, and no release while another is not handed over', async () => {
    const { scene, first, second } = await two();
    const { journal } = scene.records;
    const record = ({ wallet }: MadeWallet, what: 'keystore' | 'done' | 'cleared' | 'sign_in_released') =>
      journal.recordHandOver(scene.id, { wallet, what, ...row });

    record(first, 'done');
    expect(() => record(second, 'cleared')).toThrow(`no cleared of ${second.wallet}`);
    record(second, 'keystore');
    record(first, 'cleared');
    expect(() => record(first, 'sign_in_released')).toThrow('not handed over yet');
    record(second, 'done');
    record(second, 'cleared');
    record(second, 'sign_in_released');

    const kept = journal.read(scene.id)?.handOver.map(({ wallet, what }) => [wallet, what]);
    expect(kept).toEqual([
      [first.wallet, 'done'],
      [second.wallet, 'keystore'],
      [first.wallet, 'cleared'],
      [second.wallet, 'done'],
      [second.wallet, 'cleared'],
      [second.wallet, 'sign_in_released'],
    ]);
  });
});
