import { describe, expect, it } from 'vitest';
import { checkedDirectory } from '../../../electron/participants/checked-directory.ts';
import type { ParticipantDirectory } from '../../../electron/participants/directory.ts';
import { fileDirectory } from '../../../electron/participants/file-directory.ts';
import type { Participant } from '../../../shared/participant.ts';
import { wallet } from './local-scene.ts';

const ann: Participant = {
  id: 'p-1',
  name: 'Ann',
  source: 'directory',
  wallets: [{ address: wallet(1), effective: true }],
};

/** A double, for a directory that answers whatever the test says, by name of the call. */
function answering(
  answers: Readonly<Partial<Record<keyof ParticipantDirectory, unknown>>>,
): ParticipantDirectory {
  const calls = Object.entries(answers).map(([name, answer]) => [name, () => Promise.resolve(answer)]);
  return checkedDirectory(
    { ...fileDirectory([ann]), ...Object.fromEntries(calls) } as ParticipantDirectory,
    60,
  );
}

const EVERYBODY = { text: '', limit: 10, after: null };

describe('a directory whose answers are checked', () => {
  it('answers what is right as it is', async () => {
    const directory = checkedDirectory(fileDirectory([ann]), 60);

    expect(await directory.get('p-1')).toEqual(ann);
    expect(await directory.get('p-2')).toBeNull();
    expect(await directory.findByWallet(wallet(1))).toEqual(ann);
    expect((await directory.search(EVERYBODY)).participants).toEqual([ann]);
    expect((await directory.capabilities()).sessions.can).toBe('cannot');
  });

  it('refuses another person than was asked for, by id and by wallet', async () => {
    const refusal = { code: 'DIRECTORY_WRONG_PERSON', message: expect.stringContaining('Nothing was taken') };
    await expect(answering({ get: { ...ann, id: 'p-2' } }).get('p-1')).rejects.toMatchObject(refusal);
    await expect(answering({ findByWallet: ann }).findByWallet(wallet(2))).rejects.toMatchObject(refusal);
  });

  it.each<
    [string, Partial<Record<keyof ParticipantDirectory, unknown>>, (d: ParticipantDirectory) => unknown]
  >([
    ['a text', { get: '<html>' }, (d) => d.get('p-1')],
    ['a person with more than there is', { get: { ...ann, token: 's3cret' } }, (d) => d.get('p-1')],
    [
      'a wallet twice',
      { get: { ...ann, wallets: [ann.wallets[0], { ...ann.wallets[0], effective: false }] } },
      (d) => d.get('p-1'),
    ],
    [
      'the id of an on-chain identity',
      { search: { participants: [{ ...ann, id: `wallet:1:${wallet(1)}` }], after: null } },
      (d) => d.search(EVERYBODY),
    ],
    [
      'somebody twice',
      { search: { participants: [ann, { ...ann, wallets: [] }], after: null } },
      (d) => d.search(EVERYBODY),
    ],
    ['a capability less', { capabilities: { sessions: { can: 'can' } } }, (d) => d.capabilities()],
    ['access that is none', { access: { sessions: 3 } }, (d) => d.access('p-1')],
    [
      'a count below nothing',
      { revokeSessions: { counts: { sessions: -1 }, survivors: [] } },
      (d) => d.revokeSessions('p-1'),
    ],
    [
      'nothing at all',
      { linkWallet: undefined },
      (d) => d.linkWallet('p-1', { lost: wallet(1), replacement: wallet(2), effective: true }),
    ],
  ])('refuses %s, and repeats nothing of it', async (_name, answers, ask) => {
    const error = await Promise.resolve(ask(answering(answers))).then(
      () => null,
      (thrown: unknown) => thrown,
    );
    expect(error).toMatchObject({ code: 'DIRECTORY_GARBAGE' });
    expect((error as Error).message).not.toContain('s3cret');
  });

  it('refuses a list that goes on for ever', async () => {
    const directory = answering({ search: { participants: [ann], after: 'x' } });
    await expect(directory.search({ ...EVERYBODY, after: 'x' })).rejects.toMatchObject({
      code: 'DIRECTORY_GARBAGE',
    });
  });

  it('gives up one that does not answer in time, whether it heeds that or not, and tells it so', async () => {
    const told = Promise.withResolvers<unknown>();
    const hanging: ParticipantDirectory = {
      ...fileDirectory([ann]),
      get: (_id, call) => {
        call?.signal?.addEventListener('abort', () => told.resolve(call.signal?.reason));
        return new Promise(() => undefined);
      },
    };

    await expect(checkedDirectory(hanging, 0.01).get('p-1')).rejects.toMatchObject({
      code: 'DIRECTORY_TIMEOUT',
    });
    expect(await told.promise).toMatchObject({ code: 'DIRECTORY_TIMEOUT' });
  });

  it('gives up for whoever asked with their own reason', async () => {
    const mine = new AbortController();
    const hanging = { ...fileDirectory([ann]), get: () => new Promise<null>(() => undefined) };
    const asked = checkedDirectory(hanging, 60).get('p-1', { signal: mine.signal });
    mine.abort(new Error('enough'));
    await expect(asked).rejects.toThrow('enough');
  });
});
