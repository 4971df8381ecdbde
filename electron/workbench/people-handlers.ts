/** Answers what is asked around the records of all people: imports and exports. */
import path from 'node:path';
import type { DeskState } from '../../shared/desk-state.ts';
import { DeskError } from '../../shared/errors.ts';
import type { ImportPreview } from '../../shared/people-import.ts';
import type { Hex } from '../../shared/values.ts';
import type { Handlers } from '../ipc/handlers.ts';
import { exported, exportedLocal } from '../participants/local/export.ts';
import type { ExportFormat } from '../participants/local/export.ts';
import { applyImport, assertWithoutErrors } from '../participants/local/import-apply.ts';
import { prepareImport } from '../participants/local/import-plan.ts';
import type { PreparedImport } from '../participants/local/import-plan.ts';
import { readImport } from '../participants/local/import-text.ts';
import type { Bench } from './bench.ts';
import { confirmedChange } from './confirmed-change.ts';
import { importForm } from './people-forms.ts';
import { notConnected, notKept } from './refusals.ts';
import type { Site } from './site.ts';
import { standing } from './standing.ts';

type PeopleProcedures = 'participants.prepareImport' | 'participants.applyImport' | 'participants.export';

interface Shown {
  readonly site: Site;
  readonly source: { readonly fileName: string; readonly bytes: Buffer };
  readonly prepared: PreparedImport;
}

function siteOf({ connection }: Bench): Site {
  if (connection.site === null) throw notConnected();
  return connection.site;
}

function notShown(): DeskError {
  return new DeskError('PARTICIPANTS_CHANGED', {
    message: 'This is not the import that is shown. Nothing was changed.',
    remedy: 'Choose the file again.',
    retry: 'never',
  });
}

async function chosenSource(bench: Bench): Promise<Shown['source'] | null> {
  const file = await bench.wizard.dialogs.openFile({
    title: 'Import participants',
    filters: [{ name: 'Participants', extensions: ['csv', 'json'] }],
  });
  return file === null ? null : { fileName: path.basename(file), bytes: await readImport(file) };
}

/** People of a desk are not those of a file: a network that named one is worked on with the desk's from then on. */
async function workWithOwn(bench: Bench, site: Site): Promise<void> {
  if (site.participantsFile === null) return;
  const settings = bench.settings();
  const networks = settings.networks.map((network) =>
    network.id === site.id ? { ...network, participants: null } : network,
  );
  bench.set({ ...settings, networks });
  const { id, profile, profileFile } = site;
  await bench.connection.connect({ id, name: profile.name, profileFile, participantsFile: null });
}

async function exportPeople(bench: Bench, format: ExportFormat): Promise<{ fileName: string } | null> {
  const { directory: directoryNow, records } = siteOf(bench);
  const directory = directoryNow();
  if (directory === null) throw notKept();
  const all = directory.kind === 'local' ? exportedLocal(records.local, format) : exported(directory, format);
  const pieces: string[] = [];
  for await (const piece of all) pieces.push(piece);
  const file = await bench.wizard.dialogs.saveFile({
    title: 'Export the participants',
    defaultName: `participants.${format}`,
    text: pieces.join(''),
  });
  return file === null ? null : { fileName: path.basename(file) };
}

export function peopleHandlers(bench: Bench): Pick<Handlers, PeopleProcedures> {
  /** What the page was shown last: it names it by its digest, and says nothing of what is in it. */
  let shown: Shown | null = null;
  async function prepare(again: Hex | null, removeMissing: boolean): Promise<ImportPreview | null> {
    const site = siteOf(bench);
    const assertSame = standing(bench);
    const before = shown?.site === site && shown.prepared.preview.digest === again ? shown.source : null;
    if (again !== null && before === null) throw notShown();
    const source = before ?? (await chosenSource(bench));
    if (source === null) return null;
    assertSame();
    const prepared = await prepareImport(site.records.local, source, removeMissing);
    assertSame();
    shown = { site, source, prepared };
    return prepared.preview;
  }
  async function carryOut(digest: Hex): Promise<DeskState> {
    const site = siteOf(bench);
    if (shown?.site !== site || shown.prepared.preview.digest !== digest) throw notShown();
    const mine = shown;
    const { prepared } = mine;
    assertWithoutErrors(prepared);
    const operatorId = await confirmedChange(bench, site, (confirming) =>
      importForm(prepared.preview, confirming),
    );
    // Another one may be shown by now.
    if (shown === mine) shown = null;
    await applyImport(site.records.local, prepared, operatorId);
    bench.people.peopleChanged();
    if (bench.connection.site === site) await workWithOwn(bench, site);
    return bench.state();
  }
  return {
    'participants.prepareImport': ({ again, removeMissing }) => prepare(again, removeMissing),
    'participants.applyImport': ({ digest }) => carryOut(digest),
    'participants.export': ({ format }) => exportPeople(bench, format),
  };
}
