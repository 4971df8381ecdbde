import { describe, expect, it } from 'vitest';
import { caseRepository } from '../../../electron/store/case-repository.ts';
import { challengeRepository } from '../../../electron/store/challenge-repository.ts';
import { IllegalTransition } from '../../../electron/store/illegal-transition.ts';
import { planRepository } from '../../../electron/store/plan-repository.ts';
import { previewRepository } from '../../../electron/store/preview-repository.ts';
import { scanMemory } from '../../../electron/store/scan-memory.ts';
import { walletRepository } from '../../../electron/store/wallet-repository.ts';
import { planDigest } from '../../../shared/plan.ts';
import { previewDigest } from '../../../shared/preview.ts';
import { deskErrorOf, openForTest } from './desk-under-test.ts';
import { CHAIN, TIME, address, hash, sampleCase, samplePlan, samplePreview } from './records.ts';
import { temporaryFolder } from './temp-folders.ts';

const store = () => openForTest(temporaryFolder());

describe('cases', () => {
  it('are read as they were stored, and an id is used once', () => {
    const cases = caseRepository(store());
    cases.insert('c1', sampleCase, 'p-1', TIME);
    expect(cases.get('c1')).toEqual({ id: 'c1', case: sampleCase, participantId: 'p-1', createdAt: TIME });
    expect(cases.get('c2')).toBeNull();
    expect(() => cases.insert('c1', sampleCase, 'p-2', TIME)).toThrow('UNIQUE');
  });
});

describe('plans', () => {
  it('are read by their digest as they were stored, also when stored twice', () => {
    const plans = planRepository(store());
    const digest = plans.save(samplePlan());
    expect(plans.save(samplePlan())).toBe(digest);
    expect(digest).toBe(planDigest(samplePlan()));
    expect(plans.get(digest)).toEqual(samplePlan());
    expect(plans.get(hash(9))).toBeNull();
  });

  it.each([
    ['another destination', `replace(body, '${address(2)}', '${address(3)}')`],
    ['white space', `replace(body, ',', ', ')`],
    ['text that is no JSON', `'{'`],
  ])('are refused when the database was changed to hold %s', (_, change) => {
    const database = store();
    const plans = planRepository(database);
    const digest = plans.save(samplePlan());
    database.run(`UPDATE plan SET body = ${change}`);
    expect(deskErrorOf(() => plans.get(digest)).code).toBe('PLAN_ALTERED');
  });
});

describe('previews', () => {
  it('are read by their digest as they were stored', () => {
    const previews = previewRepository(store());
    const digest = previews.save(samplePreview());
    expect(digest).toBe(previewDigest(samplePreview()));
    expect(previews.get(digest)).toEqual(samplePreview());
    expect(previews.get(hash(9))).toBeNull();
  });

  it('are refused when the database was changed', () => {
    const database = store();
    const previews = previewRepository(database);
    const digest = previews.save(samplePreview());
    database.run(`UPDATE preview SET body = replace(body, '"practice":true', '"practice":false')`);
    expect(deskErrorOf(() => previews.get(digest)).code).toBe('PREVIEW_ALTERED');
  });
});

describe('challenges', () => {
  it('are found by chain and wallets, the newest first', () => {
    const challenges = challengeRepository(store());
    const challenge = {
      participantId: 'p-1',
      lostWallet: address(1),
      replacement: address(2),
      chainId: CHAIN,
      expiry: 1_800_000_000,
      createdAt: TIME,
    };
    const newer = { ...challenge, expiry: 1_900_000_000 };
    challenges.insert(challenge);
    challenges.insert(newer);
    challenges.insert({ ...challenge, chainId: 1 });
    expect(challenges.find(CHAIN, address(1), address(2))).toEqual([newer, challenge]);
    expect(challenges.find(CHAIN, address(2), address(1))).toEqual([]);
  });
});

describe('generated wallets', () => {
  it('are bound to one plan, once', () => {
    const wallets = walletRepository(store());
    const wallet = {
      address: address(2),
      keystoreFile: 'two.json',
      keystoreDigest: hash(9),
      planDigest: null,
      createdAt: TIME,
    };
    wallets.insert(wallet);
    expect(wallets.get(address(2))).toEqual(wallet);
    wallets.bind(address(2), hash(1));
    expect(wallets.list()).toEqual([{ ...wallet, planDigest: hash(1) }]);
    expect(() => wallets.bind(address(2), hash(2))).toThrow(IllegalTransition);
    expect(() => wallets.bind(address(3), hash(2))).toThrow(IllegalTransition);
    expect(wallets.get(address(3))).toBeNull();
  });
});

describe('the memory of log scans', () => {
  it('answers what was saved last under the key', () => {
    const memory = scanMemory(store());
    const log = {
      address: address(7),
      topics: [hash(1), hash(2)],
      data: '0x00ff' as const,
      blockNumber: 5,
      blockHash: hash(5),
      transactionHash: hash(6),
      logIndex: 0,
    };
    expect(memory.load('key')).toBeNull();
    memory.save('key', { scannedTo: 5, scannedHash: hash(5), logs: [] });
    memory.save('key', { scannedTo: 9, scannedHash: hash(9), logs: [log] });
    expect(memory.load('key')).toEqual({ scannedTo: 9, scannedHash: hash(9), logs: [log] });
  });
});
