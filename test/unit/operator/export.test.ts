import { id } from 'ethers';
import { describe, expect, it } from 'vitest';
import { callListing } from '../../../electron/operator/call-listing.ts';
import { batchChecksum, safeBatch } from '../../../electron/operator/safe-batch.ts';
import type { HandedOutBatch } from '../../../electron/recovery/signers.ts';
import { planDigest } from '../../../shared/plan.ts';
import type { Plan, PlanStep } from '../../../shared/plan.ts';
import { address, samplePlan, sampleStep } from '../store/records.ts';

const SAFE = address(0x5a);
const step = (over: Partial<PlanStep>): PlanStep => sampleStep({ signer: SAFE, ...over });
const relink = step({
  name: `recover_identity:${address(1)}`,
  phase: 'recover_identity',
  role: 'relink',
  token: null,
  right: 'identityManager',
  call: { to: address(0x12), data: '0x2406dfc6' },
});
const plan: Plan = {
  ...samplePlan(),
  steps: [
    relink,
    step({}),
    step({ name: `recover_token:${address(1)}:${address(0x71)}`, signer: address(3) }),
  ],
};
const exported: HandedOutBatch = {
  recoveryId: 'R-00000000aa',
  planDigest: planDigest(plan),
  chainId: plan.network.chainId,
  signer: SAFE,
  batch: 1,
  steps: plan.steps.filter(({ signer }) => signer === SAFE),
  again: false,
};
const AT = new Date('2026-11-27T09:00:00Z');

/** Written from the description of the format, apart from the product's: values in the order of their sorted keys. */
function checksumAgain(file: string): string {
  const value = JSON.parse(file);
  delete value.meta.checksum;
  value.meta.name = null;
  const walk = (node: unknown): string => {
    if (Array.isArray(node)) return '[' + node.map((item) => walk(item)).toString() + ']';
    if (node === null || typeof node !== 'object') return JSON.stringify(node);
    const keys = Object.keys(node).sort();
    let text = '{' + JSON.stringify(keys);
    for (const key of keys) text += walk(Reflect.get(node, key)) + ',';
    return text + '}';
  };
  return id(walk(value));
}

describe('the batch for a Safe', () => {
  it('holds the calls of the Safe in the order of the plan, and nothing of others', () => {
    expect(safeBatch(exported, AT)).toEqual({
      version: '1.0',
      chainId: String(plan.network.chainId),
      createdAt: AT.getTime(),
      meta: {
        name: 'Recovery Desk',
        description: expect.stringContaining(planDigest(plan)),
        txBuilderVersion: '1.18.0',
        createdFromSafeAddress: SAFE,
        createdFromOwnerAddress: '',
        checksum: expect.stringMatching(/^0x[0-9a-f]{64}$/),
      },
      transactions: [relink, step({})].map(({ call }) => ({
        to: call.to,
        value: '0',
        data: call.data,
        contractMethod: null,
        contractInputsValues: null,
      })),
    });
  });

  it('has the checksum that the builder works out when it reads the file', () => {
    const batch = safeBatch(exported, AT);
    expect(checksumAgain(JSON.stringify(batch, null, 2))).toBe(batch.meta.checksum);
  });

  it('has another checksum for another call, and the same for another name', () => {
    const { checksum, ...meta } = safeBatch(exported, AT).meta;
    const { transactions, ...head } = safeBatch(exported, AT);
    const of = (over: object) => batchChecksum({ ...head, transactions, meta, ...over });
    expect(of({})).toBe(checksum);
    expect(of({ meta: { ...meta, name: 'renamed' } })).toBe(checksum);
    expect(of({ transactions: [] })).not.toBe(checksum);
    expect(of({ transactions: transactions.toReversed() })).not.toBe(checksum);
    expect(of({ chainId: '1' })).not.toBe(checksum);
  });

  it('has the checksum of a file that Safe publishes with its own', () => {
    const owner = '0x49d4450977E2c95362C13D3a31a09311E0Ea26A6';
    const method = (name: string, input: { internalType: string; name: string; type: string }) => ({
      inputs: [input],
      name,
      payable: false,
    });
    expect(
      batchChecksum({
        version: '1.0',
        chainId: '4',
        createdAt: 1646321521061,
        meta: {
          name: 'test batch file',
          txBuilderVersion: '1.4.0',
          checksum: '',
          createdFromSafeAddress: '0xDF8a1Ce35c9a6ACE153B4e0767942f1E2291a1Aa',
          createdFromOwnerAddress: owner,
        },
        transactions: [
          {
            to: owner,
            value: '0',
            contractMethod: method('testAddress', {
              internalType: 'address',
              name: 'paramAddress',
              type: 'address',
            }),
            contractInputsValues: { paramAddress: owner },
          },
          {
            to: owner,
            value: '0',
            contractMethod: method('testBool', { internalType: 'bool', name: 'paramBool', type: 'bool' }),
            contractInputsValues: { paramAddress: '', paramBool: 'false' },
          },
          {
            to: owner,
            value: '2000000000000000000',
            data: '0x42f4579000000000000000000000000049d4450977e2c95362c13d3a31a09311e0ea26a6',
          },
        ],
      }),
    ).toBe('0x4ecbfd364aa6759983915644e73f8bd411e85a2dc306f252a387c2728c4db64c');
  });
});

describe('the list of calls', () => {
  it('names chain, signer and plan, and each call with what it does', () => {
    expect(callListing(exported)).toEqual({
      format: 'recovery-desk/calls',
      version: 1,
      chainId: plan.network.chainId,
      signer: SAFE,
      planDigest: planDigest(plan),
      steps: [
        {
          name: relink.name,
          words: `Mark the wallet ${address(1)} lost, and link it to its replacement`,
          to: address(0x12),
          value: '0',
          data: '0x2406dfc6',
        },
        {
          name: step({}).name,
          words: `Recover the whole balance of the wallet ${address(1)} on token ${address(0x70)}`,
          to: address(0x70),
          value: '0',
          data: '0x62b9333e',
        },
      ],
    });
  });

  it('has words for every kind of step', () => {
    const roles = ['contain', 'prepare', 'relink', 'token', 'release'] as const;
    const steps = roles.map((role) => step({ role }));
    const { steps: listed } = callListing({ ...exported, steps });
    expect(new Set(listed.map(({ words }) => words)).size).toBe(roles.length);
  });
});
