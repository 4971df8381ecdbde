// The remote signer is a stand-in: a real HTTPS server that speaks the published API of Web3Signer and signs with ethers.
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { Transaction, Wallet } from 'ethers';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { armFor } from '../../../electron/desk.ts';
import { remoteSigner } from '../../../electron/operator/operator-signers.ts';
import type { HeldSigner } from '../../../electron/operator/held-signer.ts';
import { PRACTICE_ROLES, practiceAddress, practiceKey } from '../../../electron/practice/practice-keys.ts';
import { canonicalText, digestOf } from '../../../shared/canonical.ts';
import { openPracticeDesk } from '../../support/practice-desk.ts';
import type { PracticeDesk } from '../../support/practice-desk.ts';
import { openStages } from '../../support/recovery-stages.ts';
import type { RecoveryStages } from '../../support/recovery-stages.ts';
import { makeSelfSigned } from '../../support/self-signed.ts';
import { DYNAMIC, unsigned } from '../../support/signing.ts';
import { asWeb3Signer, startInSignersPlace } from '../../support/stand-in-signer.ts';
import type { Answering, JsonRpcCall, StandInSigner } from '../../support/stand-in-signer.ts';

/** What becomes of a request for a signature: null where it is never answered. */
type Conduct = (call: JsonRpcCall, honest: Answering) => object | null;

const HONEST: Conduct = (call, honest) => honest(call) as object;
const OPERATOR = practiceAddress(PRACTICE_ROLES.operator);

let desk: PracticeDesk;
let server: StandInSigner;
let stages: RecoveryStages;
let conduct: Conduct = HONEST;

function held(url: string, signerTimeoutMs: number): HeldSigner {
  return remoteSigner(
    {
      kind: 'remote',
      address: OPERATOR,
      url,
      certFile: path.join(desk.folder, 'desk.pem'),
      keyFile: path.join(desk.folder, 'desk.key'),
      caFile: path.join(desk.folder, 'signer.pem'),
    },
    { allowedHosts: null, signerTimeoutMs },
  );
}

async function open(signerTimeoutMs = 20_000): Promise<RecoveryStages> {
  stages = await openStages(desk, desk.freshData(), { own: held(server.url, signerTimeoutMs) });
  return stages;
}

async function begun(signerTimeoutMs?: number): Promise<string> {
  const opened = await open(signerTimeoutMs);
  return (await opened.begin(await opened.plan(desk.person('jonas-weir')))).id;
}

const signings = (): readonly JsonRpcCall[] =>
  server.calls.filter(({ method }) => method === 'eth_signTransaction');

const states = (id: string) => stages.records.journal.read(id)?.transactions.map(({ state }) => state) ?? [];

beforeAll(async () => {
  desk = await openPracticeDesk();
  const pairs = { signer: makeSelfSigned('signer'), desk: makeSelfSigned('desk') };
  for (const [name, { cert, key }] of Object.entries(pairs)) {
    writeFileSync(path.join(desk.folder, `${name}.pem`), cert);
    writeFileSync(path.join(desk.folder, `${name}.key`), key);
  }
  const honest = asWeb3Signer(new Wallet(practiceKey(PRACTICE_ROLES.operator)), desk.network.seed.chainId);
  server = await startInSignersPlace(
    { ...pairs.signer, ca: pairs.desk.cert, requestCert: true, rejectUnauthorized: true },
    (response, call) => {
      const answer = conduct(call, honest);
      if (answer !== null) response.end(JSON.stringify({ jsonrpc: '2.0', id: call.id, ...answer }));
    },
  );
});
beforeEach(async () => {
  conduct = HONEST;
  await desk.reset();
  return () => stages.close();
});
afterAll(async () => {
  await server.stop();
  await desk.close();
});

