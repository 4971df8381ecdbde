/** What somebody changes behind the desk's back once a plan was made: nothing of it is carried out. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { keystoreCodec } from '../../../electron/operator/keystore-codec.ts';
import { practiceAddress, PRACTICE_ROLES } from '../../../electron/practice/practice-keys.ts';
import { confirmationText } from '../../../shared/plan.ts';
import type { Hex } from '../../../shared/values.ts';
import { deskScene } from '../../support/desk-scene.ts';
import { goOnMining, holdMining } from '../../support/e2e-practice.ts';
import { readAuditFile } from '../../support/journal-file.ts';
import { NEW_PASSPHRASE, openNetworkHands, plannedGenerated } from '../../support/network-hands.ts';
import type { NetworkHands } from '../../support/network-hands.ts';
import { key } from '../../support/window-hands.ts';

const scene = deskScene();
const THIEF = practiceAddress('accomplice');

let work: NetworkHands;
let sentBefore: number;

beforeEach(async () => {
  work = await openNetworkHands(scene.desk, () => undefined);
  await work.peopleChosen();
  sentBefore = await sent();
});
afterEach(() => work.hands.close());

/** Transactions of the operator that the node has seen, also those that were not mined. */
const sent = () =>
  scene.desk.provider.getTransactionCount(practiceAddress(PRACTICE_ROLES.operator), 'pending');

const refusals = (digest: string): readonly string[] =>
  readAuditFile(work.hands.data)
    .filter(({ kind, fields }) => kind === 'execution_refused' && fields.includes(digest))
    .map(({ fields }) => (JSON.parse(fields) as { reason: string }).reason);

function alterPlan(was: string, is: string): void {
  const database = new Database(path.join(work.hands.data, 'desk.sqlite'));
  try {
    const { changes } = database.prepare('UPDATE plan SET body = replace(body, ?, ?)').run(was, is);
    expect(changes).toBe(1);
  } finally {
    database.close();
  }
}

/** The keystore that the desk made. */
function keystoreFile(): string {
  const folder = path.join(work.hands.data, 'wallets');
  const [name] = readdirSync(folder);
  return path.join(folder, name ?? '');
}

describe('after a plan was made and looked at', () => {
  it('another replacement address in the database is refused, which it names, and nothing is broadcast', async () => {
    const { plan, digest } = await plannedGenerated(work.hands, 'jonas-weir');
    alterPlan(plan.replacement.address, THIEF);

    work.hands.typed.push(confirmationText(plan));
    const refused = await work.hands.ask('wizard.confirm', { key: key(), planDigest: digest });

    expect(refused).toMatchObject({ ok: false, error: { code: 'PLAN_ALTERED' } });
    const { message } = refused.ok ? { message: '' } : refused.error;
    expect(message).toContain(digest);
    expect(message).toContain(THIEF);
    expect(refusals(digest)).toEqual(['PLAN_ALTERED']);
    expect(await work.hands.get('recovery.list', {})).toEqual([]);
    expect(await sent()).toBe(sentBefore);
  });

  it('another replacement address in the database is refused to who goes on with the recovery as well', async () => {
    const { digest, id, plan } = await stoppedHalfway();
    alterPlan(plan.replacement.address, THIEF);
    const sentByNow = await sent();

    const refused = await work.hands.ask('recovery.resume', { key: key(), recoveryId: id });

    expect(refused).toMatchObject({ ok: false, error: { code: 'PLAN_ALTERED' } });
    expect(refused.ok ? '' : refused.error.message).toContain(THIEF);
    expect(refusals(digest)).toEqual(['PLAN_ALTERED']);
    expect(await sent()).toBe(sentByNow);
  });

  it('another key in the keystore file is refused, which it names, and nothing is broadcast', async () => {
    const { plan, digest } = await plannedGenerated(work.hands, 'jonas-weir');
    const other = await keystoreCodec.create(Buffer.from(NEW_PASSPHRASE, 'utf8'));
    writeFileSync(keystoreFile(), other.json);

    const { code, message } = await confirmed(digest, confirmationText(plan));

    expect(code).toBe('KEYSTORE_ADDRESS_DIFFERS');
    expect(message).toContain(other.address);
    expect(message).toContain(plan.replacement.address);
    expect(refusals(digest)).toEqual(['KEYSTORE_ADDRESS_DIFFERS']);
    expect(await sent()).toBe(sentBefore);
  });

  it('another address written into the keystore file is refused, and nothing is broadcast', async () => {
    const { plan, digest } = await plannedGenerated(work.hands, 'jonas-weir');
    const file = keystoreFile();
    const own = plan.replacement.address.slice(2).toLowerCase();
    const text = readFileSync(file, 'utf8');
    expect(text.toLowerCase()).toContain(own);
    writeFileSync(file, text.toLowerCase().replace(own, THIEF.slice(2).toLowerCase()));

    const { code } = await confirmed(digest, confirmationText(plan));

    expect(code).toBe('KEYSTORE_CORRUPT');
    expect(refusals(digest)).toEqual(['KEYSTORE_CORRUPT']);
    expect(await sent()).toBe(sentBefore);
  });
});

/** A recovery whose first transaction was sent when it was stopped. */
async function stoppedHalfway() {
  const { url } = scene.desk.network.node;
  await holdMining(url);
  const { plan, digest } = await plannedGenerated(work.hands, 'jonas-weir');
  work.hands.typed.push(confirmationText(plan));
  await work.hands.get('wizard.confirm', { key: key(), planDigest: digest });
  await work.hands.stands((now) => now.step === 'progress' && now.progress.transactions.sent > 0);
  await work.hands.bench.stopSafely();
  await goOnMining(url);
  const stopped = await work.hands.get('wizard.state', {});
  return { plan, digest, id: stopped.step === 'progress' ? stopped.progress.recoveryId : '' };
}

/** Confirms, and gives why the recovery came to nothing. */
async function confirmed(
  digest: Hex,
  typed: string,
): Promise<{ readonly code: string; readonly message: string }> {
  work.hands.typed.push(typed);
  await work.hands.get('wizard.confirm', { key: key(), planDigest: digest });
  const { result } = await work.hands.reached('summary');
  expect(result.status).toBe('failed');
  if (result.reason === undefined) throw new Error('it does not say why');
  return result.reason;
}
