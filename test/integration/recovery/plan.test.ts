import path from 'node:path';
import Database from 'better-sqlite3';
import { toQuantity } from 'ethers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makePlan } from '../../../electron/recovery/plan.ts';
import { buildPreview } from '../../../electron/recovery/preview.ts';
import { createIdentities } from '../../../electron/practice/deploy.ts';
import { practiceAddress } from '../../../electron/practice/practice-keys.ts';
import { DeskError } from '../../../shared/errors.ts';
import { planDigest } from '../../../shared/plan.ts';
import { previewDigest } from '../../../shared/preview.ts';
import { deskScene } from '../../support/desk-scene.ts';
import { sentBy } from '../../support/practice-acts.ts';
import type { PracticeActs } from '../../support/practice-acts.ts';
import type { PracticeDesk } from '../../support/practice-desk.ts';
import { openStages } from '../../support/recovery-stages.ts';
import type { Planned, RecoveryStages } from '../../support/recovery-stages.ts';

const IDENTITY_MANAGER_ROLE = '0x6f4ec491520a619d027305ac474684693a3aa2bc30b42428035171ecb53bb4ad';
const CUSTODIAN_ROLE = '0xe28434228950b641dbbc0178de89daa359a87c6ee0d8399aeace52a98fe902b9';
const ANYBODY = '0x00000000000000000000000000000000000000A1';

