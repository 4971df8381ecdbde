import { describe, expect, it } from 'vitest';
import { createFaultLog } from '../../../electron/ipc/log.ts';
import type { CallRecord } from '../../../electron/ipc/log.ts';
import { DESK_PAGE, deskDouble } from './desk-double.ts';

describe('the log of faults', () => {
  it('holds name, code and time of a call, and nothing of what was entered, answered or thrown', async () => {
    const lines: string[] = [];
    const desk = deskDouble({ log: createFaultLog((line) => lines.push(line)) });
    desk.behaviour = (name) => {
      if (name === 'wizard.state') throw new Error('hunter2');
      return { hunter2: 'hunter2' };
    };

    await desk.ask('wizard.state');
    await desk.ask('networks.check', { id: 'hunter2' });

    const records = lines.map((line) => JSON.parse(line) as CallRecord);
    expect(records).toEqual([
      { name: 'wizard.state', code: 'INTERNAL', milliseconds: expect.any(Number) },
      { name: 'networks.check', code: 'OUTPUT_INVALID', milliseconds: expect.any(Number) },
    ]);
    expect(lines.join()).not.toContain('hunter2');
  });

  it('holds nothing that a page can bring about: what is answered, and what is refused', async () => {
    const lines: string[] = [];
    const desk = deskDouble({ log: createFaultLog((line) => lines.push(line)) });

    await desk.ask('desk.state');
    await desk.ask('recovery.get', { recoveryId: 'hunter2' });
    await desk.ask('networks.choose', { key: 'hunter2', id: 'hunter2' });
    await desk.dispatch('hunter2', {}, DESK_PAGE);

    expect(lines).toEqual([]);
  });

  it('takes over its own fields only', () => {
    const lines: string[] = [];
    const record = { name: null, code: 'INTERNAL', milliseconds: 1.4, input: 'hunter2' } as const;

    createFaultLog((line) => lines.push(line)).record(record);

    expect(lines).toEqual(['{"name":null,"code":"INTERNAL","milliseconds":1}']);
  });

  it('that cannot be written holds no call up', async () => {
    const log = createFaultLog(() => {
      throw new Error('disk full');
    });
    const desk = deskDouble({ log });
    desk.behaviour = () => {
      throw new Error('a fault');
    };

    expect(await desk.ask('desk.state')).toMatchObject({ ok: false, error: { code: 'INTERNAL' } });
  });
});
