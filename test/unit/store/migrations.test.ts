/** Each migration leads from the version before, with what was stored under that one. */
import { ZERO_ADDRESS } from '../../../shared/address.ts';
import { describe, expect, it } from 'vitest';
import { caseRepository } from '../../../electron/store/case-repository.ts';
import { openStore } from '../../../electron/store/database.ts';
import { MIGRATIONS } from '../../../electron/store/migrations.ts';
import { operatorRepository } from '../../../electron/store/operator-repository.ts';
import { OPERATOR_ID, sampleOperator } from './operator-records.ts';
import { participantRepository } from '../../../electron/store/participant-repository.ts';
import { planRepository } from '../../../electron/store/plan-repository.ts';
import { previewRepository } from '../../../electron/store/preview-repository.ts';
import { walletRepository } from '../../../electron/store/wallet-repository.ts';
import { deskUnderTest } from './desk-under-test.ts';
import { CHAIN, OPERATOR, TIME, address, sampleCase, sampleRecovery } from './records.ts';
import { temporaryFolder } from './temp-folders.ts';

/** A folder as the desk left it when its newest version was this one, with one recovery begun. */
function writtenUnder(version: number): string {
  const folder = temporaryFolder();
  const migrations = MIGRATIONS.filter(({ number }) => number <= version);
  const store = openStore(folder, { mode: 'write', migrations });
  caseRepository(store).insert('case-1', sampleCase, 'p-1', TIME);
  const { plan, preview, steps, ...begun } = sampleRecovery('r1');
  const digests = {
    planDigest: planRepository(store).save(plan),
    previewDigest: previewRepository(store).save(preview),
  };
  // As it was written then: what writes recoveries today knows of tables that came later.
  store.run(
    `INSERT INTO recovery (id, position, caseId, participantId, chainId, lostWallet, planDigest, previewDigest,
       flowVersion, operator, status, profile, createdAt)
     VALUES (:id, 1, :caseId, 'p-1', :chainId, :lostWallet, :planDigest, :previewDigest, 1, :operator, 'running',
       'null', :createdAt)`,
    {
      id: begun.id,
      caseId: begun.caseId,
      chainId: plan.network.chainId,
      lostWallet: plan.lostWallet,
      ...digests,
      operator: begun.operator,
      createdAt: TIME,
    },
  );
  for (const [position, { name, phase }] of steps.entries()) {
    store.run(
      `INSERT INTO step (recoveryId, name, attempt, position, phase, state, baseline, outcome)
       VALUES ('r1', :name, 1, :position, :phase, 'pending', 'null', 'null')`,
      { name, position, phase },
    );
  }
  store.run(
    `INSERT INTO generatedWallet (address, keystoreFile, createdAt) VALUES (:address, 'nine.json', :createdAt)`,
    { address: address(9), createdAt: TIME },
  );
  store.close();
  return folder;
}

