import { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { addressOf, options, refuseOptionsAsValues } from '../../../electron/cli/arguments.ts';
import { terminal } from '../../support/terminal.ts';

const ADDRESS = '0x5FbDB2315678afecb367f032d93F642f64180aa3';

/** The long names of the options of a command that take a value, as its --help shows them. */
async function valueOptions(command: readonly string[]): Promise<readonly string[]> {
  const { stderr } = await terminal([...command, '--help']);
  return [...stderr.matchAll(/^ {2}(--[a-z-]+) <[a-z0-9]+>/gm)].map(([, name]) => name ?? '');
}

const COMMANDS = [
  ['demo'],
  ['practice'],
  ['network', 'check'],
  ['preview'],
  ['challenge'],
  ['recover'],
  ['resume', 'R-0'],
  ['list'],
  ['status', 'R-0'],
  ['operators'],
];

describe('an option that takes a value', () => {
  it.each(COMMANDS.map((command) => [command.join(' '), command] as const))(
    'of `%s` does not take the next option for it',
    async (_name, command) => {
      const names = await valueOptions(command);
      expect(names).not.toEqual([]);
      for (const name of names) {
        const run = await terminal([...command, name, '--json']);

        expect([name, run.code]).toEqual([name, 2]);
        expect(JSON.parse(run.stdout)).toMatchObject({
          error: {
            code: 'BAD_USAGE',
            message: `${name} needs a value, and "--json" after it is an option. Nothing was done.`,
          },
        });
      }
    },
  );

  it('still reads its value, and repeats, as it did', () => {
    const command = new Command('x')
      .option('--plain <text>', 'plain')
      .option('--address <address>', 'parsed', addressOf('It'))
      .addOption(options.token());
    refuseOptionsAsValues(command);

    command.parse(['--plain', '-', '--address', ADDRESS, '--token', ADDRESS, '--token', ADDRESS], {
      from: 'user',
    });

    expect(command.opts()).toEqual({ plain: '-', address: ADDRESS, token: [ADDRESS, ADDRESS] });
  });
});
