import { expect, test, type Page } from '@playwright/test';
import { Contract, JsonRpcProvider } from 'ethers';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { practiceSeedSchema } from '../../electron/practice/practice-seed.ts';
import type { PracticeSeed, SeededPerson } from '../../electron/practice/practice-seed.ts';
import type { DeskRun } from '../support/e2e-desk.ts';
import { enterCase, openPerson, step, toEntry, typeConfirmation } from '../support/e2e-hands.ts';
import { AccessibilityFaults } from '../support/e2e-looks.ts';
import { shareDesk } from '../support/e2e-own-desk.ts';
import { personNamed, practiceFolder, practiceUrl } from '../support/e2e-practice.ts';

/** One identity, three wallets: a lost key and a lost smart account are replaced, and the third moves along. */
test.describe.configure({ mode: 'serial' });

const WHOSE = 'Freya Lindholm';
const STRANGER = 'Jonas Weir';

const looks = new AccessibilityFaults();
let desk: DeskRun;
let page: Page;

shareDesk((shared) => ({ desk, page } = shared));

const preview = () => step(page, 'preview');
const impact = () => step(page, 'impact');
const summary = () => step(page, 'summary');

function seed(): PracticeSeed {
  const file = path.join(practiceFolder(desk.data), 'seed.json');
  return practiceSeedSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
}

function wallets(): Readonly<Record<'lost' | 'account' | 'healthy', string>> {
  const { lostWallet, further } = personNamed(seed(), WHOSE);
  const ofKind = (kind: SeededPerson['further'][number]['kind']): string =>
    further.find((one) => one.kind === kind)?.wallet ?? '';
  return { lost: lostWallet ?? '', account: ofKind('account'), healthy: ofKind('key') };
}

const saying = (wallet: string) => preview().locator(`[data-wallet="${wallet}"]`);

test('the security section shows every wallet that is registered with the identity', async () => {
  await openPerson(page, WHOSE);
  const section = page.getByRole('region', { name: 'Security' });
  for (const wallet of Object.values(wallets())) await expect(section).toContainText(wallet);
});

test('the preview asks of each other wallet, and nothing goes on before it is answered', async () => {
  await page.getByRole('button', { name: 'Recover identity' }).click();
  await enterCase(page);
  await expect(preview().locator('[data-code="WALLET_UNDECIDED"]')).toBeVisible();
  await expect(page.getByRole('button', { name: 'See the impact' })).toBeDisabled();
  await looks.look(desk, page, 'preview undecided');
});

test('a page that was taken over can say nothing of a wallet that is not the person’s', async () => {
  const wizard = await desk.get('wizard.state', {});
  const digest = wizard.step === 'preview' ? wizard.read.digest : '';
  const stranger = personNamed(seed(), STRANGER).lostWallet;
  const said = { digest, wallets: [{ wallet: stranger, says: 'lost' }] };
  expect(await desk.invoke('wizard.sayOfWallets', said)).toMatchObject({
    ok: false,
    error: { code: 'WIZARD_ELSEWHERE' },
  });
  expect(await desk.get('wizard.state', {})).toEqual(wizard);
});

test('by keyboard it is said that the account is lost too, and that the other wallet moves along', async () => {
  await saying(wallets().account).getByRole('radio', { name: 'Lost too' }).focus();
  await page.keyboard.press('Space');
  await saying(wallets().healthy).getByRole('radio', { name: 'Lost too' }).focus();
  await page.keyboard.press('Space');
  await page.keyboard.press('ArrowRight');
  await expect(saying(wallets().healthy).getByRole('radio', { name: /moves along/u })).toBeChecked();
  await expect(page.getByRole('button', { name: 'See the impact' })).toBeDisabled();
  await page.getByRole('button', { name: 'Read again with these' }).press('Enter');

  await expect(preview().locator('[data-code="WALLET_UNDECIDED"]')).toBeHidden();
  await expect(preview().getByRole('region', { name: /^Lost wallet/u })).toHaveCount(2);
  await expect(preview().getByRole('region', { name: 'Rights of lost wallets' })).toBeVisible();
  await looks.look(desk, page, 'preview of several wallets');
});

