/** `handover`: how each generated wallet gets to its holder, by two people or to a key of the holder. */
import { Option } from 'commander';
import type { Command } from 'commander';
import type { Address } from '../../../shared/address.ts';
import type { HandOverOf, HandOverView, Leaving } from '../../../shared/hand-over.ts';
import type { HandOverCheck } from '../../../shared/hand-over-rules.ts';
import { recoveryUnknown } from '../../../shared/recovery-unknown.ts';
import { sealToHolder, recipientOf } from '../../operator/holder-file.ts';
import { keychainStore } from '../../operator/keychain-store.ts';
import { wipe } from '../../operator/passphrase.ts';
import { directoryInUse } from '../../participants/directory-in-use.ts';
import { openParticipants } from '../../participants/open-participants.ts';
import { openRecords, readRecords } from '../../records.ts';
import type { Records } from '../../records.ts';
import { handOverNow, handOversNow, onlyHandOver } from '../../recovery/hand-over.ts';
import type { HandOverContext, Person } from '../../recovery/hand-over.ts';
import { markHandedOver } from '../../recovery/hand-over-end.ts';
import { leaveToHolder } from '../../recovery/hand-over-left.ts';
import { takeForHolder, takeKeystore, takePassphrase } from '../../recovery/hand-over-leaving.ts';
import { custodyOf, handOverContext, letterOf } from '../../workbench/hand-over-services.ts';
import { addressOf, options } from '../arguments.ts';
import { descriptorOf, passphraseFdOption } from '../executor-options.ts';
import { EXIT } from '../exit-codes.ts';
import { givenPassphrase } from '../given-passphrase.ts';
import type { GivenPassphrase } from '../given-passphrase.ts';
import { handOverText } from '../handover-text.ts';
import { checkOf } from '../handover-checks.ts';
import { writeNewFile } from '../new-file.ts';
import { secretWay } from '../secret-way.ts';
import { withRecords } from '../session.ts';
import type { Session } from '../session.ts';
import { signInOnTerminal } from '../terminal-sign-in.ts';

interface GivenWallet {
  readonly data: string;
  readonly wallet?: Address;
}

interface Given extends GivenWallet {
  readonly operator: string;
  readonly passphraseFd?: number;
  readonly participants?: string;
}

function contextOf(
  session: Session,
  records: Records,
  directory: ReturnType<typeof directoryInUse>,
): HandOverContext {
  const custody = custodyOf(session.programs, records);
  return handOverContext({ records, custody, directory, checkpoint: session.checkpoint });
}

function namesIn({ operators }: Records): (leaving: Leaving) => string {
  return ({ operatorId, operator }) =>
    (operatorId === null ? null : operators.get(operatorId)?.operator.name) ?? operator;
}

function answer(session: Session, records: Records, view: HandOverView): void {
  session.output.answer(view, handOverText(view, namesIn(records)));
}

function ofWallet(context: HandOverContext, recoveryId: string, { wallet }: GivenWallet): HandOverOf {
  return wallet === undefined ? onlyHandOver(context, recoveryId) : { recoveryId, wallet };
}

/** Nothing is signed here: the key is let go of at once. */
async function signedIn(
  session: Session,
  name: string,
  passphrase: GivenPassphrase | null,
  records: Records,
  work: (person: Person) => Promise<void>,
): Promise<void> {
  const entered = await signInOnTerminal(session, records, name, passphrase);
  entered.opened.close();
  try {
    const { id, credential } = entered.operator;
    await work({ operatorId: id, operator: credential.address });
  } finally {
    await entered.signOut();
  }
}

