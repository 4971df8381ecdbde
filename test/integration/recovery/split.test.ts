import { describe, expect, it } from 'vitest';
import type { Preview } from '../../../shared/preview.ts';
import { openRecords } from '../../../electron/records.ts';
import { practiceAddress } from '../../../electron/practice/practice-keys.ts';
import { deskScene } from '../../support/desk-scene.ts';
import { countEffects, expectOnce } from '../../support/effects.ts';
import { errorOf, previewArgs, previewOf } from '../../support/command-line.ts';
import { readJournalFile } from '../../support/journal-file.ts';
import { replacementIn, resultOf } from '../../support/recovery-runs.ts';
import { HANDS, goOnArgs, splitArgs } from '../../support/split-desk.ts';
import { terminal } from '../../support/terminal.ts';

const scene = deskScene();
const luca = () => scene.desk.person('luca-ferri');
const maren = () => scene.desk.person('maren-holt');

async function previewed(custodian = HANDS.custodian): Promise<Preview> {
  const { desk, data } = scene;
  const wallet = maren().lostWallet ?? '';
  const hands = ['--operator', HANDS.identityManager, '--custodian', custodian];
  return previewOf(await terminal(previewArgs(desk, data, '--wallet', wallet, ...hands))).preview;
}

describe('a preview of split duties', () => {
  it('shows who signs for each token and who of the two may, and what each would pay', async () => {
    const preview = await previewed();

    for (const token of preview.tokens)
      expect(token).toMatchObject({
        signer: HANDS.custodian,
        custodians: [HANDS.custodian],
        custodianRight: true,
      });
    expect(preview.signers).toMatchObject([
      { address: HANDS.identityManager, role: 'operator', identityManager: true, transactions: 2 },
      { address: HANDS.custodian, role: 'custodian', identityManager: false, transactions: 10 },
    ]);
    const sum = (preview.signers ?? []).reduce((total, { estimate }) => total + BigInt(estimate), 0n);
    expect(sum).toBe(BigInt(preview.cost.estimate));
    expect(preview.blockers).toEqual([]);
    expect(preview.warnings.map(({ code }) => code)).not.toContain('CUSTODIAN_SIGNS_NOTHING');
  });

  it('says that duties are not split where whoever was named as custodian may sign nothing', async () => {
    const stranger = practiceAddress('replacement');

    const { warnings, tokens } = await previewed(stranger);

    expect(tokens.map(({ signer }) => signer)).not.toContain(stranger);
    const told = warnings.find(({ code }) => code === 'CUSTODIAN_SIGNS_NOTHING');
    expect(told?.message).toContain(stranger);
  });

  it('has the operator sign where the custodian named holds no right, as expected to fail', async () => {
    const { acts } = scene;
    const alde = acts.token('ALDE');
    await acts.act('custodian-admin', 'AccessManager', alde.accessManager, 'revokeRole', [
      '0xe28434228950b641dbbc0178de89daa359a87c6ee0d8399aeace52a98fe902b9',
      HANDS.custodian,
    ]);

    const preview = await previewed();

    expect(preview.tokens.find(({ symbol }) => symbol === 'ALDE')).toMatchObject({
      signer: HANDS.identityManager,
      custodians: [],
      predicted: { outcome: 'fails', reason: 'CUSTODIAN_PERMISSION_MISSING' },
    });
  });

  it('says which of the two cannot pay', async () => {
    await scene.desk.provider.send('anvil_setBalance', [HANDS.custodian, '0x0']);

    const { blockers } = await previewed();

    expect(blockers.map(({ code }) => code)).toEqual(['OPERATOR_CANNOT_PAY']);
    expect(blockers[0]?.message).toContain(`the custodian ${HANDS.custodian}`);
    expect(blockers[0]?.remedy).toContain(HANDS.custodian);
  });

  it('of one operator alone is in the form that older versions wrote', async () => {
    const { desk, data } = scene;
    const wallet = maren().lostWallet ?? '';
    const { preview } = previewOf(await terminal(previewArgs(desk, data, '--wallet', wallet)));

    expect(Object.keys(preview)).not.toContain('signers');
    expect(preview.tokens.every((token) => !('signer' in token) && !('custodians' in token))).toBe(true);
  });
});

