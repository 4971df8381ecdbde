import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SeededPerson } from '../../electron/practice/practice-seed.ts';
import type { RecoveryResult } from '../../shared/outcome.ts';
import { faultyDesk } from '../support/desk-process.ts';
import { countEffects } from '../support/effects.ts';
import type { Effects } from '../support/effects.ts';
import type { Fault } from '../support/fault.ts';
import { readJournalFile } from '../support/journal-file.ts';
import { practiceActs } from '../support/practice-acts.ts';
import { openPracticeDesk } from '../support/practice-desk.ts';
import type { PracticeDesk } from '../support/practice-desk.ts';
import { resultOf, resumeArgs } from '../support/recovery-runs.ts';
import { severalWallets, walletFacts } from '../support/several-wallets.ts';
import type { SeveralWallets, WalletFacts } from '../support/several-wallets.ts';
import { terminal } from '../support/terminal.ts';

const KILL = (at: string, count: number): Fault => ({ signal: 'SIGKILL', at, count });

/** Two links, three tokens of one wallet and two of the other, the healthy wallet's move. */
const MOMENTS: readonly (readonly [string, number, string])[] = [
  ['broadcast:create_wallet', 1, 'the making of the smart account is sent, and that is not written yet'],
  ['intended:recover_identity', 1, 'both links are stored unsigned'],
  ['broadcast:recover_identity', 1, 'the first link is sent, the second is not'],
  ['ended:recover_identity', 1, 'the outcome of the first link is written, that of the second is not'],
  ['broadcast:recover_tokens', 2, 'the second of five token recoveries is sent'],
  [
    'ended:recover_tokens',
    3,
    'the tokens of the first wallet have their outcome, those of the second have not',
  ],
  ['broadcast:recover_identity', 3, 'the move of the healthy wallet is sent, and that is not written yet'],
  ['judged:verify', 1, 'everything is verified, and that is not written yet'],
];

