import { describe, expect, it } from 'vitest';
import { askedAhead } from '../../../shared/asked-ahead.ts';
import type { EventName, ProcedureName } from '../../../shared/contract-names.ts';
import type { DeskBridge } from '../../../shared/desk-bridge.ts';

const REFUSED = { ok: false, error: { code: 'INTERNAL' } };

/** A bridge to a main that answers with what it is given, one answer after another. */
function bridgeTo(...answers: readonly unknown[]) {
  const left = [...answers];
  const asked: [ProcedureName, unknown][] = [];
  const listeners = new Map<EventName, Set<(payload: unknown) => void>>();
  const bridge: DeskBridge = {
    async invoke(name, input) {
      asked.push([name, input]);
      const answer = left.shift();
      if (answer instanceof Error) throw answer;
      return answer;
    },
    on(name, listener) {
      const all = listeners.get(name) ?? new Set();
      listeners.set(name, all.add(listener));
      return () => void all.delete(listener);
    },
  };
  const tell = (name: EventName, payload: unknown): void => {
    for (const listener of listeners.get(name) ?? []) listener(payload);
  };
  return { bridge, asked, tell, listening: (name: EventName) => listeners.get(name)?.size ?? 0 };
}

const answered = (value: unknown) => ({ ok: true, value });

describe('a bridge with questions asked ahead', () => {
  it('has asked before anybody asks it, and hands the answer over once', async () => {
    const main = bridgeTo(answered('early'), answered('late'));
    const ahead = askedAhead(main.bridge, ['desk.state'], []);
    expect(main.asked).toEqual([['desk.state', {}]]);

    expect(await ahead.invoke('desk.state', {})).toEqual(answered('early'));
    expect(main.asked).toHaveLength(1);
    expect(await ahead.invoke('desk.state', {})).toEqual(answered('late'));
    expect(main.asked).toHaveLength(2);
  });

  it('asks what was not asked ahead, with what it was given', async () => {
    const main = bridgeTo(answered('early'), answered('one'));
    const ahead = askedAhead(main.bridge, ['desk.state'], []);

    expect(await ahead.invoke('participants.get', { id: '1' })).toEqual(answered('one'));
    expect(main.asked.at(-1)).toEqual(['participants.get', { id: '1' }]);
  });

  it.each([
    ['was refused', REFUSED],
    ['failed', new Error('nobody listens')],
    ['came to nothing', undefined],
  ])('asks anew what %s so early', async (_, early) => {
    const main = bridgeTo(early, answered('late'));
    const ahead = askedAhead(main.bridge, ['desk.state'], []);

    expect(await ahead.invoke('desk.state', {})).toEqual(answered('late'));
  });

  it('hands on a refusal that stands', async () => {
    const main = bridgeTo(REFUSED, REFUSED);
    expect(await askedAhead(main.bridge, ['desk.state'], []).invoke('desk.state', {})).toBe(REFUSED);
  });

  it('keeps the newest of what was told meanwhile for the first who listens', () => {
    const main = bridgeTo();
    const ahead = askedAhead(main.bridge, [], ['desk.changed', 'wizard.changed']);
    main.tell('desk.changed', 'older');
    main.tell('desk.changed', 'newest');
    const heard: unknown[] = [];
    const other: unknown[] = [];
    const end = ahead.on('desk.changed', (payload) => heard.push(payload));
    ahead.on('desk.changed', (payload) => other.push(payload));
    ahead.on('wizard.changed', (payload) => other.push(payload));
    expect(heard).toEqual(['newest']);
    expect(other).toEqual([]);

    main.tell('desk.changed', 'after');
    end();
    main.tell('desk.changed', 'last');
    expect(heard).toEqual(['newest', 'after']);
    expect(other).toEqual(['after', 'last']);
    expect(main.listening('desk.changed')).toBe(1);
  });

  it('listens before it asks', () => {
    const heard: unknown[] = [];
    const main = bridgeTo();
    const telling: DeskBridge = {
      on: (name, listener) => main.bridge.on(name, listener),
      async invoke() {
        main.tell('desk.changed', 'told while it was asked');
        return answered('older');
      },
    };
    askedAhead(telling, ['desk.state'], ['desk.changed']).on('desk.changed', (payload) =>
      heard.push(payload),
    );
    expect(heard).toEqual(['told while it was asked']);
  });
});