describe('a recovery with split duties', () => {
  it('waits for the custodian, who confirms and does their part alone', async () => {
    const { desk, data, before } = scene;

    const begun = await terminal(await splitArgs(desk, luca(), data));

    expect(begun.code, begun.stderr).toBe(1);
    expect(resultOf(begun)).toMatchObject({
      status: 'waiting',
      reason: { code: 'WAITING_FOR_OPERATOR' },
      waitsFor: [{ address: HANDS.custodian, what: 'operator' }],
      tokens: { total: 4, recovered: 0, failed: 0 },
    });
    expect(resultOf(begun).reason?.message).toContain(HANDS.custodian);
    expect(resultOf(begun).waitsFor?.[0]?.steps).toHaveLength(4);
    const listed = await terminal(['list', '--json', '--data', data]);
    expect(JSON.parse(listed.stdout)).toMatchObject([{ status: 'waiting', waitsFor: [HANDS.custodian] }]);

    const done = await terminal(goOnArgs(desk, luca(), data, 'custodian'));

    expect(done.code, done.stderr).toBe(0);
    expect(resultOf(done)).toMatchObject({ status: 'completed', tokens: { total: 4, recovered: 4 } });
    const to = replacementIn(data);
    for (const hand of Object.values(HANDS))
      expectOnce(await countEffects(desk, luca(), to, before, hand), luca(), 'not contained');
    const { transactions } = readJournalFile(data);
    const signed = (signer: string): readonly string[] =>
      transactions.filter((row) => row.signer === signer).map(({ step }) => step.split(':')[0] ?? '');
    expect(signed(HANDS.identityManager)).toEqual(['create_identity', 'recover_identity']);
    expect(new Set(signed(HANDS.custodian))).toEqual(new Set(['recover_token']));
  });

  it('of a compromised wallet waits before the link for the freezes, then after it, hand by hand', async () => {
    const { desk, data, before } = scene;
    const begun = await terminal(await splitArgs(desk, luca(), data, '--reason', 'compromised'));
    expect(resultOf(begun)).toMatchObject({ status: 'waiting', reason: { code: 'WAITING_FOR_OPERATOR' } });
    expect(readJournalFile(data).recovery.noReturnAt).toBeNull();

    const frozen = await terminal(goOnArgs(desk, luca(), data, 'custodian'));
    expect(resultOf(frozen)).toMatchObject({
      status: 'waiting',
      waitsFor: [{ address: HANDS.identityManager, steps: [expect.stringMatching(/^recover_identity:/)] }],
    });
    expect(readJournalFile(data).recovery.noReturnAt).not.toBeNull();

    const linked = await terminal(goOnArgs(desk, luca(), data, 'identityManager'));
    expect(resultOf(linked)).toMatchObject({ status: 'waiting', waitsFor: [{ address: HANDS.custodian }] });

    const done = await terminal(goOnArgs(desk, luca(), data, 'custodian'));
    expect(done.code, done.stderr).toBe(0);
    expect(resultOf(done).status).toBe('completed');
    for (const hand of Object.values(HANDS))
      expectOnce(await countEffects(desk, luca(), replacementIn(data), before, hand), luca(), 'contained');
  });

  it('has nothing signed by one who has not confirmed the plan, and records who did', async () => {
    const { desk, data } = scene;
    await terminal(await splitArgs(desk, luca(), data));
    const unconfirmed = goOnArgs(desk, luca(), data, 'custodian').filter(
      (word) => !/^(--confirm|RECOVER .*)$/.test(word),
    );

    expect(errorOf(await terminal(unconfirmed))).toMatchObject({ code: 'CONFIRMATION_MISSING' });
    const wrong = [...unconfirmed, '--confirm', 'RECOVER 000000'];
    expect(errorOf(await terminal(wrong))).toMatchObject({ code: 'CONFIRMATION_WRONG' });
    expect(readJournalFile(data).confirmedBy).toEqual([HANDS.identityManager]);
    expect(await desk.provider.getTransactionCount(HANDS.custodian, 'pending')).toBe(0);

    await terminal(goOnArgs(desk, luca(), data, 'custodian'));
    expect(readJournalFile(data).confirmedBy).toEqual([HANDS.identityManager, HANDS.custodian]);
    const again = await terminal(goOnArgs(desk, luca(), data, 'custodian'));
    expect(errorOf(again)).toMatchObject({ code: 'RECOVERY_NOT_RESUMABLE' });
  });

  it('is gone on with by nobody who signs nothing of it', async () => {
    const { desk, data } = scene;
    await terminal(await splitArgs(desk, luca(), data));
    const { keystore, passphrase } = desk.network.files.operator;
    const line = [...goOnArgs(desk, luca(), data, 'custodian'), '--keystore', keystore];

    const refused = errorOf(await terminal([...line, '--passphrase-file', passphrase]));

    expect(refused.code).toBe('OPERATOR_DIFFERS');
    expect(refused.message).toContain(practiceAddress('operator'));
  });

  it('keeps a higher bound for who began it to confirm', async () => {
    const { desk, data } = scene;
    await terminal(await splitArgs(desk, luca(), data));
    const line = goOnArgs(desk, luca(), data, 'custodian', '--highest-cost', '1000000000000000000');

    expect(errorOf(await terminal(line))).toMatchObject({ code: 'OPERATOR_DIFFERS' });
  });

  it('lets the other confirm to their own run the very bound that was confirmed before', async () => {
    const { desk, data } = scene;
    const id = resultOf(await terminal(await splitArgs(desk, luca(), data))).recoveryId;
    const records = openRecords(data);
    records.journal.raiseBound(id, '1000000000000000000');
    records.close();

    const more = goOnArgs(desk, luca(), data, 'custodian', '--highest-cost', '1000000000000000001');
    const same = goOnArgs(desk, luca(), data, 'custodian', '--highest-cost', '1000000000000000000');

    expect(errorOf(await terminal(more))).toMatchObject({ code: 'OPERATOR_DIFFERS' });
    expect(resultOf(await terminal(same)).status).toBe('completed');
  });

  it('is told of in the audit log with each confirmation', async () => {
    const { desk, data } = scene;
    await terminal(await splitArgs(desk, luca(), data));
    await terminal(goOnArgs(desk, luca(), data, 'custodian'));
    const records = openRecords(data);
    try {
      const [row] = records.journal.list();
      expect(records.journal.read(row?.id ?? '')?.confirmedBy).toEqual(Object.values(HANDS));
    } finally {
      records.close();
    }
  });
});
