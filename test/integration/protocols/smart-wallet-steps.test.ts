import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { LEFT_BEHIND_PERSON, SEVERAL_WALLETS_PERSON } from '../../../electron/practice/people.ts';
import { practiceAddress } from '../../../electron/practice/practice-keys.ts';
import type {
  Execution,
  Postcondition,
  StandingLink,
  StepsInput,
} from '../../../electron/protocols/recovery-protocol.ts';
import type { Address } from '../../../shared/address.ts';
import type { PlanStep } from '../../../shared/plan.ts';
import { openSmartScene } from '../../support/smart-scene.ts';
import type { SmartScene } from '../../support/smart-scene.ts';

const operator = practiceAddress('operator');
const owner = practiceAddress('replacement');

let scene: SmartScene;

beforeAll(async () => {
  scene = await openSmartScene();
});
beforeEach(() => scene.desk.reset());
afterAll(() => scene.close());

async function linkTo(lost: Address, replacement: Address, identity: Address): Promise<StandingLink> {
  const { number } = await scene.chain.head();
  return { lost, replacement, identity, since: number, ours: new Set() };
}

function stepsOf(
  { lost, replacement, identity }: StandingLink,
  more: Partial<StepsInput>,
): readonly PlanStep[] {
  return scene.system.steps({
    lostWallet: lost,
    replacement,
    identity,
    ownIdentity: false,
    accountOwner: null,
    moves: [],
    operator,
    tokens: [],
    contained: [],
    byReplacement: [],
    linked: false,
    ...more,
  });
}

function stepNamed(steps: readonly PlanStep[], start: string): PlanStep {
  const found = steps.find(({ name }) => name.startsWith(`${start}:`));
  if (found === undefined) throw new Error(`no step ${start}`);
  return found;
}

async function judge(step: PlanStep, link: StandingLink): Promise<Postcondition | undefined> {
  return (await scene.system.postconditions(await scene.view(), [step], link))[0];
}

async function executed(step: PlanStep, link: StandingLink): Promise<Execution | null | undefined> {
  return (await scene.system.executions(await scene.view(), [step], link))[0];
}

/** The identity that the owner's key will have. */
async function newIdentity(): Promise<Address> {
  return (await scene.system.predictIdentity(await scene.chain.pin(), owner)).address;
}

/** What the step's own call does, sent by its signer. */
async function carryOut(step: PlanStep): Promise<void> {
  const { signer } = await scene.acts.setupOf('operator');
  await (await signer.sendTransaction({ ...step.call, gasLimit: 3_000_000n })).wait();
}

describe('moving a healthy wallet to the replacement identity', () => {
  let healthy: Address;
  let link: StandingLink;
  let move: PlanStep;

  beforeEach(async () => {
    const { lostWallet } = scene.person(SEVERAL_WALLETS_PERSON);
    healthy = scene.further(SEVERAL_WALLETS_PERSON, 'healthy').wallet;
    const { oldIdentity } = scene.person(SEVERAL_WALLETS_PERSON);
    link = { ...(await linkTo(lostWallet, owner, await newIdentity())), movedFrom: oldIdentity };
    move = stepNamed(stepsOf(link, { ownIdentity: true, moves: [healthy] }), 'move_wallet');
  });

  it('is open before, and done after its call, which its execution tells of', async () => {
    expect(await judge(move, link)).toEqual({ kind: 'open' });
    expect(await executed(move, link)).toBeNull();

    await carryOut(move);

    expect(await judge(move, link)).toEqual({ kind: 'done', outcome: { identity: link.identity } });
    expect(await executed(move, link)).toEqual({
      transaction: await scene.lastTransaction(),
      block: (await scene.chain.head()).number,
      amount: null,
    });
  });

  it('keeps the country, and leaves tokens and lost mark alone', async () => {
    const before = await scene.system.wallets(await scene.chain.pin(), [healthy]);
    await carryOut(move);

    const after = await scene.system.wallets(await scene.chain.pin(), [healthy]);

    expect(after).toEqual(before.map((record) => ({ ...record, identity: link.identity })));
  });

  it('is done whoever moved it, and not executed by its signer then', async () => {
    await scene.registry('updateIdentity', healthy, link.identity);

    expect(await judge(move, link)).toMatchObject({ kind: 'done' });
    expect(await executed(move, link)).toBeNull();
  });

  it('is impossible once the wallet was taken out of the registry', async () => {
    await scene.registry('deleteIdentity', healthy);

    expect(await judge(move, link)).toMatchObject({
      kind: 'impossible',
      reason: 'STATE_CONFLICT',
      message: expect.stringContaining('not registered any more'),
    });
  });

  it('is impossible once the wallet was given to another person', async () => {
    const stranger = scene.person('jonas-weir').oldIdentity;
    await scene.registry('updateIdentity', healthy, stranger);

    expect(await judge(move, link)).toMatchObject({
      kind: 'impossible',
      reason: 'STATE_CONFLICT',
      message: expect.stringContaining(`registered with ${stranger}`),
    });
  });

  it('is impossible once the wallet was recovered itself', async () => {
    const elsewhere = practiceAddress('second-replacement');
    await scene.registry('recoverIdentity', healthy, elsewhere, link.identity);

    expect(await judge(move, link)).toMatchObject({
      kind: 'impossible',
      reason: 'STATE_CONFLICT',
      message: expect.stringContaining('marked as lost'),
    });
  });

  it('is impossible for a wallet that is marked as lost, though it was registered again', async () => {
    const { oldIdentity, country } = scene.person(SEVERAL_WALLETS_PERSON);
    await scene.registry('recoverIdentity', healthy, practiceAddress('second-replacement'), oldIdentity);
    await scene.registry('registerIdentity', healthy, oldIdentity, country);

    expect(await judge(move, link)).toMatchObject({ kind: 'impossible', reason: 'STATE_CONFLICT' });
  });
});