/** Runs the work as the operator who signs in for it. */
async function asPerson(
  session: Session,
  given: Given,
  work: (context: HandOverContext, person: Person, records: Records) => Promise<void>,
): Promise<void> {
  const { passphraseFd: descriptor } = given;
  const source =
    descriptor === undefined ? ({ kind: 'typed' } as const) : ({ kind: 'descriptor', descriptor } as const);
  const passphrase = await givenPassphrase(source, session.output);
  try {
    await withRecords(openRecords(given.data), async (records) => {
      const { policy } = records;
      const secrets = keychainStore(session.programs, policy);
      const named =
        given.participants === undefined
          ? null
          : await openParticipants(given.participants, { policy, secrets });
      try {
        await signedIn(session, given.operator, passphrase, records, (person) => {
          const directory = directoryInUse(named?.directory ?? null, records.local);
          return work(contextOf(session, records, directory), person, records);
        });
      } finally {
        named?.close();
      }
    });
  } finally {
    passphrase?.wipe();
  }
}

/** Of the one wallet that is named or that there is; of several, each. */
async function status(session: Session, recoveryId: string, given: GivenWallet): Promise<void> {
  await withRecords(readRecords(given.data), async (records) => {
    if (records === null) throw recoveryUnknown(recoveryId);
    const context = contextOf(session, records, () => null);
    const { wallet } = given;
    const all =
      wallet === undefined
        ? handOversNow(context, recoveryId)
        : ([handOverNow(context, { recoveryId, wallet })] as const);
    const views = all.map(({ view }) => view);
    if (all.length === 1) return answer(session, records, all[0].view);
    const texts = views.map((view) => handOverText(view, namesIn(records)));
    return session.output.answer({ recoveryId, wallets: views }, texts.join('\n\n'));
  });
}

async function keystore(
  session: Session,
  id: string,
  given: Given & { readonly out: string },
): Promise<void> {
  await asPerson(session, given, async (context, person, records) => {
    const of = ofWallet(context, id, given);
    await writeNewFile(given.out, async () => (await takeKeystore(context, of, person)).text);
    session.output.say(
      `The keystore of ${of.wallet} is in ${given.out}. Take it to the holder, and delete it there.`,
    );
    answer(session, records, handOverNow(context, of).view);
  });
}

async function passphrase(
  session: Session,
  id: string,
  given: Given & { readonly secretFd?: number },
): Promise<void> {
  const way = await secretWay(session.terminal, given.secretFd ?? null);
  await asPerson(session, given, async (context, person, records) => {
    const of = ofWallet(context, id, given);
    const secret = await takePassphrase(context, of, person);
    try {
      await way.give(secret);
    } finally {
      wipe(secret);
    }
    answer(session, records, handOverNow(context, of).view);
  });
}

async function holder(
  session: Session,
  id: string,
  given: Given & { readonly out: string; readonly recipient: string },
): Promise<void> {
  const typed = await recipientOf(given.recipient);
  const to = { recipientOf, seal: sealToHolder };
  await asPerson(session, given, async (context, person, records) => {
    const of = ofWallet(context, id, given);
    const left = await writeNewFile(
      given.out,
      async () => (await takeForHolder(context, of, person, { typed, to }))?.text ?? null,
    );
    session.output.say(
      left
        ? `Keystore and passphrase of ${of.wallet} are in ${given.out}, which only the holder opens: age -d -i KEYFILE ${given.out}`
        : 'The key is noted. Another operator has to ask the holder for it and name the same one: then the file is made.',
    );
    if (!left) session.exit(EXIT.blocked);
    answer(session, records, handOverNow(context, of).view);
  });
}

async function leave(session: Session, id: string, given: Given): Promise<void> {
  await asPerson(session, given, async (context, person, records) => {
    const of = ofWallet(context, id, given);
    const { toRecoverIn = [] } = handOverNow(context, of).view;
    const left = leaveToHolder(context, of, person);
    session.output.say(
      `${left.join(', ')}: left to the holder. The key of ${of.wallet} signs nothing at this desk any more; the letter of ${toRecoverIn.join(' and that of ')} tells the holder how.`,
    );
    answer(session, records, handOverNow(context, of).view);
  });
}

