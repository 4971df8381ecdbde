import { describe, expect, it } from 'vitest';
import { attendedDialogs } from '../../../electron/workbench/attended-dialogs.ts';
import type { Bench } from '../../../electron/workbench/bench.ts';
import type { Dialogs } from '../../../electron/workbench/needs.ts';
import { peopleHandlers } from '../../../electron/workbench/people-handlers.ts';

const LOCKED = { code: 'DESK_LOCKED', retry: 'safe' };
const report = { title: 'Save', defaultName: 'report.json', text: '{}' };

/** Dialogs in which a place is chosen at once, after something else happened. */
function scene(meanwhile: () => void = () => undefined) {
  const written: string[] = [];
  let shown = 0;
  const dialogs: Dialogs = {
    async openFile() {
      shown += 1;
      meanwhile();
      return '/somewhere/people.csv';
    },
    async saveFile({ defaultName, assertMayWrite }) {
      shown += 1;
      meanwhile();
      assertMayWrite?.();
      written.push(defaultName);
      return `/somewhere/${defaultName}`;
    },
  };
  return { dialogs, written, shown: () => shown };
}

describe('the dialogs of a desk', () => {
  it('open and save while somebody is there', async () => {
    const { dialogs, written } = scene();
    const attended = attendedDialogs(dialogs, () => false);

    expect(await attended.openFile({ title: 'Open', filters: [] })).toBe('/somewhere/people.csv');
    expect(await attended.saveFile(report)).toBe('/somewhere/report.json');
    expect(written).toEqual(['report.json']);
  });

  it('do not open once it is locked', async () => {
    const { dialogs, shown } = scene();
    const attended = attendedDialogs(dialogs, () => true);

    await expect(attended.openFile({ title: 'Open', filters: [] })).rejects.toMatchObject(LOCKED);
    await expect(attended.saveFile(report)).rejects.toMatchObject(LOCKED);
    expect(shown()).toBe(0);
  });

  it('take nothing that is chosen in them after it was locked', async () => {
    let away = false;
    const { dialogs, written } = scene(() => {
      away = true;
    });
    const attended = attendedDialogs(dialogs, () => away);

    await expect(attended.saveFile(report)).rejects.toMatchObject(LOCKED);
    away = false;
    await expect(attended.openFile({ title: 'Open', filters: [] })).rejects.toMatchObject(LOCKED);
    expect(written).toEqual([]);
  });
});

it('an export that was read while the desk was locked is offered to nobody', async () => {
  let away = false;
  const { dialogs, shown } = scene();
  const directory = {
    kind: 'file',
    search: async () => {
      away = true;
      return { participants: [], after: null };
    },
  };
  const handlers = peopleHandlers({
    wizard: { dialogs: attendedDialogs(dialogs, () => away) },
    connection: { site: { directory: () => directory } },
  } as unknown as Bench);
  const wanted = { key: '00000000-0000-4000-8000-000000000001', format: 'csv' as const };

  await expect(handlers['participants.export'](wanted)).rejects.toMatchObject(LOCKED);
  expect(shown()).toBe(0);
});