test('each lost wallet gets a replacement: the holder’s, and a smart account that it owns', async () => {
  await page.getByRole('button', { name: 'See the impact' }).click();
  await expect(impact()).toBeVisible();
  const account = impact().locator(`[data-lost="${wallets().account}"]`);
  await expect(account.getByRole('radio', { name: 'A new smart account' })).toBeChecked();
  await page.getByRole('button', { name: 'Practice: ask the holder' }).click();
  await page.getByRole('button', { name: 'Make the text to sign' }).click();
  await page.getByRole('button', { name: 'Practice: let the holder sign' }).click();
  await looks.look(desk, page, 'replacements of several wallets');
  await page.getByRole('button', { name: 'Make the plan' }).click();
  await expect(page.getByRole('button', { name: 'Continue to confirmation' })).toBeEnabled();
  await looks.look(desk, page, 'plan of several wallets');
});

test('the entry window names every wallet in full, and what is confirmed there runs to its end', async () => {
  const entry = await toEntry(desk, page);
  for (const wallet of Object.values(wallets())) await expect(entry.locator('body')).toContainText(wallet);
  await looks.look(desk, page, 'confirm several wallets');
  await looks.look(desk, entry, 'entry window of several wallets');
  await typeConfirmation(entry);
  await expect(summary()).toContainText('5 of 5', { timeout: 120_000 });
  await expect(summary().locator('[data-lost]')).toHaveCount(2);
  await expect(summary().locator('[data-outcome="moved"]')).toContainText(wallets().healthy);
  await expect(summary().locator('[data-code="REVOKE_ROLE"]')).toBeVisible();
  await looks.look(desk, page, 'summary of several wallets');
});

test('the chain says the same: both are linked, and all that is left is with one identity', async () => {
  const wizard = await desk.get('wizard.state', {});
  if (wizard.step !== 'summary') throw new Error(`the wizard is at ${wizard.step}`);
  const { result } = wizard;
  const provider = new JsonRpcProvider(practiceUrl(desk.data));
  try {
    const registry = new Contract(
      seed().contracts.identityRegistry,
      [
        'function identity(address) view returns (address)',
        'function isWalletLost(address) view returns (bool)',
        'function getRecoveredWallet(address) view returns (address)',
      ],
      provider,
    );
    const ask = async (name: string, wallet: string): Promise<unknown> =>
      registry.getFunction(name).staticCall(wallet);
    for (const { lost, replacement, identity } of result.wallets) {
      expect(await ask('isWalletLost', lost)).toBe(true);
      expect(await ask('getRecoveredWallet', lost)).toBe(replacement);
      expect(await ask('identity', replacement)).toBe(identity);
    }
    expect(await ask('identity', wallets().healthy)).toBe(result.replacementIdentity);
    const [, account] = result.wallets;
    const owner = new Contract(
      account?.replacement ?? '',
      ['function owner() view returns (address)'],
      provider,
    );
    expect(await owner.getFunction('owner').staticCall()).toBe(result.replacementWallet);
    for (const { token, symbol, amount } of held()) {
      const balance = new Contract(token, ['function balanceOf(address) view returns (uint256)'], provider);
      const of = async (wallet: string): Promise<unknown> =>
        balance.getFunction('balanceOf').staticCall(wallet);
      expect([symbol, await of(wallets().account)]).toEqual([symbol, 0n]);
      expect([symbol, await of(account?.replacement ?? '')]).toEqual([symbol, BigInt(amount)]);
    }
  } finally {
    provider.destroy();
  }
});

test('no screen of it breaks a rule of accessibility, in light or in dark', () => {
  expect(looks.result).toEqual({
    looked: [
      'preview undecided',
      'preview of several wallets',
      'replacements of several wallets',
      'plan of several wallets',
      'confirm several wallets',
      'entry window of several wallets',
      'summary of several wallets',
    ],
    faults: [],
  });
});

/** What the lost smart account held. */
function held(): SeededPerson['further'][number]['holdings'] {
  const { further } = personNamed(seed(), WHOSE);
  return further.find(({ kind }) => kind === 'account')?.holdings ?? [];
}
