import { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { refuseOptionsAsValues } from '../../../electron/cli/arguments.ts';
import {
  assertOthersOnly,
  otherProofOptions,
  otherWalletOptions,
  sayingsOf,
} from '../../../electron/cli/other-wallets.ts';
import type { OtherProofOptions } from '../../../electron/cli/other-wallets.ts';
import { DeskError } from '../../../shared/errors.ts';
import { address } from '../store/records.ts';

const [SECOND, THIRD, FOURTH, NEW] = [address(2), address(3), address(4), address(9)];

/** What a command line says of the person's other wallets. */
function said(...argv: readonly string[]) {
  const command = new Command('recover').exitOverride().configureOutput({ writeErr: () => undefined });
  otherProofOptions(otherWalletOptions(command));
  refuseOptionsAsValues(command);
  command.parse(argv, { from: 'user' });
  return sayingsOf(command.opts<OtherProofOptions>());
}

function refusal(...argv: readonly string[]): DeskError {
  try {
    said(...argv);
  } catch (thrown) {
    if (thrown instanceof DeskError) return thrown;
    throw thrown;
  }
  return expect.unreachable('nothing was refused');
}

const NO_CONTROL = { proof: undefined, proofExpires: undefined, callBack: false };

describe('what a command line says of other wallets', () => {
  it('is nothing where nothing was said', () => {
    expect(said()).toEqual([]);
  });

  it.each([
    [SECOND, null],
    [`${SECOND}=generate`, { kind: 'generate' }],
    [`${SECOND}=account`, { kind: 'account' }],
    [`${SECOND}=${NEW}`, { kind: 'address', address: NEW }],
    [`${SECOND}=keystore:./a=b.json`, { kind: 'keystore', file: './a=b.json' }],
  ])('names a lost one and where its replacement comes from: %s', (text, source) => {
    expect(said('--also-lost', text)).toEqual([
      { wallet: SECOND, says: 'lost', source, control: NO_CONTROL },
    ]);
  });

  it('names as many as there are, with the proof of each', () => {
    const lines = [
      '--also-lost',
      `${SECOND}=${NEW}`,
      '--also-lost',
      `${THIRD}=${address(8)}`,
      '--proof-for',
      `${SECOND}=0x0102`,
      '--proof-expires-for',
      `${SECOND}=2031-01-01T00:00:00Z`,
      '--call-back-for',
      THIRD,
      '--moves',
      FOURTH,
      '--stays',
      address(5),
    ];

    expect(said(...lines)).toEqual([
      {
        wallet: SECOND,
        says: 'lost',
        source: { kind: 'address', address: NEW },
        control: { proof: '0x0102', proofExpires: '2031-01-01T00:00:00Z', callBack: false },
      },
      {
        wallet: THIRD,
        says: 'lost',
        source: { kind: 'address', address: address(8) },
        control: { ...NO_CONTROL, callBack: true },
      },
      { wallet: FOURTH, says: 'moves' },
      { wallet: address(5), says: 'stays' },
    ]);
  });

  it.each([
    ['lost twice', ['--also-lost', SECOND, '--also-lost', `${SECOND}=generate`]],
    ['lost and moving', ['--also-lost', SECOND, '--moves', SECOND]],
    ['moving and staying', ['--moves', SECOND, '--stays', SECOND]],
    ['moving twice', ['--moves', SECOND, '--moves', SECOND]],
    ['replaced from nowhere', ['--also-lost', `${SECOND}=somewhere`]],
    ['replaced from nothing', ['--also-lost', `${SECOND}=`]],
    ['replaced from a keystore without a name', ['--also-lost', `${SECOND}=keystore:`]],
    ['proven and not lost', ['--proof-for', `${SECOND}=0x01`]],
    ['proven and made by the desk', ['--also-lost', `${SECOND}=generate`, '--proof-for', `${SECOND}=0x01`]],
    ['proven by nothing', ['--also-lost', `${SECOND}=${NEW}`, '--proof-for', SECOND]],
    ['called back about and not lost', ['--call-back-for', SECOND]],
    [
      'proven and called back about',
      ['--also-lost', `${SECOND}=${NEW}`, '--proof-for', `${SECOND}=0x01`, '--call-back-for', SECOND],
    ],
    [
      'proven twice',
      ['--also-lost', `${SECOND}=${NEW}`, '--proof-for', `${SECOND}=0x01`, '--proof-for', `${SECOND}=0x02`],
    ],
    [
      'not proven, with an expiry',
      ['--also-lost', `${SECOND}=${NEW}`, '--proof-expires-for', `${SECOND}=2031-01-01T00:00:00Z`],
    ],
    ['named by an option', ['--also-lost', '--moves']],
  ])('is refused with a remedy of a wallet that is %s', (_what, argv) => {
    const { code, message, remedy } = refusal(...argv);

    expect(code).toBe('BAD_USAGE');
    expect(message).toMatch(/Nothing was done\.$/);
    expect(remedy).not.toBe('');
  });

  it.each([
    ['--also-lost', 'not-an-address'],
    ['--also-lost', `${SECOND}=0x12`],
    ['--moves', '0x12'],
    ['--stays', NEW.replace('0x', '1x')],
  ])('is refused of what is no address: %s %s', (option, text) => {
    expect(refusal(option, text).code).toBe('ADDRESS_INVALID');
  });

  it('is refused of the very wallet that the case is about', () => {
    const of = said('--moves', SECOND);

    expect(() => assertOthersOnly(of, SECOND)).toThrow(expect.objectContaining({ code: 'BAD_USAGE' }));
    expect(() => assertOthersOnly(of, THIRD)).not.toThrow();
    expect(() => assertOthersOnly(of, null)).not.toThrow();
  });
});
