/** Answers what is asked around recoveries: state, networks, practice, sign-in, people, history, review. */
import type { DeskState } from '../../shared/desk-state.ts';
import { DeskError } from '../../shared/errors.ts';
import { recoveryUnknown } from '../../shared/recovery-unknown.ts';
import type { Handlers } from '../ipc/handlers.ts';
import { checkParticipants } from '../participants/open-participants.ts';
import { PRACTICE_ID } from '../policy/desk-settings.ts';
import { storedResult } from '../recovery/engine.ts';
import { networkOf, withNetwork } from './networks.ts';
import { peopleHandlers } from './people-handlers.ts';
import { personHandlers } from './person-handlers.ts';
import { reconnect } from './reconnect.ts';
import { notConnected } from './refusals.ts';
import { openForReview } from './review.ts';
import { assertUnlocked, standing } from './standing.ts';
import type { Bench } from './bench.ts';
import type { WizardProcedures } from './wizard-handlers.ts';

type DeskProcedures = Exclude<keyof Handlers, WizardProcedures | `operator.${string}`>;

const JSON_FILES = (name: string) => [{ name, extensions: ['json'] }];

async function addNetwork(bench: Bench): Promise<DeskState> {
  const file = await bench.wizard.dialogs.openFile({
    title: 'Network profile',
    filters: JSON_FILES('Network profile'),
  });
  if (file === null) return bench.state();
  assertUnlocked(bench);
  bench.set(withNetwork(bench.settings(), file).settings);
  return bench.state();
}

/** What was being prepared, with whatever is being asked for it. */
function giveUpWizard(bench: Bench): void {
  bench.wizard.holder.set({ step: 'none' });
  bench.options.entry.cancel();
}

async function choose(bench: Bench, id: string | null): Promise<DeskState> {
  if (id !== null && id !== PRACTICE_ID) networkOf(bench.settings(), id);
  giveUpWizard(bench);
  bench.set({ ...bench.settings(), chosen: id });
  await bench.connectChosen();
  return bench.state();
}

async function remove(bench: Bench, id: string): Promise<DeskState> {
  networkOf(bench.settings(), id);
  const { networks, ...rest } = bench.settings();
  // Before anything is waited for: nobody can choose it again meanwhile.
  bench.set({ ...rest, networks: networks.filter((network) => network.id !== id) });
  return rest.chosen === id ? choose(bench, null) : bench.state();
}

async function chooseParticipants(bench: Bench): Promise<DeskState> {
  const { site } = bench.connection;
  if (site === null) throw notConnected();
  if (site.id === PRACTICE_ID) {
    throw new DeskError('BLOCKED', {
      message: 'The practice network has its own people.',
      remedy: 'Choose a real network first.',
      retry: 'never',
    });
  }
  const assertSame = standing(bench);
  const file = await bench.wizard.dialogs.openFile({
    title: 'Participants file or directory profile',
    filters: JSON_FILES('Participants'),
  });
  if (file === null) return bench.state();
  assertSame();
  await checkParticipants(file);
  assertSame();
  const settings = bench.settings();
  const networks = settings.networks.map((network) =>
    network.id === site.id ? { ...network, participants: file } : network,
  );
  bench.set({ ...settings, networks });
  // Whoever is signed in stays so, and who signs out meanwhile is signed out.
  await bench.connection.connect({
    id: site.id,
    name: site.profile.name,
    profileFile: site.profileFile,
    participantsFile: file,
  });
  return bench.state();
}

async function saveReport(bench: Bench, recoveryId: string): Promise<{ fileName: string } | null> {
  const stored = storedResult(bench.connection.records, recoveryId);
  if (stored === null) throw recoveryUnknown(recoveryId);
  const file = await bench.wizard.dialogs.saveFile({
    title: 'Save the report',
    defaultName: `recovery-${recoveryId}.json`,
    text: `${JSON.stringify(stored.result, null, 2)}\n`,
  });
  return file === null ? null : { fileName: file.split(/[\\/]/u).at(-1) ?? file };
}

export function deskHandlers(bench: Bench): Pick<Handlers, DeskProcedures> {
  return {
    'desk.state': () => bench.state(),
    'desk.setAppearance': ({ appearance }) => {
      // Nothing is written for a page that asks for what it has.
      if (appearance !== bench.settings().appearance) bench.set({ ...bench.settings(), appearance });
      return bench.state();
    },
    'networks.add': () => addNetwork(bench),
    'networks.check': ({ id }) => bench.checkNetwork(id),
    'networks.choose': ({ id }) => choose(bench, id),
    'networks.reconnect': () => reconnect(bench),
    'networks.remove': ({ id }) => remove(bench, id),
    'practice.open': () => choose(bench, PRACTICE_ID),
    'practice.close': () => choose(bench, null),
    'participants.chooseFile': () => chooseParticipants(bench),
    'participants.search': (input) => bench.people.search(input),
    ...peopleHandlers(bench),
    ...personHandlers(bench),
    'participants.get': (key) => bench.people.detail(key, bench.operator()),
    'recovery.list': () => bench.people.history(),
    'recovery.get': ({ recoveryId }) => {
      const stored = storedResult(bench.connection.records, recoveryId);
      if (stored === null) throw recoveryUnknown(recoveryId);
      return stored.result;
    },
    'recovery.saveReport': ({ recoveryId }) => saveReport(bench, recoveryId),
    'review.open': () => openForReview(bench.wizard.dialogs),
  };
}