describe('a recovery that a remote signer (stand-in) signs', () => {
  it('completes, and was asked for nothing but the calls of the plan', async () => {
    const before = server.calls.length;
    const id = await begun();
    expect(await stages.run(id)).toMatchObject({ status: 'completed', tokens: { total: 2, recovered: 2 } });
    const asked = server.calls.slice(before).map(({ params }) => params[0] as { to: string; data: string });
    const plan = stages.records.plans.get(stages.records.journal.read(id)?.recovery.planDigest ?? '0x');
    expect(asked.map(({ to, data }) => ({ to, data }))).toEqual(plan?.steps.map(({ call }) => call));
  });

  it('waits while the signer does not answer, and goes on with the very transactions it had stored', async () => {
    conduct = (call, honest) => {
      // It signs, and nobody hears of it.
      honest(call);
      return null;
    };
    const id = await begun(500);
    const before = signings().length;
    expect(await stages.run(id)).toMatchObject({ status: 'waiting', reason: { code: 'SIGNER_TIMEOUT' } });
    expect(states(id)).toEqual(['intended']);
    const [first] = signings().slice(before);
    conduct = HONEST;
    const after = signings().length;
    expect(await stages.run(id)).toMatchObject({ status: 'completed', tokens: { recovered: 2 } });
    expect(signings()[after]?.params).toEqual(first?.params);
  });

  it('stops where the signer declines past the point of no return, and goes on once it signs', async () => {
    let signed = 0;
    conduct = (call, honest) => {
      signed += 1;
      return signed > 2 ? { error: { code: -32_000, message: 'Request denied' } } : HONEST(call, honest);
    };
    const id = await begun();
    expect(await stages.run(id)).toMatchObject({ status: 'stopped', reason: { code: 'SIGNER_DECLINED' } });
    conduct = HONEST;
    expect(await stages.run(id)).toMatchObject({ status: 'completed', tokens: { recovered: 2 } });
  });

  it('sends nothing that the signer made of it', async () => {
    const thief = practiceAddress('accomplice');
    const wallet = new Wallet(practiceKey(PRACTICE_ROLES.operator));
    conduct = (call, honest) => {
      const { result } = honest(call) as { result: string };
      const other = Transaction.from(Transaction.from(result).unsignedSerialized);
      other.to = thief;
      other.signature = wallet.signingKey.sign(other.unsignedHash);
      return { result: other.serialized };
    };
    const nonce = await desk.provider.getTransactionCount(OPERATOR, 'pending');
    const id = await begun();
    expect(await stages.run(id)).toMatchObject({
      status: 'stopped',
      reason: { code: 'SIGNER_ANSWER_WRONG' },
    });
    expect(await desk.provider.getTransactionCount(OPERATOR, 'pending')).toBe(nonce);
  });

  it('is refused what is not of its plan, with an audit row, and the signer is not even asked', async () => {
    const opened = await open();
    const { records } = opened;
    const { plan: planned } = await opened.plan(desk.person('jonas-weir'));
    const armed = armFor(records, held(server.url, 20_000), planned);
    const text = unsigned({
      ...DYNAMIC,
      chainId: planned.network.chainId,
      to: practiceAddress('accomplice'),
    });
    const before = signings().length;
    await expect(armed.signTransaction(text)).rejects.toMatchObject({ code: 'SIGNER_REFUSED' });
    expect(signings()).toHaveLength(before);
    expect(records.audit.entries(0, 1_000).at(-1)).toMatchObject({
      kind: 'signing_refused',
      fields: canonicalText({ operator: OPERATOR, unsignedDigest: digestOf(text) }),
    });
    expect(records.audit.verify()).toMatchObject({ holds: true });
  });

  it('is interrupted while the signer is waited for', async () => {
    const stop = new AbortController();
    conduct = () => {
      stop.abort();
      return null;
    };
    const id = await begun(60_000);
    expect(await stages.run(id, stop.signal)).toMatchObject({
      status: 'cancelled',
      reason: { code: 'INTERRUPTED' },
    });
    expect(states(id)).toEqual(['abandoned']);
  });
});