describe('the migration', () => {
  it('to version 10 keeps hand-overs, of which nothing was left to the holder, and takes that it is', () => {
    const folder = writtenUnder(9);
    const before = openStore(folder, { mode: 'write', migrations: MIGRATIONS.slice(0, 9) });
    const insert = `INSERT INTO handOver (recoveryId, position, wallet, what, operatorId, operator, at)
       VALUES ('r1', :position, :wallet, :what, 'O-00000000aa', :operator, :at)`;
    const fact = (position: number, what: string) => ({
      position,
      what,
      wallet: address(9),
      operator: OPERATOR,
      at: TIME,
    });
    before.run(insert, fact(1, 'keystore'));
    expect(() => before.run(insert, fact(2, 'left_to_holder'))).toThrow(/CHECK constraint/u);
    before.close();

    const { store, journal } = deskUnderTest(folder);

    expect(journal.read('r1')?.handOver).toMatchObject([{ wallet: address(9), what: 'keystore' }]);
    store.run(insert, fact(2, 'left_to_holder'));
    expect(journal.handOverOfWallet(address(9)).map(({ what }) => what)).toEqual([
      'keystore',
      'left_to_holder',
    ]);
  });

  it('to version 9 keeps recoveries of one wallet, and holds further ones to one recovery each', () => {
    const folder = writtenUnder(8);

    const { store, journal } = deskUnderTest(folder);
    const before = journal.open(CHAIN, 'p-77', [address(31)]);
    store.run(`INSERT INTO furtherWallet (recoveryId, wallet) VALUES ('r1', :wallet)`, {
      wallet: address(31),
    });

    expect(before).toBeNull();
    expect(journal.read('r1')?.recovery).toMatchObject({ id: 'r1', status: 'running' });
    expect(journal.open(CHAIN, 'p-77', [address(30), address(31)])?.id).toBe('r1');
  });

  it('to version 2 keeps recoveries, whose bound is that of their plans', () => {
    const folder = writtenUnder(1);

    const { journal } = deskUnderTest(folder);

    const { recovery, steps } = journal.read('r1') ?? {};
    expect(recovery).toMatchObject({ id: 'r1', status: 'running', highestCost: null });
    expect(steps).toHaveLength(sampleRecovery('r1').steps.length);
  });

  it('to version 7 keeps recoveries, of whose wallets nothing was handed over', () => {
    const folder = writtenUnder(6);

    const { store, journal } = deskUnderTest(folder);

    expect(journal.read('r1')).toMatchObject({ recovery: { id: 'r1', status: 'running' }, handOver: [] });
    const wallets = walletRepository(store);
    expect(wallets.get(address(9))).toMatchObject({ keystoreFile: 'nine.json', keystoreDigest: null });
    expect(wallets.kept(address(9))).toBeNull();
  });

  it.each(['{"was": "altered"}', 'no JSON'])(
    'to version 8 keeps what was handed over of a plan that was altered, which keeps no desk from opening: %s',
    (body) => {
      const folder = writtenUnder(7);
      const before = openStore(folder, { mode: 'write', migrations: MIGRATIONS.slice(0, 7) });
      before.run(
        `INSERT INTO handOver (recoveryId, position, what, operatorId, operator, at)
         VALUES ('r1', 1, 'keystore', 'O-00000000aa', :operator, :at)`,
        { operator: OPERATOR, at: TIME },
      );
      before.run('UPDATE plan SET body = :body', { body });
      before.close();

      const { journal } = deskUnderTest(folder);

      expect(journal.handOverOfWallet(ZERO_ADDRESS)).toMatchObject([{ what: 'keystore' }]);
    },
  );

  it('to version 8 ties what was handed over to the one replacement of its plan, in its order', () => {
    const folder = writtenUnder(7);
    const before = openStore(folder, { mode: 'write', migrations: MIGRATIONS.slice(0, 7) });
    const facts = ['keystore', 'recipient', 'done', 'cleared', 'sign_in_released'] as const;
    const recipient = `age1${'q'.repeat(58)}`;
    for (const [index, what] of facts.entries()) {
      before.run(
        `INSERT INTO handOver (recoveryId, position, what, operatorId, operator, recipient, at)
         VALUES ('r1', :position, :what, 'O-00000000aa', :operator, :recipient, :at)`,
        {
          position: index + 1,
          what,
          operator: OPERATOR,
          recipient: what === 'recipient' ? recipient : null,
          at: TIME,
        },
      );
    }
    before.close();

    const { store, journal } = deskUnderTest(folder);

    const { replacement } = sampleRecovery('r1').plan;
    expect(journal.read('r1')?.handOver).toEqual(
      facts.map((what) => ({
        wallet: replacement.address,
        what,
        operatorId: 'O-00000000aa',
        operator: OPERATOR,
        recipient: what === 'recipient' ? recipient : null,
        at: TIME,
      })),
    );
    expect(() =>
      store.run(
        `INSERT INTO handOver (recoveryId, position, wallet, what, operatorId, operator, at)
         VALUES ('r2', 1, :wallet, 'done', 'O-00000000aa', :operator, :at)`,
        { wallet: replacement.address, operator: OPERATOR, at: TIME },
      ),
    ).toThrow(/FOREIGN KEY/u);
  });

  it('to version 8 leads on where a plan cannot be read any more, and keeps its facts under nobody’s address', () => {
    const folder = writtenUnder(7);
    const before = openStore(folder, { mode: 'write', migrations: MIGRATIONS.slice(0, 7) });
    before.run(
      `INSERT INTO handOver (recoveryId, position, what, operatorId, operator, at)
       VALUES ('r1', 1, 'keystore', 'O-00000000aa', :operator, :at)`,
      { operator: OPERATOR, at: TIME },
    );
    before.run(`UPDATE plan SET body = '{'`, {});
    before.close();

    const { store, journal } = deskUnderTest(folder);

    const { recovery, handOver } = journal.read('r1') ?? {};
    expect(handOver).toMatchObject([{ wallet: address(0), what: 'keystore' }]);
    expect(() => planRepository(store).get(recovery?.planDigest ?? '0x')).toThrow(
      expect.objectContaining({ code: 'PLAN_ALTERED' }),
    );
  });

  it('to version 5 keeps recoveries, and knows nobody', () => {
    const folder = writtenUnder(4);

    const { store, journal } = deskUnderTest(folder);

    expect(journal.read('r1')?.recovery).toMatchObject({ id: 'r1', status: 'running' });
    const people = participantRepository(store);
    expect(people.count()).toBe(0);
    expect(people.now()).toEqual({ listing: 1, revision: 0 });
  });

  it('to version 4 keeps recoveries, whose plans were confirmed by who began them, and nothing of them handed out', () => {
    const folder = writtenUnder(3);

    const { journal } = deskUnderTest(folder);

    expect(journal.read('r1')).toMatchObject({ confirmedBy: [OPERATOR], handOuts: [] });
  });

  it('to version 3 keeps recoveries and their audit log, knows no operators, and takes the first', () => {
    const folder = writtenUnder(2);

    const { store, journal, audit } = deskUnderTest(folder);
    const operators = operatorRepository(store, audit);

    expect(journal.read('r1')?.recovery).toMatchObject({ id: 'r1', status: 'running' });
    expect(audit.verify()).toMatchObject({ holds: true });
    expect(operators.rows()).toEqual([]);
    operators.insert(sampleOperator());
    expect(operators.get(OPERATOR_ID)?.operator.name).toBe('Ada Lovelace');
  });

  it('to version 5 keeps recoveries, which issue no claims', () => {
    const folder = writtenUnder(4);

    const { journal } = deskUnderTest(folder);

    expect(journal.read('r1')?.recovery).toMatchObject({ id: 'r1', status: 'running', claimsOf: null });
    expect(journal.list()).toHaveLength(1);
    expect(journal.issues()).toEqual([]);
  });
});
