/** `practice`: opens the practice network and keeps it open, so that every other command can be tried on it. */
import path from 'node:path';
import type { Command } from 'commander';
import { openPracticeNetwork } from '../../practice/practice-network.ts';
import type { PracticeNetwork } from '../../practice/practice-network.ts';
import { openDataFolder } from '../../store/data-folder.ts';
import { openPracticeRecords } from '../../workbench/connection.ts';
import { practiceOperators } from '../../workbench/practice-operators.ts';
import { options } from '../arguments.ts';
import { setUpPractice } from '../practice-desk.ts';
import { withRecords } from '../session.ts';
import type { Session } from '../session.ts';
import { table } from '../table.ts';

/** A day, in milliseconds: only there so that the process has something to live for. */
const KEEP_ALIVE_MS = 86_400_000;

function untilStopped(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const alive = setInterval(() => undefined, KEEP_ALIVE_MS);
    const stop = (): void => {
      clearInterval(alive);
      resolve();
    };
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
  });
}

type Further = PracticeNetwork['seed']['people'][number]['further'][number];

const WALLET_KINDS: Readonly<Record<Further['kind'], string>> = { key: 'key', account: 'smart account' };

const WALLET_SAYINGS: Readonly<Record<Further['says'], string>> = {
  lost: 'lost too',
  healthy: "in the person's hands",
  lost_before: 'lost before, recovered to the lost wallet',
};

function practiceText({ files, seed, node }: PracticeNetwork, operators: PracticeOperators): string {
  return [
    '*** PRACTICE NETWORK: nothing here is real, and every key is public ***',
    '',
    table(
      ['Person', 'Lost wallet', 'There for'],
      seed.people.map((person) => [person.id, person.lostWallet ?? 'none', person.purpose]),
    ),
    '',
    'Beside that one some have further wallets:',
    table(
      ['Person', 'Wallet', 'Kind', 'What became of it'],
      seed.people.flatMap(({ id, further }) =>
        further.map(({ wallet, kind, says }) => [id, wallet, WALLET_KINDS[kind], WALLET_SAYINGS[says]]),
      ),
    ),
    '',
    `Network profile     ${files.network}`,
    `Participants file   ${files.participants}`,
    `Operator's keystore ${files.operator.keystore}`,
    `Its passphrase file ${files.operator.passphrase}`,
    `Operator            ${seed.roles['operator'] ?? ''}`,
    `By name, with --operator, of the data folder ${operators.data}:`,
    ...operators.names.map((name) => `                    ${name}`),
    `Node                ${node.url}`,
    '',
    'It stays open until Ctrl-C, and is there again at the next start.',
  ].join('\n');
}

/** Whom `--operator` names on this network, and the data folder that they are in: the window's own for practice. */
interface PracticeOperators {
  readonly data: string;
  readonly names: readonly string[];
}

function practiceOperatorsOf(
  session: Session,
  data: string,
  network: PracticeNetwork,
): Promise<PracticeOperators> {
  return withRecords(openPracticeRecords(data, network.fresh), async (records) => {
    await setUpPractice(session, records, network);
    return { data: records.folder, names: [...practiceOperators(network.files).keys()] };
  });
}

async function practice(session: Session, given: { data: string }): Promise<void> {
  const network = await openPracticeNetwork({
    folder: path.join(openDataFolder(given.data), 'practice', 'network'),
  });
  try {
    const { files, seed } = network;
    const operators = await practiceOperatorsOf(session, given.data, network);
    session.output.answer(
      { files, url: network.node.url, people: seed.people, operators },
      practiceText(network, operators),
    );
    await untilStopped(session.signal);
  } finally {
    await network.close();
  }
}

export function practiceCommand(program: Command, session: () => Session): void {
  program
    .command('practice')
    .description('open the practice network and keep it open, to try commands on it')
    .addOption(options.data())
    .addOption(options.json())
    .action((given: { data: string }) => practice(session(), given));
}
