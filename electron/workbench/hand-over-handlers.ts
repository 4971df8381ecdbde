/** Answers what is asked around a hand-over. Whoever takes something proves in the entry window that it is they. */
import type { EntryVerdict, EntryValues, FormView } from '../../shared/entry-view.ts';
import { asDeskError } from '../../shared/errors.ts';
import { HAND_OVER_CHECKS } from '../../shared/hand-over-rules.ts';
import type { HandOverOf, HandOverView } from '../../shared/hand-over.ts';
import type { HandOverCheck } from '../../shared/hand-over-rules.ts';
import type { HandOverAnswer, HandOverShown } from '../../shared/hand-over-procedures.ts';
import type { Handlers } from '../ipc/handlers.ts';
import { recipientOf, sealToHolder } from '../operator/holder-file.ts';
import { wipe } from '../operator/passphrase.ts';
import { handOverNow, handOversNow } from '../recovery/hand-over.ts';
import type { HandOverContext, Person } from '../recovery/hand-over.ts';
import { markHandedOver } from '../recovery/hand-over-end.ts';
import { leavableToHolder, leaveToHolder } from '../recovery/hand-over-left.ts';
import { takeForHolder, takeKeystore, takePassphrase } from '../recovery/hand-over-leaving.ts';
import type { LeavingFile } from '../recovery/hand-over-leaving.ts';
import type { Bench } from './bench.ts';
import { textOf } from './entry-forms.ts';
import {
  doneForm,
  keystoreForm,
  leaveForm,
  passphraseLetterForm,
  recipientForm,
  takePassphraseForm,
} from './hand-over-forms.ts';
import type { HandOverForm } from './hand-over-forms.ts';
import { handOverContext, letterOf } from './hand-over-services.ts';
import { provenEntry } from './proven-entry.ts';
import { entryCancelled } from './refusals.ts';
import { showSummary } from './wizard-execution.ts';

type HandOverProcedures = Extract<keyof Handlers, `handover.${string}`>;

/** One person at the hand-over of one wallet. */
interface Desk {
  readonly bench: Bench;
  readonly of: HandOverOf;
  readonly context: HandOverContext;
  readonly person: Person;
}

function contextOf({ connection, wizard }: Bench): HandOverContext {
  return handOverContext({
    records: connection.records,
    custody: wizard.custody(),
    directory: () => connection.site?.directory() ?? null,
  });
}

function deskOf(bench: Bench, { recoveryId, wallet }: HandOverOf): Desk {
  const { operator, address } = bench.wizard.operator();
  const person = { operatorId: operator.id, operator: address };
  return { bench, of: { recoveryId, wallet }, context: contextOf(bench), person };
}

function shown({ connection }: Bench, view: HandOverView): HandOverShown {
  const { operators } = connection.records;
  const everybody = [view.keystore, view.passphrase, view.recipients, view.sealed].flat();
  const ids = new Set(everybody.flatMap(({ operatorId }) => operatorId ?? []));
  const names = [...ids].map((operatorId) => ({
    operatorId,
    name: operators.get(operatorId)?.operator.name ?? operatorId,
  }));
  return { ...view, names };
}

/** What the summary tells of follow-ups has changed. */
function answered(
  { bench, of, context }: Desk,
  told: Partial<Omit<HandOverAnswer, 'view'>> = {},
): HandOverAnswer {
  const { holder } = bench.wizard;
  const { wizard } = holder;
  if (wizard.step === 'summary' && wizard.result.recoveryId === of.recoveryId)
    showSummary(bench.wizard, bench.connection.records, of.recoveryId);
  return { view: shown(bench, handOverNow(context, of).view), fileName: null, note: null, ...told };
}

function practiceOf({ connection }: Bench): boolean {
  return connection.site?.profile.practice === true;
}

/**
 * Asks in the entry window; the work begins once whoever is signed in proved that it is they.
 * @throws DeskError ENTRY_CANCELLED where it was closed before that.
 */
async function proven(
  { bench, of, context }: Desk,
  formOf: (form: HandOverForm) => FormView,
  work: (values: EntryValues) => Promise<EntryVerdict>,
): Promise<void> {
  const practice = practiceOf(bench);
  await provenEntry(
    bench.wizard,
    practice,
    (proof) => formOf({ view: handOverNow(context, of).view, practice, proof }),
    work,
  );
}

async function saved(bench: Bench, title: string, { name, text }: LeavingFile): Promise<string | null> {
  const file = await bench.wizard.dialogs.saveFile({ title, defaultName: name, text });
  return file === null ? null : (file.split(/[\\/]/u).at(-1) ?? file);
}

const NOT_SAVED =
  'It counts as having left with you, and was not saved: take it again, and choose a place for it.';

