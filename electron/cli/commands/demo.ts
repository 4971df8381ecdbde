/** `demo`: a recovery from start to end on the embedded practice network. */
import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { InvalidArgumentError } from 'commander';
import type { Command } from 'commander';
import type { RecoveryResult } from '../../../shared/outcome.ts';
import { confirmationText } from '../../../shared/plan.ts';
import { openRecords } from '../../desk.ts';
import { openDataFolder } from '../../store/data-folder.ts';
import { BULK_PERSON, DEMO_PERSON } from '../../practice/people.ts';
import { openPracticeNetwork } from '../../practice/practice-network.ts';
import type { PracticeNetwork } from '../../practice/practice-network.ts';
import type { SeededPerson } from '../../practice/practice-seed.ts';
import { PRACTICE_OPERATOR } from '../../workbench/practice-operators.ts';
import { options } from '../arguments.ts';
import { accessSurprises } from '../demo-access.ts';
import { demoFolder } from '../demo-folder.ts';
import { EXIT } from '../exit-codes.ts';
import { setUpPractice } from '../practice-desk.ts';
import { withRecords } from '../session.ts';
import type { Session } from '../session.ts';
import { recover } from './recover.ts';

const MOST_TOKENS = 1000;

function tokenCount(text: string): number {
  const count = Number(text);
  if (Number.isInteger(count) && count > 0 && count <= MOST_TOKENS) return count;
  throw new InvalidArgumentError(`give a whole number from 1 to ${MOST_TOKENS}`);
}

/** Which token ends how, as seeded: the reason for those that fail. */
function seededReasons(network: PracticeNetwork, person: SeededPerson): ReadonlyMap<string, string | null> {
  const shows = new Map(network.seed.tokens.map((token) => [token.address, token.shows]));
  return new Map(person.holdings.map((holding) => [holding.token, shows.get(holding.token) ?? null]));
}

/** What came out otherwise than seeded, in words. */
function surprises(result: RecoveryResult, seeded: ReadonlyMap<string, string | null>): readonly string[] {
  const failed = new Map(
    result.tokens.failures.map((failure) => [failure.token as string, failure.reason as string]),
  );
  const expectedFailures = [...seeded.values()].filter((reason) => reason !== null).length;
  const expectedStatus = expectedFailures === 0 ? 'completed' : 'completed_with_token_failures';
  return [
    ...(result.status === expectedStatus ? [] : [`status is ${result.status}, not ${expectedStatus}`]),
    ...(result.tokens.total === seeded.size
      ? []
      : [`${result.tokens.total} tokens in scope, not ${seeded.size}`]),
    ...[...seeded].flatMap(([token, reason]) =>
      (failed.get(token) ?? null) === reason
        ? []
        : [`${token} ended ${failed.get(token) ?? 'recovered'}, not ${reason ?? 'recovered'}`],
    ),
  ];
}

async function run(
  session: Session,
  network: PracticeNetwork,
  person: SeededPerson,
  folder: string,
): Promise<void> {
  const { output } = session;
  if (person.lostWallet === null) throw new Error('the demo needs a person with a wallet');
  const passphraseFile = path.join(folder, 'replacement.passphrase');
  writeFileSync(passphraseFile, `${randomBytes(18).toString('base64url')}\n`, { mode: 0o600 });
  const data = path.join(folder, 'data');
  await withRecords(openRecords(data), (records) => setUpPractice(session, records, network));
  output.say(`The journal of this recovery: ${data}\n`);
  const result = await recover(session, {
    network: network.files.network,
    participant: person.id,
    wallet: person.lostWallet,
    token: [],
    reason: 'lost',
    ticket: 'DEMO-1',
    identifiedBy: 'Recovery Desk demo',
    identifiedHow: 'practice',
    evidence: [],
    holdReference: 'DEMO-HOLD-1',
    executor: {
      kind: 'operator',
      name: PRACTICE_OPERATOR,
      passphrase: { kind: 'file', file: network.files.operator.passphrase },
    },
    replacementPassphraseFile: passphraseFile,
    confirm: confirmationText({ lostWallet: person.lostWallet }),
    data,
  });
  if (result === null) return;
  const found = [
    ...surprises(result, seededReasons(network, person)),
    ...(await withRecords(openRecords(data), ({ local }) =>
      accessSurprises(local.directory, person, result),
    )),
  ];
  for (const surprise of found) output.say(`Not as seeded: ${surprise}`);
  session.exit(found.length === 0 ? EXIT.done : EXIT.failed);
}

async function demo(session: Session, given: { data: string; tokens?: number }): Promise<void> {
  const folder = demoFolder(openDataFolder(given.data));
  session.output.say('Starting the practice network …');
  const network = await openPracticeNetwork({
    folder: path.join(folder, 'network'),
    ...(given.tokens === undefined ? {} : { tokens: given.tokens }),
  });
  try {
    const id = given.tokens === undefined ? DEMO_PERSON : BULK_PERSON;
    const person = network.seed.people.find((candidate) => candidate.id === id);
    if (person === undefined) throw new Error(`the practice network lacks ${id}`);
    await run(session, network, person, folder);
  } finally {
    await network.close();
  }
}

export function demoCommand(program: Command, session: () => Session): void {
  program
    .command('demo')
    .description('recover a practice person on the embedded practice network')
    .option('--tokens <n>', 'a person with so many tokens instead', tokenCount)
    .addOption(options.data())
    .addOption(options.json())
    .action((given: { data: string; tokens?: number }) => demo(session(), given));
}
