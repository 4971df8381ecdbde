/** The window's part of a hand-over: what leaves the entry window, what reaches the page, and who was proven to be there. */
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { EntryExchange } from '../../../electron/shell/entry-exchange.ts';
import { nodeChildPrograms } from '../../../electron/operator/node-child-programs.ts';
import { PRACTICE_SCRYPT_N } from '../../../electron/operator/new-keystore.ts';
import { operatorsOfFolder } from '../../../electron/operator/operators-of-folder.ts';
import { walletCustody } from '../../../electron/operator/wallet-custody.ts';
import type { Bench } from '../../../electron/workbench/bench.ts';
import { handOverHandlers } from '../../../electron/workbench/hand-over-handlers.ts';
import type { SignedIn } from '../../../electron/workbench/signed-in.ts';
import type { EntryView, FormView } from '../../../shared/entry-view.ts';
import { HAND_OVER_PROCEDURES } from '../../../shared/hand-over-procedures.ts';
import type { Operator } from '../../../shared/operator.ts';
import { handOverScene } from '../../support/hand-over-scene.ts';
import type { SceneOptions } from '../../support/hand-over-scene.ts';
import { BUILT } from '../../support/keychain-desk.ts';
import { draftOf, PASSPHRASE } from '../../support/operator-terminal.ts';
import { address } from '../store/records.ts';

const failing = { status: 'completed_with_token_failures', holdersWay: 'REPLACEMENT_CANNOT_SEND' } as const;
const KEY = '00000000-0000-4000-8000-000000000001';

/** What a person at the entry window types: by the kind of the field. */
function typedBy(view: FormView, proof: string, ticked: string): Record<string, string> {
  return Object.fromEntries(
    view.fields.map(({ name, kind }) => [name, kind === 'acknowledge' ? ticked : proof]),
  );
}

async function desk(options: SceneOptions = {}) {
  const scene = await handOverScene(options);
  const { records } = scene;
  const policy = { ...records.policy, allowVaultWithoutKeychain: true };
  const operators = operatorsOfFolder(records, nodeChildPrograms(BUILT), policy, PRACTICE_SCRYPT_N);
  const people = new Map<string, Operator>();
  for (const [name, role] of [
    ['Anna', 'operator'],
    ['Bert', 'custodian'],
  ] as const)
    people.set(name, (await operators.create(draftOf(name, role))).operator);

  let current = 'Anna';
  let proof = PASSPHRASE;
  let ticked = 'yes';
  let away = false;
  const left = Promise.withResolvers<void>();
  let saving: string | null = '/somewhere/of/theirs.json';
  const files: { readonly name: string; readonly text: string }[] = [];
  const views: FormView[] = [];
  const signedIns = new Map(
    [...people].map(([name, operator]) => {
      const one: Pick<SignedIn, 'operator' | 'address' | 'prover' | 'session'> = {
        operator,
        address: operator.credential.address,
        prover: { operator, codes: null },
        session: null,
      };
      return [name, one as SignedIn] as const;
    }),
  );
  // The real exchange of the entry window, with a person who fills each form once, and closes what is refused.
  let exchange: EntryExchange | null = null;
  const entry: Bench['wizard']['entry'] = {
    async ask(first, submit) {
      exchange = new EntryExchange(first, submit);
      for (;;) {
        const view: EntryView = exchange.view;
        if (view.kind !== 'form') throw new TypeError('no form');
        views.push(view);
        if (away && view.lines !== null) {
          left.resolve();
          return exchange.result;
        }
        const verdict = await exchange.reply({ values: typedBy(view, proof, ticked) });
        if (verdict.taken) return 'taken';
        if ('next' in verdict) continue;
        await exchange.giveUp();
        return exchange.result;
      }
    },
    cancel: () => void exchange?.giveUp(),
  };
  const bench = {
    connection: { records, site: { profile: {}, directory: () => records.local.directory } },
    wizard: {
      holder: { wizard: { step: 'none' } },
      entry,
      dialogs: {
        openFile: () => Promise.resolve(null),
        saveFile: ({ defaultName, text }: { defaultName: string; text: string }) => {
          files.push({ name: defaultName, text });
          return Promise.resolve(saving);
        },
      },
      operator: () => signedIns.get(current),
      operators: () => operators,
      provider: () => null,
      custody: () => walletCustody(scene.keychain),
    },
  } as unknown as Bench;
  const handlers = handOverHandlers(bench);
  return {
    scene,
    files,
    views,
    all: async () =>
      HAND_OVER_PROCEDURES['handover.get'].output.parse(
        await handlers['handover.get']({ recoveryId: scene.id }),
      ),
    get: async () => (await handlers['handover.get']({ recoveryId: scene.id }))[0],
    as: (name: string, typed = PASSPHRASE): void => {
      current = name;
      proof = typed;
    },
    /** Leaves the passphrase on the screen, and goes. @returns when it is there. */
    goesAway: () => {
      away = true;
      return left.promise;
    },
    ticksNothing: () => {
      ticked = '';
    },
    changesTheirMind: () => {
      saving = null;
    },
    /** What the page is answered, through the contract's own schema. */
    act: async (what: 'keystore' | 'passphrase' | 'leave' | 'done', wallet = scene.wallet) =>
      HAND_OVER_PROCEDURES[`handover.${what}`].output.parse(
        await handlers[`handover.${what}`]({ key: KEY, recoveryId: scene.id, wallet }),
      ),
    letter: async () =>
      HAND_OVER_PROCEDURES['handover.letter'].output.parse(
        await handlers['handover.letter']({ key: KEY, recoveryId: scene.id }),
      ),
  };
}