async function keystore(desk: Desk): Promise<HandOverAnswer> {
  const taken: { file: LeavingFile | null } = { file: null };
  await proven(desk, keystoreForm, async () => {
    taken.file = await takeKeystore(desk.context, desk.of, desk.person);
    return { taken: true };
  });
  if (taken.file === null) throw entryCancelled('The proof');
  const fileName = await saved(desk.bench, 'Save the keystore', taken.file);
  return answered(desk, { fileName, note: fileName === null ? NOT_SAVED : null });
}

async function passphrase(desk: Desk): Promise<HandOverAnswer> {
  const { bench, context, of, person } = desk;
  const { view } = handOverNow(context, of);
  const { idleLockSeconds } = bench.connection.records.policy;
  let limit: NodeJS.Timeout | undefined;
  try {
    await proven(desk, takePassphraseForm, async (values) => {
      if ('sealed' in values) return { taken: true };
      const secret = await takePassphrase(context, of, person);
      // SECURITY: the window needs text, which cannot be overwritten: it lasts until the collector has been by.
      const words = Buffer.from(secret).toString('utf8');
      wipe(secret);
      // No longer in sight than a desk that nobody has a hand on.
      limit = setTimeout(() => bench.wizard.entry.cancel(), idleLockSeconds * 1000);
      return { taken: false, next: passphraseLetterForm(view, practiceOf(bench), words) };
    });
  } finally {
    clearTimeout(limit);
  }
  return answered(desk);
}

async function holder(desk: Desk): Promise<HandOverAnswer> {
  const to = { recipientOf, seal: sealToHolder };
  const taken: { file: LeavingFile | null } = { file: null };
  await proven(desk, recipientForm, async (values) => {
    const typed = textOf(values, 'recipient');
    taken.file = await takeForHolder(desk.context, desk.of, desk.person, { typed, to });
    return { taken: true };
  });
  if (taken.file === null)
    return answered(desk, {
      note: 'The key is noted. The file is made when another operator names the same one.',
    });
  const fileName = await saved(desk.bench, 'Save the file for the holder', taken.file);
  return answered(desk, { fileName, note: fileName === null ? NOT_SAVED : null });
}

async function leave(desk: Desk): Promise<HandOverAnswer> {
  const { context, of, person } = desk;
  const { left } = leavableToHolder(context, of).needed;
  await proven(
    desk,
    (form) => leaveForm(form, left),
    async () => {
      leaveToHolder(context, of, person);
      return { taken: true };
    },
  );
  return answered(desk, {
    note: `Left to the holder. How they recover it is in the letter of ${left.map(({ recoveryId }) => recoveryId).join(' and in that of ')}.`,
  });
}

async function done(desk: Desk): Promise<HandOverAnswer> {
  const notes: string[] = [];
  const all = Object.keys(HAND_OVER_CHECKS) as HandOverCheck[];
  await proven(desk, doneForm, async (values) => {
    const ticked = all.filter((check) => (values[check] ?? '') !== '');
    const { leftAt, notReleased } = await markHandedOver(desk.context, desk.of, desk.person, ticked);
    if (leftAt !== null) notes.push(`The keystore ${leftAt} is not the desk's own copy: remove it there.`);
    if (notReleased !== null) notes.push(`${notReleased.message} ${asDeskError(notReleased).remedy}`);
    return { taken: true };
  });
  return answered(desk, { note: notes.length === 0 ? null : notes.join(' ') });
}

async function letter(bench: Bench, recoveryId: string): Promise<Pick<HandOverAnswer, 'fileName'>> {
  const [first] = handOversNow(contextOf(bench), recoveryId);
  const text = letterOf(bench.connection.records, first);
  const name = `letter-${recoveryId}.html`;
  return { fileName: await saved(bench, 'Save the letter to the holder', { name, text }) };
}

/** Empty where there is nothing to hand over. */
function get(bench: Bench, recoveryId: string): HandOverShown[] {
  try {
    return handOversNow(contextOf(bench), recoveryId).map(({ view }) => shown(bench, view));
  } catch (thrown) {
    if (asDeskError(thrown).code === 'HAND_OVER_NOT_READY') return [];
    throw thrown;
  }
}

export function handOverHandlers(bench: Bench): Pick<Handlers, HandOverProcedures> {
  return {
    'handover.get': ({ recoveryId }) => get(bench, recoveryId),
    'handover.keystore': (input) => keystore(deskOf(bench, input)),
    'handover.passphrase': (input) => passphrase(deskOf(bench, input)),
    'handover.holder': (input) => holder(deskOf(bench, input)),
    'handover.letter': ({ recoveryId }) => letter(bench, recoveryId),
    'handover.leave': (input) => leave(deskOf(bench, input)),
    'handover.done': (input) => done(deskOf(bench, input)),
  };
}
