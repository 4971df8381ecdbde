import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { practiceAddress } from '../../../electron/practice/practice-keys.ts';
import { confirmationText } from '../../../shared/plan.ts';
import { errorOf } from '../../support/command-line.ts';
import { sentBy } from '../../support/practice-acts.ts';
import { HAS_PSEUDO_TERMINAL, onPseudoTerminal } from '../../support/pseudo-terminal.ts';
import { deskScene } from '../../support/desk-scene.ts';
import { terminal } from '../../support/terminal.ts';

const PASSPHRASE = 'correct horse battery';
const ENTER = '\r';
const CTRL_C = '\u0003';
const CTRL_D = '\u0004';

describe.runIf(HAS_PSEUDO_TERMINAL)('a person at a terminal', () => {
  const scene = deskScene();

  const wanted = (): string =>
    confirmationText({
      lostWallet: scene.desk.person('wim-de-groot').lostWallet ?? practiceAddress('operator'),
    });

  /** A recovery that asks for what is left out of the command line. */
  function recover(...asked: readonly string[]): readonly string[] {
    const args = [...scene.desk.recoverArgs(scene.desk.person('wim-de-groot'), scene.data)];
    for (const option of asked) args.splice(args.indexOf(option), 2);
    return args;
  }

  async function nothingDone(): Promise<void> {
    const run = await terminal(['list', '--json', '--data', scene.data]);
    expect(JSON.parse(run.stdout)).toEqual([]);
    expect(await sentBy(scene.desk.provider, practiceAddress('operator'))).toBe(sentBefore);
  }
  let sentBefore = 0;
  beforeEach(async () => {
    sentBefore = await sentBy(scene.desk.provider, practiceAddress('operator'));
  });

  it('is asked for the passphrase twice without seeing it, then for the confirmation text', async () => {
    const screen = onPseudoTerminal(recover('--replacement-passphrase-file', '--confirm'));

    await screen.shows('Passphrase for the new replacement wallet: ');
    screen.type(`${PASSPHRASE}${ENTER}`);
    await screen.shows('The same again: ');
    screen.type(`${PASSPHRASE}${ENTER}`);
    await screen.shows(`Type ${wanted()} to go on: `);
    screen.type(`${wanted().toLowerCase()}${ENTER}`);
    const { code, screen: seen, stdout } = await screen.end();

    expect(seen).not.toContain('correct');
    expect(seen).toContain('PRACTICE NETWORK');
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ status: 'completed' });
  });

  it('who mistypes the confirmation text has done nothing', async () => {
    const screen = onPseudoTerminal(recover('--confirm'));

    await screen.shows(' to go on: ');
    screen.type(`RECOVER 000000${ENTER}`);
    const { code, screen: seen, stdout } = await screen.end();

    expect([code, errorOf({ code, stdout, stderr: seen }).code]).toEqual([2, 'CONFIRMATION_WRONG']);
    await nothingDone();
  });

  it('who types two passphrases has done nothing', async () => {
    const screen = onPseudoTerminal(recover('--replacement-passphrase-file'));

    await screen.shows('Passphrase for');
    screen.type(`${PASSPHRASE}${ENTER}`);
    await screen.shows('The same again: ');
    screen.type(`${PASSPHRASE}!${ENTER}`);
    const { code, screen: seen, stdout } = await screen.end();

    expect([code, errorOf({ code, stdout, stderr: seen }).code]).toEqual([2, 'PASSPHRASE_UNREADABLE']);
    expect(existsSync(path.join(scene.data, 'wallets'))).toBe(false);
    await nothingDone();
  });

  it.each([
    ['Ctrl-C', CTRL_C],
    ['Ctrl-D', CTRL_D],
  ])('who presses %s at the passphrase leaves no wallet and no recovery', async (_what, key) => {
    const screen = onPseudoTerminal(recover('--replacement-passphrase-file'));

    await screen.shows('Passphrase for');
    screen.type(key);
    const { code, screen: seen, stdout } = await screen.end();

    expect([code, errorOf({ code, stdout, stderr: seen }).code]).toEqual([1, 'INTERRUPTED']);
    expect(existsSync(path.join(scene.data, 'wallets'))).toBe(false);
    await nothingDone();
  });

  it('who presses Ctrl-C at the confirmation leaves nothing sent and no recovery', async () => {
    const screen = onPseudoTerminal(recover('--confirm'));

    await screen.shows(' to go on: ');
    screen.type(CTRL_C);
    const { code, screen: seen, stdout } = await screen.end();

    expect([code, errorOf({ code, stdout, stderr: seen }).code]).toEqual([1, 'INTERRUPTED']);
    await nothingDone();
    // The data folder is free again for the next try.
    expect(readdirSync(scene.data)).not.toContain('scene.desk.lock.pid');
  });
});