describe('a hand-over at the window', () => {
  it('goes by two people to the end, and shows the passphrase in the entry window alone', async () => {
    const { scene, files, views, act, as, get } = await desk();

    const first = await act('keystore');
    as('Bert');
    const second = await act('passphrase');
    const ended = await act('done');

    expect(first.fileName).toBe('theirs.json');
    expect(JSON.parse(files[0]?.text ?? '')).toMatchObject({ version: 3 });
    const letter = views.find(({ lines }) => lines !== null);
    expect(letter).toMatchObject({ lines: { values: [scene.words] }, printable: true });
    const told = JSON.stringify([first, second, ended, await get()]);
    expect(told).not.toContain(scene.words.split(' ').slice(0, 2).join(' '));
    expect(ended.view).toMatchObject({ state: 'done', passphraseKept: false, signInHeld: false });
    expect(ended.view.names.map(({ name }) => name).toSorted()).toEqual(['Anna', 'Bert']);
    expect(scene.wallets()).toEqual([]);
  });

  it('takes nothing for who does not prove that it is they', async () => {
    const { scene, act, as, get } = await desk();
    as('Anna', 'another passphrase');

    const taken = act('passphrase');

    await expect(taken).rejects.toMatchObject({ code: 'ENTRY_CANCELLED' });
    expect(await get()).toMatchObject({ passphrase: [] });
    expect(scene.audit()).toContainEqual(expect.objectContaining({ kind: 'operator_attempt_failed' }));
  });

  it('refuses the second half in the entry window', async () => {
    const { act, get, scene } = await desk();
    await act('keystore');

    const taken = act('passphrase');

    await expect(taken).rejects.toMatchObject({ code: 'ENTRY_CANCELLED' });
    expect(await get()).toMatchObject({ passphrase: [] });
    expect(scene.audit()).toContainEqual(expect.objectContaining({ kind: 'hand_over_refused' }));
  });

  it('says of a keystore that was not saved that it counts as having left', async () => {
    const { act, changesTheirMind } = await desk();
    changesTheirMind();

    const answer = await act('keystore');

    expect(answer).toMatchObject({ fileName: null, view: { keystore: [{}] } });
    expect(answer.note).toContain('take it again');
  });

  it('takes the passphrase off the screen after as long as a desk stays open without a hand on it', async () => {
    const { act, goesAway, scene } = await desk();
    const shown = goesAway();
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    onTestFinished(() => void vi.useRealTimers());
    let closed = false;
    const taken = act('passphrase').then((answer) => {
      closed = true;
      return answer;
    });
    await shown;

    await vi.advanceTimersByTimeAsync(scene.records.policy.idleLockSeconds * 1000 - 1);
    const before = closed;
    await vi.advanceTimersByTimeAsync(1);

    expect((await taken).view.passphrase).toHaveLength(1);
    expect(before).toBe(false);
  });

  it('does not mark as done what has not left, whatever is ticked', async () => {
    const { scene, act } = await desk();
    await act('keystore');

    await expect(act('done')).rejects.toMatchObject({ code: 'ENTRY_CANCELLED' });

    expect(scene.wallets()).toHaveLength(1);
  });

  it('saves the letter without asking for proof: there is no secret in it', async () => {
    const { scene, letter, files, views } = await desk();

    await letter();

    expect(views).toEqual([]);
    expect(files[0]?.text).toContain(scene.wallet);
    expect(files[0]?.text).not.toContain(scene.words);
  });

  it('goes wallet by wallet where there are several: each says who took what of it', async () => {
    const { scene, act, as, all, views, letter, files } = await desk({ wallets: 2 });
    const [first, second] = scene.made.map(({ wallet }) => wallet);

    await act('keystore', first);
    await act('passphrase', second);
    as('Bert');
    const ended = await act('passphrase', first).then(() => act('done', first));
    await letter();

    expect(ended.view).toMatchObject({ wallet: first, state: 'done', others: [second], signInHeld: true });
    expect(await all()).toMatchObject([
      { wallet: first, state: 'done' },
      { wallet: second, state: 'open', keystore: [], passphrase: [{}], others: [] },
    ]);
    const shown = views.filter(({ lines }) => lines !== null);
    expect(shown.map(({ facts }) => facts[0])).toEqual([
      ['Wallet', second],
      ['Wallet', first],
    ]);
    expect(shown.map(({ lines }) => lines?.values)).toEqual([[scene.made[1]?.words], [scene.words]]);
    for (const { wallet } of scene.made) expect(files.at(-1)?.text).toContain(wallet);
  });

  it('leaves to the holder what the wallet was to recover itself, by who reads there what the holder then has to do', async () => {
    const { scene, act, get, views } = await desk(failing);
    const later = scene.adoptedAgain({ ...failing, lostWallet: address(2) });

    const { view, note } = await act('leave');

    const calls = [address(2), scene.lostWallet].map(
      (lost) =>
        expect.stringMatching(new RegExp(`${scene.wallet}.*recoverTokens\\(${lost}\\)`, 'u')) as string,
    );
    expect(views).toHaveLength(1);
    expect(views[0]?.facts.slice(3)).toEqual(calls.map((call) => ['BND', call]));
    expect(views[0]?.fields.map(({ kind }) => kind)).toEqual(['acknowledge', 'passphrase']);
    expect(view.toRecover).toBeUndefined();
    expect(note).toContain(`the letter of ${later.recoveryId} and in that of ${scene.id}`);
    expect(await get()).toEqual(view);
    const told = scene.audit().flatMap(({ kind, fields }) => (kind === 'hand_over' ? [fields] : []));
    expect(told).toMatchObject([
      { recoveryId: scene.id, what: 'left_to_holder' },
      { recoveryId: later.recoveryId, what: 'left_to_holder' },
    ]);
    expect((await act('keystore')).view.keystore).toHaveLength(1);
  });

  it('leaves nothing to the holder for who does not prove that it is they, or has not ticked it', async () => {
    const { scene, act, as, get, ticksNothing } = await desk(failing);
    as('Anna', 'another passphrase');
    await expect(act('leave')).rejects.toMatchObject({ code: 'ENTRY_CANCELLED' });
    as('Anna');
    ticksNothing();

    await expect(act('leave')).rejects.toMatchObject({ code: 'ENTRY_CANCELLED' });

    expect(await get()).toMatchObject({ toRecover: ['BND'], toRecoverIn: [scene.id] });
    expect(scene.records.journal.handOverOfWallet(scene.wallet)).toEqual([]);
  });

  it('does not even ask whether to leave to the holder where nothing can be left', async () => {
    const settled = await desk();
    const underWay = await desk(failing);
    underWay.scene.adoptedAgain({ status: 'running', lostWallet: address(2) });

    await expect(settled.act('leave')).rejects.toMatchObject({ code: 'HAND_OVER_NOT_READY' });
    await expect(underWay.act('leave')).rejects.toMatchObject({ code: 'HAND_OVER_WAITS' });

    expect([...settled.views, ...underWay.views]).toEqual([]);
  });

  it('has nothing of a wallet that is none of the recovery', async () => {
    const { scene, act, files } = await desk();

    await expect(act('keystore', scene.made[0].lostWallet)).rejects.toMatchObject({
      code: 'HAND_OVER_WALLET_UNKNOWN',
    });

    expect(files).toEqual([]);
  });
});