describe('a plan', () => {
  const scene = deskScene();
  let stages: RecoveryStages;

  beforeEach(async () => {
    stages = await openStages(scene.desk, scene.data);
  });
  afterEach(() => stages.close());

  const wallet = (id: string): string => scene.desk.person(id).lostWallet ?? '';
  const operator = practiceAddress('operator');

  /** What beginning ends with; nothing is sent and no recovery opened by it. */
  async function refusal(planned: Planned): Promise<DeskError> {
    const sent = await sentBy(scene.desk.provider, operator);
    const error: unknown = await stages.begin(planned).catch((thrown: unknown) => thrown);
    expect(await sentBy(scene.desk.provider, operator)).toBe(sent);
    expect(stages.records.journal.list()).toEqual([]);
    if (error instanceof DeskError) return error;
    throw new Error('the plan was not refused', { cause: error });
  }

  /** What the audit log says of executions that were refused, oldest first. */
  function refusedExecutions(): unknown[] {
    return stages.records.audit
      .entries(0, 1_000)
      .flatMap(({ kind, fields }) => (kind === 'execution_refused' ? [JSON.parse(fields) as unknown] : []));
  }

  it('is stored under its digest, with the preview that it was made from', async () => {
    const planned = await stages.plan(scene.desk.person('jonas-weir'));

    expect(planned.planDigest).toBe(planDigest(planned.plan));
    expect(stages.records.plans.get(planned.planDigest)).toEqual(planned.plan);
    const preview = stages.records.previews.get(planned.previewDigest);
    expect(preview === null ? null : previewDigest(preview)).toBe(planned.previewDigest);
  });

  it('holds actions and bounds: each step with its right, its signer and its call', async () => {
    const { plan, built } = await stages.plan(scene.desk.person('jonas-weir'));

    expect(plan).toMatchObject({
      lostWallet: wallet('jonas-weir'),
      country: 826,
      oldIdentity: scene.desk.person('jonas-weir').oldIdentity,
      replacement: { address: practiceAddress('replacement'), control: 'proof' },
      tokens: [{ amount: 'whole balance' }, { amount: 'whole balance' }],
    });
    expect(plan.steps.map(({ role, right, signer }) => [role, right, signer])).toEqual([
      ['prepare', 'none', operator],
      ['relink', 'identityManager', operator],
      ['token', 'custodian', operator],
      ['token', 'custodian', operator],
    ]);
    expect(BigInt(plan.highestCost)).toBe(BigInt(built.preview.cost.estimate) * 3n);
    expect(JSON.stringify(plan)).not.toContain(built.preview.block.hash);
  });

  it('over the same facts is another plan each time', async () => {
    const one = await stages.plan(scene.desk.person('jonas-weir'));
    const other = await stages.plan(scene.desk.person('jonas-weir'));

    expect(one.planDigest).not.toBe(other.planDigest);
    expect({ ...one.plan, nonce: 0, createdAt: 0, caseId: 0 }).toEqual({
      ...other.plan,
      nonce: 0,
      createdAt: 0,
      caseId: 0,
    });
  });

  it('executes once: begun again it is used', async () => {
    const planned = await stages.plan(scene.desk.person('wim-de-groot'));
    const { id } = await stages.begin(planned);
    expect((await stages.run(id)).status).toBe('completed');
    await scene.desk.reset();

    await expect(stages.begin(planned)).rejects.toMatchObject({ code: 'PLAN_USED' });
    expect(stages.records.journal.list()).toHaveLength(1);
  });

  it('is not begun with another confirmation text', async () => {
    const planned = await stages.plan(scene.desk.person('jonas-weir'));

    await expect(stages.begin(planned, { typed: 'RECOVER 000000' })).rejects.toMatchObject({
      code: 'CONFIRMATION_WRONG',
      retry: 'safe',
    });
    expect(stages.records.journal.list()).toEqual([]);
    expect(refusedExecutions()).toEqual([{ planDigest: planned.planDigest, reason: 'CONFIRMATION_WRONG' }]);
  });

  describe('is void when', () => {
    type Act = (acts: PracticeActs, desk: PracticeDesk) => Promise<void>;
    const onToken =
      (symbol: string, method: string, ...args: readonly unknown[]): Act =>
      (by) =>
        by.act('platform-admin', 'SecurityToken', by.token(symbol).address, method, args);
    const jonas = (): string => wallet('jonas-weir');

    it.each<readonly [string, Act, string]>([
      [
        'the role of the operator was taken away',
        (by, { network }) =>
          by.act('platform-admin', 'AccessManager', network.seed.contracts.accessManager, 'revokeRole', [
            IDENTITY_MANAGER_ROLE,
            operator,
          ]),
        'identity manager role',
      ],
      [
        'the registration was taken away',
        (by, { network }) =>
          by.act(
            'platform-admin',
            'IdentityRegistry',
            network.seed.contracts.identityRegistry,
            'deleteIdentity',
            [jonas()],
          ),
        'registration of the lost wallet',
      ],
      [
        'somebody else recovered the person',
        async (by, { network }) => {
          const { identityRegistry } = network.seed.contracts;
          const to = practiceAddress('second-replacement');
          const system = { ...network.seed.contracts, tokenFactories: {} };
          const [identity] = await createIdentities(await by.setupOf('platform-admin'), system, [to]);
          await by.act('platform-admin', 'IdentityRegistry', identityRegistry, 'recoverIdentity', [
            jonas(),
            to,
            identity,
          ]);
        },
        'lost mark',
      ],
      [
        'the replacement was registered meanwhile',
        (by, { network }) =>
          by.act(
            'platform-admin',
            'IdentityRegistry',
            network.seed.contracts.identityRegistry,
            'registerIdentity',
            [practiceAddress('replacement'), ANYBODY, 826],
          ),
        'registration of the replacement wallet',
      ],
      ['a token was paused', onToken('ALDE', 'pause'), 'pause on ALDE changed to on'],
      [
        'the lost wallet was frozen',
        (by) => onToken('ALDE', 'setAddressFrozen', jonas(), true)(by, scene.desk),
        'freeze of the lost wallet on ALDE',
      ],
      [
        'a part of the balance was frozen',
        (by) => onToken('ALDE', 'freezePartialTokens', jonas(), 3n)(by, scene.desk),
        'frozen part of ALDE changed from 0 to 3',
      ],
      [
        'another token came onto the wallet',
        (by) => onToken('LUMC', 'mint', jonas(), 1n)(by, scene.desk),
        'also holds LUMC',
      ],
      [
        'the operator lost the custodian right',
        (by) =>
          by.act('custodian-admin', 'AccessManager', by.token('ALDE').accessManager, 'revokeRole', [
            CUSTODIAN_ROLE,
            operator,
          ]),
        'custodian right on ALDE',
      ],
    ])('%s', async (_what, act, words) => {
      const planned = await stages.plan(scene.desk.person('jonas-weir'));
      await act(scene.acts, scene.desk);

      const error = await refusal(planned);

      expect(error).toMatchObject({ code: 'PLAN_VOID', retry: 'never' });
      expect(error.message).toContain(words);
      expect(error.message).toContain('Nothing was done');
    });
  });

  describe('still stands when', () => {
    it('blocks were mined and gas has become dearer', async () => {
      const planned = await stages.plan(scene.desk.person('jonas-weir'));
      await scene.desk.provider.send('anvil_mine', ['0x5']);
      const was = (await scene.desk.provider.getBlock('latest'))?.baseFeePerGas ?? 1n;
      const mineAt = async (baseFee: bigint): Promise<void> => {
        await scene.desk.provider.send('anvil_setNextBlockBaseFeePerGas', [toQuantity(baseFee)]);
        await scene.desk.provider.send('anvil_mine', ['0x1']);
      };
      await mineAt(was * 3n);

      const { changes } = await stages.begin(planned);

      expect(changes).toEqual({ voiding: [], shown: [], lostWalletActive: false });
      // Going back to a snapshot leaves the node's next base fee as it is.
      await mineAt(was);
    });

    it('a balance grew: else anybody could void plans for ever by sending one unit', async () => {
      const planned = await stages.plan(scene.desk.person('jonas-weir'));
      await scene.acts.act('platform-admin', 'SecurityToken', scene.acts.token('ALDE').address, 'mint', [
        wallet('jonas-weir'),
        1n,
      ]);

      const { changes, id } = await stages.begin(planned);

      expect(changes.lostWalletActive).toBe(false);
      expect(changes.shown.join()).toContain('the balance of ALDE changed from 10 to 11');
      expect((await stages.run(id)).status).toBe('completed');
    });

    it('a balance fell, and says that somebody uses the lost wallet', async () => {
      const planned = await stages.plan(scene.desk.person('luca-ferri'));
      await scene.acts.act(
        'lost:luca-ferri',
        'SecurityToken',
        scene.acts.token('NGB28').address,
        'transfer',
        [practiceAddress('accomplice'), 1n],
      );

      const { changes } = await stages.begin(planned);

      expect(changes.lostWalletActive).toBe(true);
      expect(changes.shown.join()).toContain('the balance of NGB28 changed from 20 to 19');
    });

    it('a whole balance was moved away', async () => {
      const planned = await stages.plan(scene.desk.person('luca-ferri'));
      await scene.acts.act(
        'lost:luca-ferri',
        'SecurityToken',
        scene.acts.token('NGB28').address,
        'transfer',
        [practiceAddress('accomplice'), 20n],
      );

      const { changes, id } = await stages.begin(planned);

      expect(changes.lostWalletActive).toBe(true);
      const result = await stages.run(id);
      expect(result.tokens.failures).toMatchObject([{ symbol: 'NGB28', reason: 'BALANCE_MOVED' }]);
    });

    it('a stranger made the identity of the replacement beforehand: it is the same', async () => {
      const planned = await stages.plan(scene.desk.person('jonas-weir'));
      const { identityFactory } = scene.desk.network.seed.contracts;
      await scene.acts.act('accomplice', 'IdentityFactory', identityFactory, 'createIdentity', [
        planned.plan.replacement.address,
        [],
      ]);

      const { id } = await stages.begin(planned);

      const result = await stages.run(id);
      expect(result.status).toBe('completed');
      expect(result.replacementIdentity).toBe(planned.plan.replacement.identity);
    });
  });

  describe('altered in the database', () => {
    function alter(table: string, was: string, is: string): void {
      const database = new Database(path.join(scene.data, 'desk.sqlite'));
      try {
        const changed = database.prepare(`UPDATE ${table} SET body = replace(body, ?, ?)`).run(was, is);
        expect(changed.changes).toBe(1);
      } finally {
        database.close();
      }
    }

    it('is not executed', async () => {
      const planned = await stages.plan(scene.desk.person('jonas-weir'));
      alter('plan', practiceAddress('replacement'), practiceAddress('accomplice'));

      expect((await refusal(planned)).code).toBe('PLAN_ALTERED');
      expect(refusedExecutions()).toEqual([{ planDigest: planned.planDigest, reason: 'PLAN_ALTERED' }]);
    });

    it('is not executed when the preview that was reviewed was altered', async () => {
      const planned = await stages.plan(scene.desk.person('jonas-weir'));
      alter('preview', '"country":826', '"country":827');

      expect((await refusal(planned)).code).toBe('PREVIEW_ALTERED');
    });
  });

  describe('where a freeze may be a legal hold', () => {
    it('is not made before somebody answers for it with a reference', async () => {
      for (const holdReference of [null, '', '   ']) {
        await expect(
          stages.prepare(scene.desk.person('dora-kessler'), { holdReference }),
        ).rejects.toMatchObject({
          code: 'HOLD_REFERENCE_MISSING',
        });
      }
      expect(stages.records.journal.list()).toEqual([]);
    });

    it('carries the reference', async () => {
      const { plan, built } = await stages.plan(scene.desk.person('dora-kessler'), {
        holdReference: 'COURT-9',
      });

      expect(plan.holdReference).toBe('COURT-9');
      expect(built.preview.warnings.map((warning) => warning.code)).toContain('LEGAL_HOLD_POSSIBLE');
    });
  });

  it('is not made while a blocker stands, and nothing is stored', async () => {
    const prepared = await stages.prepare(scene.desk.person('petra-lindqvist'));

    expect(prepared.kind).toBe('blocked');
    const database = new Database(path.join(scene.data, 'desk.sqlite'), { readonly: true });
    const rows = ['recoveryCase', 'plan', 'preview', 'generatedWallet', 'recovery', 'audit'].map((table) =>
      database.prepare(`SELECT count(*) AS n FROM ${table}`).get(),
    );
    database.close();
    expect(rows).toEqual(rows.map(() => ({ n: 0 })));
  });

  it('never costs more than policy allows at the most', async () => {
    const { preview } = (await stages.plan(scene.desk.person('jonas-weir'))).built;
    const limit = (BigInt(preview.cost.estimate) * 2n).toString();
    const policy = { ...stages.context.policy, highestCostWei: limit };
    const planned = await stages.plan(scene.desk.person('jonas-weir'));
    const built = await buildPreview({ ...stages.context, policy }, planned.request);

    const plan = makePlan({ ...stages.context, policy }, built, { caseId: 'c', holdReference: null });

    expect(plan.highestCost).toBe(limit);
  });
});