describe('kill -9 of a recovery of several wallets, then `resume`, ends as without it and does nothing twice', () => {
  let desk: PracticeDesk;
  let facts: WalletFacts;
  let freya: SeveralWallets;
  beforeAll(async () => {
    desk = await openPracticeDesk();
    facts = walletFacts(desk, practiceActs(desk));
    freya = severalWallets(desk);
  });
  afterAll(() => desk.close());

  /** Each effect on one lost wallet and its replacement is there once, and all it held is on the replacement. */
  function expectOnce(effects: Effects, held: SeededPerson['holdings']): void {
    expect(effects).toMatchObject({ identityRecovered: 1, linked: 1, failed: 0, repeatedCalls: 0 });
    const nonces = effects.transactions.map(({ nonce }) => nonce).toSorted((a, b) => a - b);
    expect(nonces).toEqual(nonces.map((_, index) => (nonces[0] ?? 0) + index));
    for (const { token, amount, frozen } of held) {
      const moved = effects.tokens.find((one) => one.token === token);
      expect(moved).toMatchObject({
        recovered: 1,
        amount,
        lost: { after: { balance: '0' } },
        replacement: { after: { balance: amount, frozen, addressFrozen: false } },
      });
    }
    expect(effects.tokens.filter(({ recovered }) => recovered > 0)).toHaveLength(held.length);
  }

  async function expectRecovered(result: RecoveryResult, before: number): Promise<void> {
    const { person, lost, account, healthy } = freya;
    const [first, second] = result.wallets;
    const identity = result.replacementIdentity;
    expect(result).toMatchObject({
      status: 'completed',
      wallets: [
        { lost, identity },
        { lost: account.wallet, identity },
      ],
      healthy: [{ wallet: healthy.wallet, identity, outcome: 'moved' }],
      tokens: { total: 5, recovered: 5, failed: 0 },
    });
    expect(result.phases.find(({ name }) => name === 'verify')?.status).toBe('done');
    const own = await countEffects(desk, person, first?.replacement ?? '', before);
    expectOnce(own, person.holdings);
    expect(own.identityCreated).toBe(1);
    const other = { ...person, lostWallet: account.wallet };
    const further = await countEffects(desk, other, second?.replacement ?? '', before);
    expectOnce(further, account.holdings);
    expect(further.identityCreated).toBe(0);
    for (const wallet of [first?.replacement ?? '', second?.replacement ?? '', healthy.wallet]) {
      expect(await facts.standing(wallet)).toMatchObject({ registered: true, identity, markedLost: false });
    }
  }

  it.each(MOMENTS)('at %s, time %i: %s', async (at, count) => {
    await desk.reset();
    const data = desk.freshData();
    const before = await desk.provider.getBlockNumber();
    const { replacement, proof } = await desk.proofBy('replacement', freya.person, data);
    const killed = await faultyDesk(
      KILL(at, count),
      desk.recoverArgs(
        freya.person,
        data,
        '--replacement',
        replacement,
        '--proof',
        proof,
        '--also-lost',
        `${freya.account.wallet}=account`,
        '--moves',
        freya.healthy.wallet,
      ),
    );
    expect(killed.signal, killed.stderr).toBe('SIGKILL');

    const run = await terminal(resumeArgs(desk, data, null));

    expect(run.code, run.stderr).toBe(0);
    await expectRecovered(resultOf(run), before);
  });

  it.each([
    [1, 'both wallets'],
    [2, 'the second wallet'],
  ])(
    'at proven:create_wallet, time %i, with wallets that the desk makes: of %s the proof is given anew',
    async (count, _which) => {
      await desk.reset();
      const data = desk.freshData();
      const before = await desk.provider.getBlockNumber();
      const passphrase = desk.passphraseFile();
      const killed = await faultyDesk(
        KILL('proven:create_wallet', count),
        desk.recoverArgs(
          freya.person,
          data,
          '--replacement-passphrase-file',
          passphrase,
          '--also-lost',
          freya.account.wallet,
          '--moves',
          freya.healthy.wallet,
        ),
      );
      expect(killed.signal, killed.stderr).toBe('SIGKILL');
      const without = await terminal(resumeArgs(desk, data, null));
      expect([without.code, JSON.parse(without.stdout).error.code]).toEqual([2, 'BAD_USAGE']);
      expect(readJournalFile(data).transactions).toEqual([]);

      const run = await terminal(resumeArgs(desk, data, passphrase));

      expect(run.code, run.stderr).toBe(0);
      await expectRecovered(resultOf(run), before);
    },
  );

  it.each<[string, boolean, string, number]>([
    ['both links; the person is known to a participants file', true, 'final:recover_identity', 2],
    ['both links; the person is known to nobody but the chain', false, 'final:recover_identity', 2],
    ['a token of each wallet', false, 'broadcast:recover_tokens', 4],
    ['the healthy wallet that was moved', false, 'broadcast:recover_identity', 3],
  ])('and where its journal is gone, another plan adopts %s', async (_what, listed, at, count) => {
    await desk.reset();
    const [gone, data] = [desk.freshData(), desk.freshData()];
    const before = await desk.provider.getBlockNumber();
    const said = ['--also-lost', `${freya.account.wallet}=account`, '--moves', freya.healthy.wallet];
    const by = listed ? ['--participants', desk.network.files.participants] : [];
    const lineIn = async (folder: string): Promise<readonly string[]> => {
      const { replacement, proof } = await desk.proofBy('replacement', freya.person, folder, ...by);
      return desk.recoverArgs(
        freya.person,
        folder,
        '--replacement',
        replacement,
        '--proof',
        proof,
        ...said,
        ...by,
      );
    };
    const killed = await faultyDesk(KILL(at, count), await lineIn(gone));
    expect(killed.signal, killed.stderr).toBe('SIGKILL');

    const run = await terminal(await lineIn(data));

    expect(run.code, run.stderr).toBe(0);
    expect(run.stderr).toContain('ADOPTS_STANDING_LINK');
    await expectRecovered(resultOf(run), before);
  });

  it('and another plan that says nothing of a wallet which is linked, and not emptied, is blocked', async () => {
    await desk.reset();
    const [gone, data] = [desk.freshData(), desk.freshData()];
    const { account, healthy, person } = freya;
    const lineIn = async (folder: string, ...said: readonly string[]): Promise<readonly string[]> => {
      const { replacement, proof } = await desk.proofBy('replacement', person, folder);
      const given = ['--replacement', replacement, '--proof', proof];
      return desk.recoverArgs(person, folder, ...given, '--moves', healthy.wallet, ...said);
    };
    const also = ['--also-lost', `${account.wallet}=account`];
    const killed = await faultyDesk(KILL('final:recover_identity', 2), await lineIn(gone, ...also));
    expect(killed.signal, killed.stderr).toBe('SIGKILL');

    const run = await terminal(await lineIn(data));

    expect(run.code).toBe(4);
    expect(JSON.parse(run.stdout).preview.blockers).toEqual([
      expect.objectContaining({
        code: 'WALLET_UNDECIDED',
        message: expect.stringContaining(account.wallet),
      }),
    ]);
    expect((await terminal(await lineIn(data, ...also))).code).toBe(0);
    const again = await terminal(await lineIn(desk.freshData()));
    expect(JSON.parse(again.stdout).preview?.blockers ?? []).not.toContainEqual(
      expect.objectContaining({ code: 'WALLET_UNDECIDED' }),
    );
  });
});
