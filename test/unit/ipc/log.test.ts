import { describe, expect, it } from 'vitest';
import { createCallLog } from '../../../electron/ipc/log.ts';
import type { CallRecord } from '../../../electron/ipc/log.ts';
import { DESK_PAGE, deskDouble } from './desk-double.ts';

describe('the log of calls', () => {
  it('holds name, code and time of a call, and nothing of what was entered or answered', async () => {
    const lines: string[] = [];
    const desk = deskDouble({ log: createCallLog((line) => lines.push(line)) });

    await desk.ask('desk.state');
    await desk.ask('recovery.get', { recoveryId: 'hunter2' });
    await desk.ask('networks.choose', { key: 'hunter2', id: 'hunter2' });

    const records = lines.map((line) => JSON.parse(line) as CallRecord);
    expect(records.map(({ name, code }) => [name, code])).toEqual([
      ['desk.state', 'OK'],
      ['recovery.get', 'RIGHT_MISSING'],
      ['networks.choose', 'INPUT_INVALID'],
    ]);
    expect(records.map((record) => Object.keys(record))).toEqual(
      records.map(() => ['name', 'code', 'milliseconds']),
    );
    expect(lines.join()).not.toContain('hunter2');
  });

  it('holds no name that is none of the contract', async () => {
    const lines: string[] = [];
    const desk = deskDouble({ log: createCallLog((line) => lines.push(line)) });

    await desk.dispatch('hunter2', {}, DESK_PAGE);

    expect(lines.map((line) => JSON.parse(line))).toEqual([
      { name: null, code: 'PROCEDURE_UNKNOWN', milliseconds: expect.any(Number) },
    ]);
  });

  it('takes over its own fields only', () => {
    const lines: string[] = [];
    const record = { name: null, code: 'OK', milliseconds: 1.4, input: 'hunter2' } as const;

    createCallLog((line) => lines.push(line)).record(record);

    expect(lines).toEqual(['{"name":null,"code":"OK","milliseconds":1}']);
  });

  it('that cannot be written holds no call up', async () => {
    const log = createCallLog(() => {
      throw new Error('disk full');
    });

    expect(await deskDouble({ log }).ask('desk.state')).toMatchObject({ ok: true });
  });
});
