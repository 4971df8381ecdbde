import { TOTP } from 'otpauth';
import { describe, expect, it } from 'vitest';
import { newCodeEnrolment } from '../../../electron/operator/code-enrolment.ts';
import { errorOf } from '../../support/command-line.ts';
import { withoutKeychain } from '../../support/desk-policy.ts';
import { deskScene } from '../../support/desk-scene.ts';
import {
  PASSPHRASE,
  draftOf,
  operatorAudit,
  setUp,
  terminalProcess,
  unsignedArgs,
} from '../../support/operator-terminal.ts';
import { HAS_PSEUDO_TERMINAL, onPseudoTerminal } from '../../support/pseudo-terminal.ts';

const ENTER = '\r';
const STEP_MS = 30_000;
const ASKED = 'Passphrase: ';
const PROOF = 'Passphrase of Ada: ';

describe.runIf(HAS_PSEUDO_TERMINAL)('an operator at a terminal', () => {
  const scene = deskScene();
  const line = () => [
    ...unsignedArgs(scene.desk, scene.desk.person('wim-de-groot'), scene.data),
    '--operator',
    'Ada',
  ];

  it('types the passphrase unseen, mistyped once, and again for what was confirmed', async () => {
    await setUp(scene.data, draftOf('Ada', 'operator'));
    const screen = onPseudoTerminal(line());

    await screen.shows('Sign in as Ada');
    await screen.shows(ASKED);
    screen.type(`${PASSPHRASE}!${ENTER}`);
    await screen.shows(ASKED);
    screen.type(`${PASSPHRASE}${ENTER}`);
    await screen.shows('Signed in: Ada');
    await screen.shows(PROOF);
    screen.type(`${PASSPHRASE}${ENTER}`);
    const { code, screen: seen, stdout } = await screen.end();

    expect(code, seen).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ status: 'completed' });
    expect(seen).not.toContain('herons');
    expect(operatorAudit(scene.data).slice(1)).toEqual([
      'operator_attempt_failed PASSPHRASE_WRONG',
      'operator_signed_in passphrase',
      'operator_proved passphrase',
      'operator_signed_out',
    ]);
  });

  it('ends with Ctrl-C at the proof, with nothing signed and no recovery', async () => {
    await setUp(scene.data, draftOf('Ada', 'operator'));
    const screen = onPseudoTerminal(line());

    await screen.shows(ASKED);
    screen.type(`${PASSPHRASE}${ENTER}`);
    await screen.shows(PROOF);
    screen.type('\u0003');
    const { code, screen: seen, stdout } = await screen.end();

    expect([code, errorOf({ code, stdout, stderr: seen }).code]).toEqual([1, 'INTERRUPTED']);
    expect(await scene.desk.provider.getBlockNumber()).toBe(scene.before);
    expect(operatorAudit(scene.data)).not.toContain('operator_proved passphrase');
  });

  describe('with one-time codes', () => {
    /** The code of a step, counted from now. */
    const codeOf = (secret: string, steps: number): string =>
      new TOTP({ secret, algorithm: 'SHA1', digits: 6, period: 30 }).generate({
        timestamp: Date.now() + steps * STEP_MS,
      });

    /** With codes she is no practice operator as the practice network sets them up: policy holds for her. */
    async function adaWithCodes(): Promise<string> {
      withoutKeychain(scene.data);
      const { secret } = newCodeEnrolment('Ada');
      const codes = { secret, code: codeOf(secret, -1) };
      const signIn = { kind: 'passphrase', passphrase: Buffer.from(PASSPHRASE), codes } as const;
      await setUp(scene.data, draftOf('Ada', 'operator', { signIn }));
      return secret;
    }

    it('types a code after the passphrase, and proves it by the next one', async () => {
      const secret = await adaWithCodes();
      const screen = onPseudoTerminal(line());

      await screen.shows(ASKED);
      screen.type(`${PASSPHRASE}${ENTER}`);
      await screen.shows('One-time code: ');
      screen.type(`${codeOf(secret, 0)}${ENTER}`);
      await screen.shows('Passphrase of Ada, or a one-time code: ');
      screen.type(`${codeOf(secret, 1)}${ENTER}`);
      const { code, screen: seen } = await screen.end();

      expect(code, seen).toBe(0);
      expect(operatorAudit(scene.data).slice(1)).toEqual([
        'operator_signed_in passphrase_totp',
        'operator_proved totp',
        'operator_signed_out',
      ]);
    });

    it('is told where there is no terminal to type one on, which is no wrong attempt', async () => {
      await adaWithCodes();

      const run = await terminalProcess([...line(), '--passphrase-fd', '3'], { passphrase: PASSPHRASE });

      expect([run.code, errorOf(run)]).toEqual([
        2,
        expect.objectContaining({ code: 'TOTP_WRONG', remedy: 'Run the command on a terminal.' }),
      ]);
      expect(operatorAudit(scene.data)).toEqual(['operator_created']);
    });
  });
});
