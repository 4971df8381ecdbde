import { AbiCoder } from 'ethers';
import { describe, expect, it } from 'vitest';
import type { CallResult, ChainCall, PinnedReader } from '../../../electron/chain/types.ts';
import { UNSIGNED, signatureIn, withSignature } from '../../../electron/protocols/claim-signature.ts';
import { smartAbi } from '../../../electron/protocols/smart/abi.ts';
import { claimOrder, orderedClaim } from '../../../electron/protocols/smart/claim-order.ts';
import { tokenNeeds } from '../../../electron/protocols/smart/token-needs.ts';
import type { Address } from '../../../shared/address.ts';
import { planStepSchema, plannedClaimSchema } from '../../../shared/plan.ts';
import { stepNameSchema } from '../../../shared/audit.ts';
import type { Hex } from '../../../shared/values.ts';
import { address } from '../store/records.ts';

const ORDER = {
  identity: address(0x2d),
  issuer: address(7),
  topic: '12345678901234567890',
  topicName: 'kyc',
  data: '0x0102' as Hex,
  wallet: address(2),
  signer: address(0x0b),
};
const SIGNATURE: Hex = `0x${'ab'.repeat(65)}`;

describe('the step that issues a claim', () => {
  const { step, claim } = claimOrder(ORDER);

  it('is a step of a plan, by a name that the audit log takes', () => {
    expect(planStepSchema.parse(step)).toEqual(step);
    expect(plannedClaimSchema.parse(claim)).toEqual(claim);
    expect(stepNameSchema.parse(step.name)).toBe(step.name);
  });

  it('has zeros where the signature belongs, and there alone', () => {
    expect(signatureIn(step.call.data, claim)).toBe(UNSIGNED);
    const data = withSignature(step.call.data, claim, SIGNATURE);

    const execute = smartAbi.parseTransaction({ data });
    const add = smartAbi.parseTransaction({ data: String(execute?.args[2]) });
    expect(String(execute?.args[0])).toBe(ORDER.identity);
    expect(add?.args.toArray().map(String)).toEqual([
      ORDER.topic,
      '1',
      ORDER.issuer,
      SIGNATURE,
      ORDER.data,
      '',
    ]);
  });

  it.each(['0x', '0x01', `0x${'00'.repeat(65)}`, `0x${'ff'.repeat(200)}`] as const)(
    'finds the place of the signature beside the data %s',
    (data) => {
      const made = claimOrder({ ...ORDER, data });
      const signed = withSignature(made.step.call.data, made.claim, SIGNATURE);
      expect(signatureIn(signed, made.claim)).toBe(SIGNATURE);
      expect(orderedClaim({ call: { to: ORDER.issuer, data: signed } })).toMatchObject({ data });
    },
  );

  it('is read back as what it issues, and another call as none', () => {
    const { identity, issuer, topic, data } = ORDER;
    expect(orderedClaim(step)).toEqual({ identity, issuer, topic, data });
    expect(orderedClaim({ call: { to: issuer, data: '0x2406dfc6' } })).toBeNull();
  });

  it('has names of its own for small topics and for hashes', () => {
    const topics = ['1', '2', String(2n ** 256n - 1n), String(2n ** 255n)];
    const names = topics.map((topic) => claimOrder({ ...ORDER, topic }).step.name);
    expect(new Set(names).size).toBe(topics.length);
  });
});

const TOKEN = address(0x70);
const [VERIFICATION, LOCK_UP, NAMELESS] = [address(0x71), address(0x72), address(0x73)];
const NAMES: ReadonlyMap<string, string> = new Map([
  [VERIFICATION, 'Identity Verification Module'],
  [LOCK_UP, 'Lock-up'],
]);
const NODES = ['tuple(uint8,uint256)[]'];

function expression(...nodes: readonly (readonly [number, bigint])[]): string {
  return AbiCoder.defaultAbiCoder().encode(NODES, [nodes]);
}

/** A chain on which one token has these modules. */
function reader(modules: readonly (readonly [Address, string])[] | null): PinnedReader {
  const answer = ({ to, data }: ChainCall): CallResult => {
    const refused: CallResult = { ok: false, revert: '0x', message: 'reverted' };
    const ok = (name: string, values: readonly unknown[]): CallResult => ({
      ok: true,
      data: smartAbi.encodeFunctionResult(name, values) as Hex,
    });
    const name = smartAbi.parseTransaction({ data })?.name;
    if (name === 'complianceModules') return modules === null ? refused : ok(name, [modules]);
    const called = NAMES.get(to);
    return name === 'name' && called !== undefined ? ok(name, [called]) : refused;
  };
  const calls = async (list: readonly ChainCall[]) => list.map(answer);
  return { calls } as unknown as PinnedReader;
}

describe('what a token asks of claims', () => {
  it.each([
    ['nothing without a module', [], []],
    ['nothing by an empty expression', [[VERIFICATION, expression()]], []],
    [
      'what the expression of its verification module says',
      [[VERIFICATION, expression([0, 7n], [0, 8n], [2, 0n], [3, 0n])]],
      [{ kind: 'topic', topic: '7' }, { kind: 'topic', topic: '8' }, { kind: 'or' }, { kind: 'not' }],
    ],
    ['nothing by a module of another kind', [[LOCK_UP, '0x1234']], []],
    [
      'all of two verification modules',
      [
        [VERIFICATION, expression([0, 7n])],
        [VERIFICATION, expression([0, 8n])],
      ],
      [{ kind: 'topic', topic: '7' }, { kind: 'topic', topic: '8' }, { kind: 'and' }],
    ],
    ['is not known where the token does not answer', null, null],
    ['is not known where a module does not say what it is', [[NAMELESS, '0x']], null],
    ['is not known where the expression cannot be read', [[VERIFICATION, '0x1234']], null],
    ['is not known where it has a node of another kind', [[VERIFICATION, expression([4, 1n])]], null],
    ['is not known where bytes follow the expression', [[VERIFICATION, `${expression([0, 7n])}00`]], null],
  ] as const)('is %s', async (_name, modules, wanted) => {
    expect(await tokenNeeds(reader(modules), [TOKEN])).toEqual([{ token: TOKEN, expression: wanted }]);
  });
});
