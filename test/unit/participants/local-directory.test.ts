import { describe, expect, it } from 'vitest';
import type { Participant } from '../../../shared/participant.ts';
import { localScene, wallet } from './local-scene.ts';

const scene = localScene();

function person(id: string, name: string | null, ...wallets: readonly number[]): Participant {
  return {
    id,
    name,
    source: 'directory',
    wallets: wallets.map((n, index) => ({ address: wallet(n), effective: index === 0 })),
  };
}

function put(...people: readonly Participant[]): void {
  for (const one of people) scene.local.people.put(one);
}

const idsOf = async (text: string, limit = 10, after: string | null = null): Promise<readonly string[]> =>
  (await scene.local.directory.search({ text, limit, after })).participants.map(({ id }) => id);

describe('the local directory', () => {
  it('finds people by id and by wallet, also after another start', async () => {
    put(person('p-1', 'Ann Ames', 1, 2), person('p-2', null));
    scene.reopen();
    const { directory } = scene.local;

    expect(await directory.get('p-1')).toEqual(person('p-1', 'Ann Ames', 1, 2));
    expect(await directory.findByWallet(wallet(2))).toEqual(person('p-1', 'Ann Ames', 1, 2));
    expect(await directory.get('p-2')).toEqual(person('p-2', null));
    expect(await directory.get('p-3')).toBeNull();
    expect(await directory.findByWallet(wallet(3))).toBeNull();
  });

  it('is searched for a part of a name, an id or a wallet, whatever the case and the signs in it', async () => {
    put(person('p-1', 'Ann "Äly" O’Neil', 0xabcdef), person('p-2', '100% *real*'), person('x', 'Änn'));

    expect(await idsOf('äLY')).toEqual(['p-1']);
    expect(await idsOf('"Ä')).toEqual(['p-1']);
    expect(await idsOf('NN')).toEqual(['p-1', 'x']);
    expect(await idsOf('0% *')).toEqual(['p-2']);
    expect(await idsOf('ABCDEF')).toEqual(['p-1']);
    expect(await idsOf('OR NOT')).toEqual([]);
  });

  it('is gone through page by page, in the order of ids', async () => {
    put(...['c', 'a', 'b', 'd'].map((id) => person(id, 'Same Name')));
    const { directory } = scene.local;

    const first = await directory.search({ text: 'same', limit: 2, after: null });
    const second = await directory.search({ text: 'same', limit: 2, after: first.after });

    expect(first).toMatchObject({ participants: [{ id: 'a' }, { id: 'b' }], after: 'b' });
    expect(second).toMatchObject({ participants: [{ id: 'c' }, { id: 'd' }], after: null });
  });

  it('links a replacement: the lost wallet stays, marked; done twice it is done once', async () => {
    put(person('p-1', 'Ann', 1));
    const { directory } = scene.local;
    const link = { lost: wallet(1), replacement: wallet(9), effective: true };

    const effects = [await directory.linkWallet('p-1', link), await directory.linkWallet('p-1', link)];

    expect(effects.map(({ counts }) => counts)).toEqual([{ wallet_link: 1 }, { wallet_link: 0 }]);
    expect((await directory.get('p-1'))?.wallets).toEqual([
      { address: wallet(1), effective: false, lost: true },
      { address: wallet(9), effective: true },
    ]);
    await directory.linkWallet('p-1', { lost: wallet(9), replacement: wallet(10), effective: true });
    expect((await directory.get('p-1'))?.wallets.filter(({ lost }) => lost).length).toBe(2);
  });

  it('links a further replacement beside the effective wallet, which stays so unless it is the lost one', async () => {
    put(person('p-1', 'Ann', 1, 2));
    const { directory } = scene.local;
    const beside = { lost: wallet(2), replacement: wallet(9), effective: false };

    const effects = [await directory.linkWallet('p-1', beside), await directory.linkWallet('p-1', beside)];

    expect(effects.map(({ counts }) => counts)).toEqual([{ wallet_link: 1 }, { wallet_link: 0 }]);
    expect((await directory.get('p-1'))?.wallets).toEqual([
      { address: wallet(1), effective: true },
      { address: wallet(2), effective: false, lost: true },
      { address: wallet(9), effective: false },
    ]);
    await directory.linkWallet('p-1', { lost: wallet(1), replacement: wallet(10), effective: false });
    expect((await directory.get('p-1'))?.wallets.filter(({ effective }) => effective)).toEqual([]);
  });

  it('refuses a replacement, or a lost wallet, that is somebody else’s, and a person that it does not know', async () => {
    put(person('p-1', 'Ann', 1), person('p-2', 'Bob', 2));
    const { directory } = scene.local;
    const taken = { code: 'DIRECTORY_WALLET_TAKEN', message: expect.stringContaining('"p-2"') };

    await expect(
      directory.linkWallet('p-1', { lost: wallet(1), replacement: wallet(2), effective: true }),
    ).rejects.toMatchObject(taken);
    await expect(
      directory.linkWallet('p-1', { lost: wallet(2), replacement: wallet(9), effective: true }),
    ).rejects.toMatchObject(taken);
    await expect(directory.revokeSessions('p-9')).rejects.toMatchObject({ code: 'PARTICIPANT_NOT_FOUND' });
    expect((await directory.get('p-1'))?.wallets).toEqual([{ address: wallet(1), effective: true }]);
  });

  it('of a desk where nobody signs in says so, and pretends nothing', async () => {
    put(person('p-1', 'Ann', 1));
    const { directory } = scene.local;

    const { sessions, wallet_link: link, sign_in_hold: hold } = await directory.capabilities();

    expect([sessions.can, hold.can, link.can]).toEqual(['cannot', 'cannot', 'can']);
    expect(await directory.revokeSessions('p-1')).toMatchObject({ counts: {}, survivors: [{ until: null }] });
    expect(await directory.holdSignIn('p-1')).toMatchObject({ counts: {} });
    expect(await directory.access('p-1')).toMatchObject({ sessions: null, signIn: 'unknown' });
  });

  it('of practice accounts ends what there is, once, and holds sign-in until it is released', async () => {
    put(person('p-1', 'Ann', 1));
    const { access, directory } = scene.local;
    const item = { label: 'Practice', verification: null, createdAt: null, lastUsedAt: null };
    access.add('p-1', 'sessions', { id: 'a', ...item });
    access.add('p-1', 'sessions', { id: 'b', ...item });
    access.add('p-1', 'passkeys', { id: 'a', ...item });

    expect((await directory.revokeSessions('p-1')).counts).toEqual({ sessions: 2 });
    expect((await directory.revokeSessions('p-1')).counts).toEqual({ sessions: 0 });
    expect((await directory.resetFactors('p-1')).counts).toMatchObject({ passkeys: 1, second_factors: 0 });
    expect((await directory.holdSignIn('p-1')).counts).toEqual({ sign_in_hold: 1 });
    expect((await directory.holdSignIn('p-1')).counts).toEqual({ sign_in_hold: 0 });
    expect(await directory.access('p-1')).toMatchObject({ sessions: [], passkeys: [], signIn: 'held' });
    expect((await directory.releaseSignIn('p-1')).counts).toEqual({ sign_in_hold: 1 });
    expect((await directory.access('p-1')).signIn).toBe('open');
  });
});
