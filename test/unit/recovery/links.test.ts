import { describe, expect, it } from 'vitest';
import { stepBeside, tokensBefore, tokenWaves } from '../../../electron/recovery/links.ts';
import { tokensOf, walletOfStep, walletsOf } from '../../../shared/plan.ts';
import type { Plan, PlannedWallet, PlanStep } from '../../../shared/plan.ts';
import { address, samplePlan, sampleStep } from '../store/records.ts';

const [LOST, SECOND, NEW, OTHER_NEW] = [address(1), address(0x21), address(2), address(0x22)];
const [BOND, COIN] = [address(0x70), address(0x71)];

function wallet(lostWallet = SECOND, to = OTHER_NEW): PlannedWallet {
  const { country, oldIdentity, replacement, adopts } = samplePlan();
  const tokens = [
    { address: BOND, symbol: 'BND', amount: 'whole balance' as const },
    { address: COIN, symbol: 'CN', amount: 'whole balance' as const },
  ];
  return { lostWallet, country, oldIdentity, replacement: { ...replacement, address: to }, adopts, tokens };
}

function step(role: PlanStep['role'], of: PlanStep['wallet'], token: PlanStep['token'] = BOND): PlanStep {
  return sampleStep({ role, wallet: of, token, name: `${role}:${of}:${token ?? NEW}` });
}

function planOf(further: PlannedWallet, steps: readonly PlanStep[]): Plan {
  return { ...samplePlan(), further: [further], steps: [...steps] };
}

describe('a plan of several wallets', () => {
  const steps = [
    step('contain', LOST),
    step('contain', SECOND),
    step('relink', LOST, null),
    step('relink', SECOND, null),
    step('token', LOST),
    step('token', SECOND),
    step('token', SECOND, COIN),
    step('move', address(0x31), null),
    step('release', NEW),
    step('release', OTHER_NEW),
  ];
  const plan = planOf(wallet(), steps);

  it('has each token once, and every wallet, the first first', () => {
    expect(walletsOf(plan).map(({ lostWallet }) => lostWallet)).toEqual([LOST, SECOND]);
    expect(tokensOf(plan).map(({ symbol }) => symbol)).toEqual(['BND', 'CN']);
  });

  it('knows of each step which lost wallet it is about', () => {
    expect(steps.map((one) => walletOfStep(plan, one).lostWallet)).toEqual([
      LOST,
      SECOND,
      LOST,
      SECOND,
      LOST,
      SECOND,
      SECOND,
      // The person as a whole.
      LOST,
      LOST,
      SECOND,
    ]);
  });

  it('finds the step of another kind about the same wallet and token, and no other wallet’s', () => {
    const of = (one: PlanStep, role: PlanStep['role']) => stepBeside(plan, one, role)?.name;

    expect(of(step('release', OTHER_NEW), 'token')).toBe(step('token', SECOND).name);
    expect(of(step('release', NEW), 'contain')).toBe(step('contain', LOST).name);
    expect(of(step('token', SECOND, COIN), 'contain')).toBeUndefined();
  });

  it('recovers tokens of unrelated wallets together', () => {
    expect(tokenWaves(plan)).toHaveLength(1);
    expect(tokensBefore(plan, step('token', LOST))).toEqual([]);
  });
});

describe('a plan of a wallet whose replacement was lost too', () => {
  const before = address(0x41);
  const plan = planOf(wallet(before, LOST), [
    step('token', before),
    step('token', LOST),
    step('token', LOST, COIN),
  ]);

  it('brings along first what goes on from there, and has nothing else wait for it', () => {
    expect(tokenWaves(plan).map((wave) => wave.map(({ name }) => name))).toEqual([
      [step('token', before).name, step('token', LOST, COIN).name],
      [step('token', LOST).name],
    ]);
  });

  it('says of a token what has to be through before it', () => {
    expect(tokensBefore(plan, step('token', LOST)).map(({ wallet: of }) => of)).toEqual([before]);
    expect(tokensBefore(plan, step('token', LOST, COIN))).toEqual([]);
  });

  it('ends also where links lead in a circle', () => {
    const circle = planOf(wallet(NEW, LOST), [step('token', LOST), step('token', NEW)]);

    expect(tokenWaves(circle).flat()).toHaveLength(2);
  });
});
