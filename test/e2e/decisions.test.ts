import { PRACTICE_PASSPHRASE } from '../../electron/practice/practice-keys.ts';
import type { Reply } from '../support/e2e-desk.ts';
import { openPerson, proofField, step, toEntry, toPlan, toPreview } from '../support/e2e-hands.ts';
import { AccessibilityFaults } from '../support/e2e-looks.ts';
import { expect, test } from '../support/e2e-test.ts';

test.describe.configure({ mode: 'serial' });

test.describe('a preview with blockers', () => {
  const looks = new AccessibilityFaults();

  for (const [name, code] of [
    ['Petra Lindqvist', 'WALLET_NOT_REGISTERED'],
    ['Ines Barragan', 'OPERATOR_IS_PARTICIPANT'],
    ['Gerda Nowak', 'WALLET_ALREADY_LOST'],
  ] as const) {
    test(`of ${name} shows ${code} with its remedy, and leads no further`, async ({ desk, window }) => {
      await toPreview(window, { name });

      const { value } = (await desk.invoke('wizard.state', {})) as Extract<
        Reply<'wizard.state'>,
        { ok: true }
      >;
      if (value.step !== 'preview') throw new Error(`the wizard is at ${value.step}`);
      const { preview, digest } = value.read;
      expect(preview.blockers.map((blocker) => blocker.code)).toContain(code);
      for (const blocker of preview.blockers) {
        const shown = step(window, 'preview').locator(`[data-code="${blocker.code}"]`).first();
        await expect(shown).toContainText(blocker.message);
        await expect(shown).toContainText(blocker.remedy);
      }
      await expect(window.getByRole('button', { name: 'See the impact' })).toBeDisabled();
      expect(await desk.invoke('wizard.impact', { digest })).toMatchObject({
        ok: false,
        error: { code: 'BLOCKED' },
      });
      if (name === 'Petra Lindqvist') await looks.look(desk, window, 'preview with blockers');
      await window.getByRole('button', { name: 'Leave without recovering' }).click();
      await expect(step(window, 'preview')).toBeHidden();
    });
  }

  test('breaks no rule of accessibility, in light or in dark', () => {
    expect(looks.result).toEqual({ looked: ['preview with blockers'], faults: [] });
  });

  test('of Odile Marchand shows where her wallet was recovered to', async ({ window }) => {
    await toPreview(window, { name: 'Odile Marchand' });
    const shown = step(window, 'preview').locator('[data-code="WALLET_ALREADY_LOST"]').first();
    await expect(shown).toBeVisible();
    await expect(shown.getByText(/\S/u).last()).not.toBeEmpty();
    await window.getByRole('button', { name: 'Leave without recovering' }).click();
    await expect(step(window, 'preview')).toBeHidden();
  });
});

test('a person without a wallet cannot be recovered, and their page says why', async ({ desk, window }) => {
  await openPerson(window, 'Samir Haddad');
  await expect(window.getByRole('heading', { name: 'A recovery cannot be begun now' })).toBeVisible();
  await expect(window.getByRole('button', { name: 'Recover identity' })).toHaveCount(0);
  const detail = await desk.get('participants.get', { participantId: 'samir-haddad', wallet: null });
  if (detail.mayRecover.may) throw new Error('he may be recovered');
  await expect(window.getByText(detail.mayRecover.message)).toBeVisible();
  await expect(window.getByText(detail.mayRecover.remedy)).toBeVisible();
});

test.describe('the entry window', () => {
  const WHOSE = { name: 'Dora Kessler', hold: 'HOLD-3' } as const;

  test('shows what main stored: the same addresses and digest as the plan', async ({ desk, window }) => {
    await toPreview(window, WHOSE);
    await toPlan(window, WHOSE);
    const wizard = await desk.get('wizard.state', {});
    if (wizard.step !== 'impact' || wizard.planned === null) throw new Error('there is no plan');
    const { plan, digest } = wizard.planned;

    const entry = await toEntry(desk, window);

    for (const shown of [
      WHOSE.name,
      plan.lostWallet,
      plan.replacement.address,
      plan.replacement.identity,
      digest,
    ]) {
      await expect(entry.locator('dl')).toContainText(shown);
    }
  });

  test('stays open at a wrong text, and says so', async ({ desk, window }) => {
    const entry = await desk.entry();
    await entry.getByLabel('Confirmation text').pressSequentially('recover');
    await proofField(entry).fill(PRACTICE_PASSPHRASE);
    await entry.getByRole('button', { name: 'Begin the recovery' }).click();
    await expect(entry.getByRole('alert')).toContainText('That is not "RECOVER');
    // The text is put right next, though the passphrase, never looked at, is gone from its field.
    await expect(entry.getByLabel('Confirmation text')).toBeFocused();
    await expect(entry.getByLabel('Confirmation text')).toHaveAttribute('aria-invalid', 'true');
    await expect(step(window, 'confirm')).toBeVisible();
  });

  test('takes nothing that is pasted or dropped', async ({ desk }) => {
    const entry = await desk.entry();
    const field = entry.getByLabel('Confirmation text');
    const wanted = (await entry.locator('.wanted').textContent()) ?? '';
    await field.fill('');
    const session = await entry.context().newCDPSession(entry);
    await field.focus();
    await session.send('Input.dispatchKeyEvent', { type: 'keyDown', commands: ['paste'] });
    await field.evaluate((input, text) => {
      const data = new DataTransfer();
      data.setData('text/plain', text);
      input.dispatchEvent(
        new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }),
      );
      input.dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }));
    }, wanted);
    await expect(entry.getByRole('alert')).toContainText('It cannot be pasted or dropped here.');
    await expect(field).toHaveValue('');
  });

  test('is opened once, however often it is asked for', async ({ desk, window }) => {
    const planDigest = `0x${'1'.repeat(64)}`;
    const again = await desk.invoke('wizard.confirm', { key: crypto.randomUUID(), planDigest });
    expect(again).toMatchObject({ ok: false, error: { code: 'WIZARD_ELSEWHERE' } });
    expect((await desk.pages()).length).toBe(2);
    await expect(step(window, 'confirm')).toBeVisible();
  });

  test('that is closed leaves the plan where it was, and nothing begun', async ({ desk, window }) => {
    const entry = await desk.entry();
    const closed = entry.waitForEvent('close');
    // The key may close the window before it is let go.
    await entry.keyboard.press('Escape').catch(() => undefined);
    await closed;
    await expect(step(window, 'impact')).toBeVisible();
    await expect(window.getByRole('button', { name: 'Continue to confirmation' })).toBeEnabled();
    expect(await desk.get('recovery.list', {})).toEqual(
      (await desk.get('recovery.list', {})).filter((one) => one.name !== WHOSE.name),
    );
    await window.getByRole('button', { name: 'Leave without recovering' }).click();
    await expect(step(window, 'impact')).toBeHidden();
  });
});