async function done(
  session: Session,
  id: string,
  given: Given & { readonly checked: readonly HandOverCheck[] },
): Promise<void> {
  await asPerson(session, given, async (context, person, records) => {
    const of = ofWallet(context, id, given);
    const { view, leftAt, notReleased } = await markHandedOver(context, of, person, given.checked);
    if (leftAt !== null)
      session.output.say(
        `The keystore ${leftAt} is not the desk's own copy: whoever put it there removes it.`,
      );
    if (notReleased !== null) {
      session.output.say(`The sign-in is still held: ${notReleased.message} ${notReleased.remedy}`);
      session.exit(EXIT.failed);
    }
    answer(session, records, view);
  });
}

async function letter(
  session: Session,
  id: string,
  given: { readonly data: string; readonly out: string },
): Promise<void> {
  await withRecords(readRecords(given.data), async (records) => {
    if (records === null) throw recoveryUnknown(id);
    const context = contextOf(session, records, () => null);
    const [first] = handOversNow(context, id);
    const text = letterOf(records, first);
    await writeNewFile(given.out, () => Promise.resolve(text));
    session.output.answer(
      { letter: given.out },
      `The letter to the holder is in ${given.out}: open and print it.`,
    );
  });
}

export function handoverCommands(program: Command, session: () => Session): void {
  const group = program
    .command('handover')
    .description(
      'hand each wallet that the desk made to its holder, by two people or to a key of the holder',
    );
  const whose = (command: Command): Command =>
    command.addOption(
      new Option(
        '--wallet <address>',
        'the replacement wallet that is meant, where the recovery is to several that the desk made',
      ).argParser(addressOf('--wallet')),
    );
  const add = (name: string, description: string): Command =>
    group
      .command(name)
      .argument('<recovery>', 'its id')
      .description(description)
      .addOption(options.data())
      .addOption(options.json());
  const addSignedIn = (name: string, description: string): Command =>
    whose(add(name, description))
      .requiredOption(
        '--operator <name>',
        'who takes it: an operator of the data folder, who signs in for it',
      )
      .addOption(passphraseFdOption("operator's passphrase"));
  whose(add('status', 'show who took what, and the checklist')).action((id: string, given: GivenWallet) =>
    status(session(), id, given),
  );
  addSignedIn('keystore', 'take the keystore')
    .requiredOption('--out <file>', 'where it is written; it must not be there yet')
    .action((id: string, given: Given & { out: string }) => keystore(session(), id, given));
  addSignedIn('passphrase', 'show the passphrase, once')
    .addOption(
      new Option(
        '--secret-fd <number>',
        'a pipe or device that was opened for it, instead of the screen',
      ).argParser(descriptorOf),
    )
    .action((id: string, given: Given & { secretFd?: number }) => passphrase(session(), id, given));
  addSignedIn('holder', "make one file of both, which only the holder's private key opens")
    .requiredOption('--recipient <key>', "the holder's public key of age, which begins with age1")
    .requiredOption('--out <file>', 'where it is written; it must not be there yet')
    .action((id: string, given: Given & { out: string; recipient: string }) => holder(session(), id, given));
  add('letter', 'write the letter to the holder, which names every wallet: what to do next')
    .requiredOption('--out <file>', 'where it is written (HTML); it must not be there yet')
    .action((id: string, given: { data: string; out: string }) => letter(session(), id, given));
  addSignedIn(
    'leave',
    'leave to the holder what the wallet was to recover itself: the desk signs with it no more',
  ).action((id: string, given: Given) => leave(session(), id, given));
  addSignedIn('done', 'mark the hand-over done: the desk then keeps neither half')
    .addOption(options.participants())
    .addOption(
      new Option('--checked <item>', 'one of the checklist that is true (to be repeated)')
        .argParser(checkOf)
        .default([] as readonly HandOverCheck[], 'none'),
    )
    .action((id: string, given: Given & { checked: readonly HandOverCheck[] }) => done(session(), id, given));
}
