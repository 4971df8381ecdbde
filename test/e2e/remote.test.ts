import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import { Transaction, Wallet } from 'ethers';
import { PRACTICE_ROLES, practiceAddress, practiceKey } from '../../electron/practice/practice-keys.ts';
import { ONLY_CHROMIUM, RUNTIME, type DeskRun } from '../support/e2e-desk.ts';
import { chooseFile, step } from '../support/e2e-hands.ts';
import { NetworkDesk } from '../support/e2e-network.ts';
import { finishAndSignIn, nameOperator, resume } from '../support/e2e-operators.ts';
import { readJournalFile } from '../support/journal-file.ts';
import { sentBy } from '../support/practice-acts.ts';
import { makeSelfSigned } from '../support/self-signed.ts';
import {
  asWeb3Signer,
  startInSignersPlace,
  type JsonRpcCall,
  type StandInSigner,
} from '../support/stand-in-signer.ts';

/**
 * An operator whose key is in a remote signer. The signer is a stand-in: a real HTTPS server with mutual TLS that speaks the
 * published API of Web3Signer and signs with ethers.
 */
test.skip(RUNTIME !== 'chromium', ONLY_CHROMIUM);
test.describe.configure({ mode: 'serial' });

const RITA = 'Rita Levi';
const WHOSE = { name: 'Aiko Tanaka' } as const;
const OPERATOR = practiceAddress(PRACTICE_ROLES.operator);
const wallet = new Wallet(practiceKey(PRACTICE_ROLES.operator));

/** What becomes of a request for a signature; null where it is never answered. */
type Conduct = (call: JsonRpcCall) => object | null;

const pairs = { signer: makeSelfSigned('signer'), desk: makeSelfSigned('desk') };
let scene: NetworkDesk;
let desk: DeskRun;
let page: Page;
let server: StandInSigner;
let conduct: Conduct;

const honest: Conduct = (call) => asWeb3Signer(wallet, scene.network.seed.chainId)(call) as object;

/** Signs, with the right key, what sends the call somewhere else. */
const another: Conduct = (call) => {
  const { result } = honest(call) as { readonly result: string };
  const made = Transaction.from(Transaction.from(result).unsignedSerialized);
  made.to = practiceAddress('accomplice');
  made.signature = wallet.signingKey.sign(made.unsignedHash);
  return { result: made.serialized };
};

/** Signs the right thing with a key of somebody else. */
const otherKey: Conduct = (call) => {
  const { result } = honest(call) as { readonly result: string };
  const made = Transaction.from(Transaction.from(result).unsignedSerialized);
  made.signature = new Wallet(practiceKey('accomplice')).signingKey.sign(made.unsignedHash);
  return { result: made.serialized };
};

function start(port?: number): Promise<StandInSigner> {
  return startInSignersPlace(
    { ...pairs.signer, ca: pairs.desk.cert, requestCert: true, rejectUnauthorized: true },
    (response, call) => {
      const answer = call.method === 'eth_signTransaction' ? conduct(call) : honest(call);
      if (answer !== null) response.end(JSON.stringify({ jsonrpc: '2.0', id: call.id, ...answer }));
    },
    port,
  );
}

/** The file that describes the signer, as whoever runs it gives it out. */
function description(parts: object = {}): string {
  const file = path.join(scene.folder, 'signer.json');
  const tls = { certFile: 'desk.pem', keyFile: 'desk.key', caFile: 'signer.pem' };
  writeFileSync(file, JSON.stringify({ url: server.url, address: OPERATOR, ...tls, ...parts }));
  return file;
}

test.beforeAll(async () => {
  scene = await NetworkDesk.open({ signerTimeoutMs: 1_500 });
  for (const [name, { cert, key }] of Object.entries(pairs)) {
    writeFileSync(path.join(scene.folder, `${name}.pem`), cert);
    writeFileSync(path.join(scene.folder, `${name}.key`), key, { mode: 0o600 });
  }
  server = await start();
  ({ desk } = scene);
  page = await desk.page();
});
test.afterAll(async () => {
  await scene.close();
  await server.stop();
});

const journal = () => readJournalFile(scene.data);
const standstill = (code: string) => page.locator(`[role="status"][data-code="${code}"]`);
const signings = () => server.calls.filter(({ method }) => method === 'eth_signTransaction');

async function choose(file: string): Promise<void> {
  await page.getByRole('button', { name: 'Set up', exact: true }).click();
  await chooseFile(desk, file);
}

async function resumeWith(as: Conduct): Promise<void> {
  conduct = as;
  await resume(desk, page);
}

test('a signer that does not know the address, or does not let the desk in, sets nobody up', async () => {
  await nameOperator(page, RITA, /^In a remote signer/u);
  await choose(description({ address: practiceAddress('accomplice') }));
  await expect(page.getByText('For support: SIGNER_ANSWER_WRONG')).toBeVisible();
  await choose(description({ certFile: undefined, keyFile: undefined }));
  await expect(page.getByText('For support: SIGNER_UNAVAILABLE')).toBeVisible();
  expect((await desk.get('desk.state', {})).operators).toEqual([]);
});

test('an operator is set up at the signer, and signs in with a passphrase of the desk', async () => {
  await choose(description());
  await finishAndSignIn(desk, page, RITA);
  expect((await desk.get('desk.state', {})).operator).toMatchObject({ key: 'remote', address: OPERATOR });
});

test('what a signer makes of it is told, and nothing of that is sent', async () => {
  const before = await sentBy(scene.provider, OPERATOR);
  conduct = another;
  await scene.begin(page, WHOSE);
  await expect(standstill('SIGNER_ANSWER_WRONG')).toContainText('another transaction than the one to sign');

  await resumeWith(otherKey);
  await expect(standstill('SIGNER_ANSWER_WRONG')).toContainText('and the operator is');

  await resumeWith(() => null);
  await expect(standstill('SIGNER_TIMEOUT')).toContainText('did not answer within 1.5 seconds');

  await server.stop();
  await resumeWith(honest);
  await expect(standstill('SIGNER_UNAVAILABLE')).toContainText('cannot be reached');

  expect(journal().transactions.map(({ raw }) => raw)).toEqual([null]);
  expect(await sentBy(scene.provider, OPERATOR)).toBe(before);
});

test('meanwhile the desk can be used for other things', async () => {
  await page.getByRole('button', { name: 'Close for now' }).click();
  await page.getByRole('button', { name: 'Participants', exact: true }).click();
  await expect(page.getByRole('row', { name: WHOSE.name })).toBeVisible();
  await page.getByRole('button', { name: 'History', exact: true }).click();
  await page.getByRole('row', { name: WHOSE.name }).click();
  await expect(standstill('SIGNER_UNAVAILABLE')).toBeVisible();
});

test('a signer that works again signs the whole recovery, and nothing else', async () => {
  server = await start(Number(new URL(server.url).port));
  await resumeWith(honest);
  await expect(step(page, 'summary')).toContainText('2 of 2', { timeout: 60_000 });
  const { transactions, recovery } = journal();
  expect(recovery.status).toBe('completed');
  expect(signings()).toHaveLength(transactions.length);
  expect(transactions.every(({ state, signer }) => state === 'final' && signer === OPERATOR)).toBe(true);
});
