import { ZeroAddress } from 'ethers';
import { describe, expect, it } from 'vitest';
import { PRACTICE_ROLES, practiceAddress } from '../../../electron/practice/practice-keys.ts';
import { claimsRecheckSchema, claimsReportSchema } from '../../../shared/claims.ts';
import type { ClaimIssue, ClaimsRecheck, ClaimsReport } from '../../../shared/claims.ts';
import { claims, issueAs } from '../../support/claims-desk.ts';
import { codesOf } from '../../support/command-line.ts';
import { deskScene } from '../../support/desk-scene.ts';
import { completedOf, severalWalletsTerminal } from '../../support/several-wallets-terminal.ts';
import { terminal } from '../../support/terminal.ts';

const KYC = 'knowYourCustomer';
const NEW = practiceAddress('replacement');
const FINLAND = 246n;

describe('a person with several wallets, in the terminal', () => {
  const scene = deskScene();
  const { freya, facts, allSaid, proven, recover } = severalWalletsTerminal(scene);

  it('is recovered in one go, and then holds and transfers with every wallet again', async () => {
    const { lost, account, healthy, person } = freya();
    const { standing, holding, units, ownerOf, transfer } = facts();
    const accomplice = practiceAddress(PRACTICE_ROLES.accomplice);

    const result = completedOf(await recover(...(await proven()), ...allSaid()));

    const identity = result.replacementIdentity;
    const made = result.wallets[1]?.replacement ?? '';
    expect(result).toMatchObject({
      status: 'completed',
      lostWallet: lost,
      replacementWallet: NEW,
      wallets: [
        { lost, replacement: NEW, identity },
        { lost: account.wallet, replacement: made, identity },
      ],
      healthy: [{ wallet: healthy.wallet, identity, outcome: 'moved' }],
      tokens: { total: 5, recovered: 5, failed: 0, failures: [] },
    });
    expect(result.phases.find(({ name }) => name === 'verify')?.status).toBe('done');
    expect(await ownerOf(made)).toBe(NEW);
    const inHands = {
      registered: true,
      identity,
      country: FINLAND,
      markedLost: false,
      linkedTo: ZeroAddress,
    };
    for (const wallet of [NEW, made, healthy.wallet]) expect(await standing(wallet)).toEqual(inHands);
    const gone = { registered: false, identity: null, country: null, markedLost: true };
    expect(await standing(lost)).toEqual({ ...gone, linkedTo: NEW });
    expect(await standing(account.wallet)).toEqual({ ...gone, linkedTo: made });
    const whole = async (symbol: string, wallet: string, amount: bigint, frozen = 0n): Promise<void> =>
      expect(await holding(symbol, wallet), `${symbol} of ${wallet}`).toEqual({
        balance: units(symbol, amount),
        frozen: units(symbol, frozen),
        addressFrozen: false,
      });
    await whole('ALDE', NEW, 120n);
    await whole('QUAY', NEW, 500n, 150n);
    await whole('EURQ', NEW, 3_000n);
    await whole('EURQ', made, 900n);
    await whole('CHFQ', made, 250n);
    await whole('USDQ', healthy.wallet, 40n);
    for (const symbol of ['ALDE', 'QUAY', 'EURQ']) await whole(symbol, lost, 0n);
    for (const symbol of ['EURQ', 'CHFQ']) await whole(symbol, account.wallet, 0n);

    const of = { data: scene.data, id: result.recoveryId };
    const missing = claimsReportSchema.parse((await claims<ClaimsReport>(of, 'list')).document);
    expect(missing.tokens.map(({ symbol }) => symbol).toSorted()).toEqual([
      'ALDE',
      'CHFQ',
      'EURQ',
      'QUAY',
      'USDQ',
    ]);
    expect(missing.missing.map(({ topicName, tokens }) => [topicName, tokens])).toEqual([
      [KYC, ['ALDE', 'QUAY']],
      ['antiMoneyLaundering', []],
    ]);
    const before = await claims<ClaimsRecheck>(of, 'recheck');
    expect([before.code, before.document.green]).toEqual([5, false]);

    const issued = await claims<ClaimIssue>(
      of,
      'issue',
      issueAs(scene.desk.network.files.issuer, { identity }),
    );

    expect(issued.code, issued.stderr).toBe(0);
    const after = await claims<ClaimsRecheck>(of, 'recheck');
    const recheck = claimsRecheckSchema.parse(after.document);
    expect([after.code, recheck.green]).toEqual([0, true]);
    expect(recheck.tokens.map(({ symbol, hold, transfer: can }) => [symbol, hold, can])).toEqual([
      ['ALDE', 'yes', 'yes'],
      ['QUAY', 'yes', 'yes'],
      ['EURQ', 'yes', 'yes'],
    ]);
    expect(
      recheck.further?.map((wallet) => [
        wallet.wallet,
        wallet.kind,
        wallet.identity,
        wallet.tokens.map(({ symbol, transfer: can }) => `${symbol} ${can}`),
        wallet.reasons,
      ]),
    ).toEqual([
      [made, 'replacement', identity, ['EURQ yes', 'CHFQ yes'], []],
      [healthy.wallet, 'healthy', identity, ['USDQ yes'], []],
    ]);
    expect(await transfer('ALDE', 'replacement', accomplice)).toBe(1);
    expect(await transfer('CHFQ', 'replacement', accomplice, made)).toBe(1);
    expect(await transfer('USDQ', healthy.role, accomplice)).toBe(1);
    expect(person.oldIdentity).not.toBe(identity);
  });

  it('is told each wallet by `list`, `status`, and the texts on the way', async () => {
    const { lost, account, healthy } = freya();

    const run = await recover(...(await proven()), ...allSaid());

    const { recoveryId, wallets } = completedOf(run);
    const made = wallets[1]?.replacement ?? '';
    for (const words of [
      `Lost too          ${account.wallet}`,
      `Replacement       ${made}, a smart account`,
    ]) {
      expect(run.stderr).toContain(words);
    }
    expect(run.stderr).toContain(`Healthy wallet    ${healthy.wallet}, moves to the identity`);
    expect(run.stderr).toMatch(/token 5 of 5 {2}CHFQ {2}recovered/);
    const status = await terminal(['status', recoveryId, '--data', scene.data]);
    for (const wallet of [lost, account.wallet, NEW, made, healthy.wallet]) {
      expect(status.stdout).toContain(wallet);
    }
    const list = JSON.parse((await terminal(['list', '--json', '--data', scene.data])).stdout);
    expect(list).toMatchObject([{ id: recoveryId, lostWallet: lost, further: [account.wallet] }]);
    const text = await terminal(['list', '--data', scene.data]);
    expect(text.stdout).toContain(account.wallet);
  });

  it('keeps a healthy wallet where it is when that was said, and no claim of it is asked to be revoked', async () => {
    const { account, healthy, person } = freya();

    const run = await recover(
      ...(await proven()),
      '--also-lost',
      `${account.wallet}=account`,
      '--stays',
      healthy.wallet,
    );

    const result = completedOf(run);
    expect(result.healthy).toEqual([
      { wallet: healthy.wallet, identity: person.oldIdentity, outcome: 'stays' },
    ]);
    expect(codesOf(result.followUps)).toContain('HEALTHY_WALLET_STAYS');
    expect((await facts().standing(healthy.wallet)).identity).toBe(person.oldIdentity);
    const of = { data: scene.data, id: result.recoveryId };
    const { document } = await claims<ClaimsReport>(of, 'list');
    expect(document.requests).toEqual([expect.objectContaining({ revoke: 0 })]);
    expect(document.unknown.join(' ')).toContain(healthy.wallet);
    const { document: recheck } = await claims<ClaimsRecheck>(of, 'recheck');
    expect(recheck.further?.map(({ kind }) => kind)).toEqual(['replacement']);
  });

  it('was lost a wallet before: what is left on it goes on to where the second one goes', async () => {
    const ravi = scene.desk.person('ravi-menon');
    const [before, second] = [ravi.further[0]?.wallet ?? '', ravi.lostWallet ?? ''];
    const { replacement, proof } = await scene.desk.proofBy('replacement', ravi, scene.data);
    const { standing, holding, units } = facts();

    const run = await terminal(
      scene.desk.recoverArgs(ravi, scene.data, '--replacement', replacement, '--proof', proof),
    );

    const result = completedOf(run);
    expect(result.wallets.map(({ lost, replacement: to }) => [lost, to])).toEqual([
      [second, NEW],
      [before, second],
    ]);
    expect(result.tokens).toEqual({ total: 4, recovered: 4, failed: 0, failures: [] });
    expect(run.stderr).toContain(`Lost before       ${before}`);
    expect(run.stderr).toContain(`EARLIER_LOST_WALLET: ${before} was lost before, and still holds TESD.`);
    expect(await standing(second)).toMatchObject({ registered: false, markedLost: true, linkedTo: NEW });
    expect(await standing(before)).toMatchObject({ registered: false, markedLost: true, linkedTo: second });
    expect((await holding('TESD', NEW)).balance).toBe(units('TESD', 1_300n));
    expect((await holding('NGB28', NEW)).balance).toBe(units('NGB28', 14n));
    expect(await holding('ORRN', NEW)).toMatchObject({
      balance: units('ORRN', 610n),
      frozen: units('ORRN', 60n),
    });
    for (const wallet of [before, second]) expect((await holding('TESD', wallet)).balance).toBe(0n);
    const recheck = await claims<ClaimsRecheck>({ data: scene.data, id: result.recoveryId }, 'recheck');
    expect(recheck.document.further).toBeUndefined();
    expect(recheck.document.tokens.map(({ symbol }) => symbol).toSorted()).toEqual(['NGB28', 'ORRN', 'TESD']);
  });
});
