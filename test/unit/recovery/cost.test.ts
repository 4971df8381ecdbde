import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { estimateCost, expectedGas, gasLimitFor, highestGasPrice } from '../../../electron/recovery/cost.ts';
import { fundSteps } from '../../../electron/recovery/funding.ts';
import type { StepSimulation } from '../../../electron/recovery/simulation.ts';
import type { RecoverySystem } from '../../../electron/protocols/recovery-protocol.ts';
import { smartSteps, smartTypicalGas } from '../../../electron/protocols/smart/steps.ts';
import type { PlanStep } from '../../../shared/plan.ts';
import { policySchema } from '../../../shared/policy.ts';
import { address } from '../store/records.ts';

const token = {
  address: address(0x70),
  name: 'Bond',
  symbol: 'BND',
  decimals: 0,
  readable: true,
  balance: 1n,
  frozen: 0n,
  addressFrozen: false,
  paused: false,
  custodians: [address(0x0b)],
  signer: address(0x0b),
  custodianRight: true,
};
const parts = {
  identityRegistry: address(0x11),
  identityFactory: address(0x12),
  tokenFactoryRegistry: address(0x13),
  accessManager: address(0x14),
};
const steps = smartSteps(parts, {
  lostWallet: address(1),
  replacement: address(2),
  identity: address(3),
  ownIdentity: true,
  accountOwner: null,
  moves: [],
  operator: address(0x0b),
  tokens: [token],
  contained: [],
  byReplacement: [],
  linked: false,
});
const [create, relink, recover] = steps.map((step) => step.name);
/** The cost needs one thing of a family: what a step takes as measured. */
const system = { typicalGas: smartTypicalGas } as RecoverySystem;
const fees = { kind: 'eip1559', maxFeePerGas: 7n, maxPriorityFeePerGas: 1n } as const;

function simulated(...entries: readonly (readonly [string | undefined, boolean, bigint])[]): StepSimulation {
  return new Map(
    entries.map(([name, ok, gasUsed]) => [name ?? '', { ok, gasUsed, returnData: '0x', logs: [] }]),
  );
}

describe('the cost of a plan', () => {
  it('takes three tenths more gas than simulated: less ran out on mined blocks', () => {
    expect([gasLimitFor(100n), gasLimitFor(267_000n) > 289_000n]).toEqual([130n, true]);
  });

  it('is the most that each step may take, at the highest price', () => {
    const simulation = simulated([create, true, 100n], [relink, true, 200n], [recover, true, 300n]);

    expect(estimateCost(system, steps, simulation, fees)).toEqual({
      transactions: 3,
      gas: '780',
      gasPrice: '7',
      estimate: '5460',
      by: 'simulation',
      steps: [
        { role: 'prepare', token: null, wallet: address(2), gas: '130' },
        { role: 'relink', token: null, wallet: address(1), gas: '260' },
        { role: 'token', token: token.address, wallet: address(1), gas: '390' },
      ],
    });
  });

  it('counts a step that is shown to fail by measured figures: its cause may be gone by then', () => {
    const simulation = simulated([create, true, 100n], [relink, true, 200n], [recover, false, 300n]);

    expect(estimateCost(system, steps, simulation, fees)).toMatchObject({
      transactions: 2,
      gas: (390n + gasLimitFor(290_000n)).toString(),
    });
  });

  it('rests on measured figures where the node cannot simulate', () => {
    const { gas, by } = estimateCost(system, steps, null, fees);

    expect({ gas, by }).toEqual({
      gas: (gasLimitFor(520_865n) + gasLimitFor(234_210n) + gasLimitFor(290_000n)).toString(),
      by: 'typical',
    });
  });

  it('tells what it expects of a step; by measured figures where a preview kept only the sum', () => {
    const simulation = simulated([create, true, 100n], [relink, true, 200n], [recover, true, 300n]);
    const cost = estimateCost(system, steps, simulation, fees);
    const { steps: _kept, ...sumOnly } = cost;
    const perStep = (counted: Parameters<typeof expectedGas>[0]) =>
      steps.map((step) => expectedGas(counted, system, step));

    expect(perStep(cost)).toEqual([130n, 260n, 390n]);
    expect(perStep(sumOnly)).toEqual([520_865n, 234_210n, 290_000n].map(gasLimitFor));
  });

  it('counts what a replacement is given, and not what it pays from that', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 1n, max: 10n ** 7n }),
        fc.bigInt({ min: 1n, max: 10n ** 7n }),
        fc.bigInt({ min: 0n, max: 10n ** 12n }),
        (gas, own, gasPrice) => {
          const quote = { kind: 'legacy', gasPrice } as const;
          const simulation = simulated([create, true, gas], [relink, true, gas], [recover, true, own]);
          const due = steps.map((step): PlanStep =>
            step.role === 'token' ? { ...step, right: 'holder', signer: address(2) } : step,
          );
          const context = { policy: policySchema.parse({ costMarginPercent: 150 }) };
          const operator = address(0x0b);
          const input = { system, operator, due, lost: [], simulation, fees: quote };

          const funds = fundSteps(context, input);

          const value = (gasLimitFor(own) * gasPrice * 150n) / 100n;
          expect(funds.map(({ call }) => call)).toEqual(
            value === 0n ? [] : [{ to: address(2), data: '0x', value: value.toString() }],
          );
          const cost = estimateCost(system, [...due, ...funds], simulation, quote);
          const transfers = funds.reduce((sum, fund) => sum + gasLimitFor(smartTypicalGas(fund)), 0n);
          const paid = 2n * gasLimitFor(gas) + (value === 0n ? gasLimitFor(own) : transfers);
          expect(cost.estimate).toBe((paid * gasPrice + value).toString());
          expect(cost.gas).toBe(paid.toString());
        },
      ),
    );
  });

  it('is nothing on a network where gas has no price', () => {
    expect(estimateCost(system, steps, null, { kind: 'legacy', gasPrice: 0n }).estimate).toBe('0');
  });

  it('counts the highest price of a quote, not the tip', () => {
    expect(highestGasPrice(fees)).toBe(7n);
    expect(highestGasPrice({ kind: 'legacy', gasPrice: 9n })).toBe(9n);
  });
});
