import { expect, test, type Page } from '@playwright/test';
import { PRACTICE_PASSPHRASE } from '../../electron/practice/practice-keys.ts';
import { practiceRecordsFolder } from '../../electron/workbench/site.ts';
import type { DeskRun } from '../support/e2e-desk.ts';
import { enterCase, openPerson, step, toEntry, toPlan, typeConfirmation } from '../support/e2e-hands.ts';
import { AccessibilityFaults } from '../support/e2e-looks.ts';
import { signInAs, signOut } from '../support/e2e-operators.ts';
import { shareDesk } from '../support/e2e-own-desk.ts';
import { readJournalFile } from '../support/journal-file.ts';
import { HANDS } from '../support/split-desk.ts';

/** Two people at one desk: one may link identities and touch no token, the other may do the tokens and nothing else. */
test.describe.configure({ mode: 'serial' });

const MANAGER = 'Practice identity manager';
const CUSTODIAN = 'Practice custodian';
const WHOSE = { name: 'Aiko Tanaka' } as const;

const looks = new AccessibilityFaults();
let desk: DeskRun;
let page: Page;

shareDesk((shared) => ({ desk, page } = shared));

const journal = () => readJournalFile(practiceRecordsFolder(desk.data));
const signers = () => new Set(journal().transactions.map(({ signer }) => signer));
const waiting = () => step(page, 'progress').getByRole('status').filter({ hasText: 'Waiting' });

test('the identity manager signs in, and is no custodian of anything', async () => {
  await signOut(page);
  await page.getByRole('button', { name: 'Participants', exact: true }).click();
  await signInAs(desk, page, MANAGER, PRACTICE_PASSPHRASE);
  const rights = await desk.get('operator.rights', {});
  expect(rights).toMatchObject({ address: HANDS.identityManager, identityManager: true });
  expect(rights.tokens.filter(({ custodian }) => custodian)).toEqual([]);
});

test('plans the token steps for the custodian, whom the preview names', async () => {
  await openPerson(page, WHOSE.name);
  await page.getByRole('button', { name: 'Recover identity' }).click();
  await page.getByRole('radio', { name: new RegExp(`^${CUSTODIAN}`, 'u') }).click();
  await enterCase(page);
  await expect(step(page, 'preview').getByRole('row', { name: 'The custodian who was named' })).toContainText(
    HANDS.custodian,
  );
  await looks.look(desk, page, 'preview of two');
  await toPlan(page, WHOSE);
  await looks.look(desk, page, 'impact of two');
});

test('begins it, and it waits for the custodian once nothing more can be done without', async () => {
  await typeConfirmation(await toEntry(desk, page));
  await expect(waiting()).toContainText(`Waiting for ${CUSTODIAN}`, { timeout: 60_000 });
  await looks.look(desk, page, 'waiting for the other');
  expect(journal().recovery.status).toBe('waiting');
  expect(signers()).toEqual(new Set([HANDS.identityManager]));
});

test('the custodian, who is no identity manager, sees that it is their turn, confirms and signs', async () => {
  await signInAs(desk, page, CUSTODIAN, PRACTICE_PASSPHRASE);
  await expect(waiting()).toContainText('Waiting for you');
  expect((await desk.get('desk.state', {})).operator).toMatchObject({
    name: CUSTODIAN,
    address: HANDS.custodian,
    identityManager: false,
  });
  await looks.look(desk, page, 'waiting for you');
  expect(journal().confirmedBy).toEqual([HANDS.identityManager]);

  await page.getByRole('button', { name: 'Confirm and sign your part…' }).click();
  await typeConfirmation(await desk.entry());

  await expect(step(page, 'summary')).toContainText('2 of 2', { timeout: 60_000 });
  expect(journal().confirmedBy.toSorted()).toEqual(Object.values(HANDS).toSorted());
  expect(signers()).toEqual(new Set(Object.values(HANDS)));
  expect(journal().recovery.status).toBe('completed');
});

test('no screen of it breaks a rule of accessibility, in light or in dark', () => {
  expect(looks.result).toEqual({
    looked: ['preview of two', 'impact of two', 'waiting for the other', 'waiting for you'],
    faults: [],
  });
});
