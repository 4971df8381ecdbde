/** `operators`: who can be named with `--operator`. Nothing secret is read for it. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import type { Command } from 'commander';
import { readRecords } from '../../records.ts';
import type { Operator } from '../../../shared/operator.ts';
import { operatorsOfFolder } from '../../operator/operators-of-folder.ts';
import type { ListedOperator } from '../../operator/listed-operators.ts';
import { options } from '../arguments.ts';
import { withRecords } from '../session.ts';
import type { Session } from '../session.ts';
import { table } from '../table.ts';

function emptyText(data: string): string {
  const folder = path.resolve(data);
  return existsSync(folder)
    ? 'Nobody was set up as an operator in this data folder. Operators are set up in the window.'
    : `There is no data folder ${folder}, and so no operator to list.`;
}

function signInWords({ signIn }: Operator): string {
  if (signIn.kind === 'oidc') return `at ${new URL(signIn.issuer).host}`;
  return signIn.totp ? 'passphrase, one-time code' : 'passphrase';
}

const KEY_WORDS: Readonly<Record<Operator['credential']['kind'], string>> = {
  keystore: 'on this desk',
  remote: 'remote signer',
  ledger: 'Ledger',
  export: 'signs elsewhere',
};

/** A record that does not read is listed with what is wrong, so that it is not missed. */
function documentOf(one: ListedOperator): object {
  if (one.kind === 'damaged') return { id: one.id, name: one.name, error: one.error.toJSON() };
  const { id, name, signIn, credential } = one.operator;
  const code = signIn.kind === 'passphrase' && signIn.totp;
  return { id, name, signIn: signIn.kind, code, key: credential.kind, address: credential.address };
}

function rowOf(one: ListedOperator): readonly string[] {
  if (one.kind === 'damaged') return [one.name, one.error.code, '', ''];
  const { name, credential } = one.operator;
  return [name, signInWords(one.operator), KEY_WORDS[credential.kind], credential.address];
}

async function operators(session: Session, data: string): Promise<void> {
  await withRecords(readRecords(data), async (records) => {
    const listed =
      records === null ? [] : operatorsOfFolder(records, session.programs, records.policy).list();
    session.output.answer(
      listed.map(documentOf),
      listed.length === 0
        ? emptyText(data)
        : table(['Operator', 'Signs in by', 'Key', 'Address'], listed.map(rowOf)),
    );
  });
}

export function operatorsCommand(program: Command, session: () => Session): void {
  program
    .command('operators')
    .description('list the operators of this data folder, who can be named with --operator')
    .addOption(options.data())
    .addOption(options.json())
    .action((given: { data: string }) => operators(session(), given.data));
}