describe('making a smart account for a new owner', () => {
  let link: StandingLink;
  let create: PlanStep;

  beforeEach(async () => {
    const { wallet } = scene.further(SEVERAL_WALLETS_PERSON, 'lost');
    const account = await scene.system.accountOf(await scene.chain.pin(), owner);
    if (account === null) throw new Error('no account');
    link = await linkTo(wallet, account, await newIdentity());
    create = stepNamed(stepsOf(link, { accountOwner: owner }), 'create_account');
  });

  it('is open before, and done after its call: the account stands where it was foretold, with its owner', async () => {
    expect(await judge(create, link)).toEqual({ kind: 'open' });

    await carryOut(create);

    expect(await judge(create, link)).toEqual({ kind: 'done', outcome: { account: link.replacement } });
    const answer = await scene.desk.provider.call({ to: link.replacement, data: '0x8da5cb5b' });
    expect(answer.slice(-40)).toBe(owner.slice(2).toLowerCase());
  });

  it('is done whoever had it made, and no log tells who that was', async () => {
    const { walletFactory } = scene.desk.network.seed;
    await scene.acts.act('accomplice', 'AccountFactory', walletFactory, 'createAccount', [owner, 0n]);

    expect(await judge(create, link)).toMatchObject({ kind: 'done' });
    expect(await executed(create, link)).toBeNull();
  });

  it('comes before the recovery of the account, which then takes the tokens of the lost one', async () => {
    const { holdings } = scene.further(SEVERAL_WALLETS_PERSON, 'lost');
    const steps = stepsOf(link, { accountOwner: owner });
    expect(steps.map(({ role }) => role)).toEqual(['prepare', 'relink']);
    const relink = stepNamed(steps, 'recover_identity');
    await carryOut(create);
    await carryOut(relink);

    for (const { token } of holdings)
      await scene.acts.act('operator', 'SecurityToken', token, 'forcedRecoverTokens', [
        link.lost,
        link.replacement,
      ]);

    expect(await judge(relink, link)).toEqual({
      kind: 'done',
      outcome: { linkedTo: link.replacement, identity: link.identity },
    });
    const on = holdings.map(({ token }) => token);
    const now = await scene.system.holdings(await scene.chain.pin(), on, link.replacement);
    expect(now.map(({ balance }) => balance.toString())).toEqual(holdings.map(({ amount }) => amount));
  });
});

describe('a token left behind on a wallet whose replacement is lost in turn', () => {
  it('follows hop by hop, also after the second recovery: each hop is open, then done', async () => {
    const { lostWallet: second, holdings } = scene.person(LEFT_BEHIND_PERSON);
    const { wallet: first, holdings: left } = scene.further(LEFT_BEHIND_PERSON, 'lost_before');
    const [behind] = left;
    if (behind === undefined) throw new Error('nothing was left behind');
    const reader = await scene.chain.pin();
    const [record] = await scene.system.wallets(reader, [second]);
    const earlier = await linkTo(first, second, record?.identity ?? second);
    const latest = await linkTo(second, owner, await newIdentity());
    const tokenSteps = async (link: StandingLink, tokens: readonly Address[]) => {
      const facts = await scene.system.tokens(await scene.chain.pin(), tokens, link.lost, {
        operator,
        custodian: null,
      });
      return stepsOf(link, { tokens: facts, linked: true });
    };
    await carryOut(stepNamed(stepsOf(latest, {}), 'recover_identity'));

    const [hop] = await tokenSteps(earlier, [behind.token]);
    if (hop === undefined) throw new Error('no step');
    expect(await judge(stepNamed(stepsOf(earlier, {}), 'recover_identity'), earlier)).toMatchObject({
      kind: 'done',
      outcome: { linkedTo: second },
    });
    expect(await judge(hop, earlier)).toEqual({ kind: 'open' });
    await carryOut(hop);
    const all = [behind, ...holdings];
    const last = await tokenSteps(
      latest,
      all.map(({ token }) => token),
    );
    for (const step of last) {
      expect(await judge(step, latest)).toEqual({ kind: 'open' });
      await carryOut(step);
    }

    expect(await judge(hop, earlier)).toMatchObject({ kind: 'done', outcome: { amount: behind.amount } });
    for (const [index, step] of last.entries())
      expect(await judge(step, latest)).toMatchObject({
        kind: 'done',
        outcome: { amount: all[index]?.amount },
      });
    const at = await scene.chain.pin();
    const now = await scene.system.holdings(
      at,
      all.map(({ token }) => token),
      owner,
    );
    expect(now.map(({ balance, frozen }) => [balance, frozen])).toEqual(
      all.map(({ amount, frozen }) => [BigInt(amount), BigInt(frozen)]),
    );
  });
});
