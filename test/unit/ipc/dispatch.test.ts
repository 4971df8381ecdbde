import { describe, expect, it } from 'vitest';
import { DISPATCH_BOUNDS } from '../../../electron/ipc/dispatch.ts';
import type { Sender } from '../../../electron/ipc/needs.ts';
import { DeskError } from '../../../shared/errors.ts';
import {
  APP_ORIGIN,
  DESK_PAGE,
  HASH,
  OUTPUTS,
  RECOVERY,
  WALLET,
  codeOf,
  deskDouble,
  key,
} from './desk-double.ts';

const search = { text: '', state: null, sort: 'name', direction: 'ascending', offset: 0, limit: 10 };
const fault = { message: 'What happened.', remedy: 'What to do.', retry: 'safe' as const };

describe('a call that everything allows', () => {
  it('is answered with what the handler answered', async () => {
    const desk = deskDouble();

    expect(await desk.ask('desk.state')).toEqual({ ok: true, value: OUTPUTS['desk.state'] });
  });

  it('reaches the handler in the form of the contract: trimmed, with checksums', async () => {
    const desk = deskDouble();
    desk.rights.isSignedIn = true;
    desk.rights.isManager = true;
    const lower = '0xfb6916095ca1df60bb79ce92ce3ea74c37c5d359';

    await desk.ask('wizard.challenge', { key: key(1), replacement: lower });

    const replacement = '0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359';
    expect(desk.runs).toEqual([{ name: 'wizard.challenge', input: { key: key(1), replacement } }]);
  });

  it('reaches the handler before any other turn, so that what was checked still holds', () => {
    const desk = deskDouble();

    void desk.ask('practice.open', { key: key(1) });

    expect(desk.runs).toHaveLength(1);
  });
});

describe('the name', () => {
  it.each([
    'desk.nothing',
    '',
    'constructor',
    'toString',
    '__proto__',
    'hasOwnProperty',
    null,
    undefined,
    7,
    ['desk.state'],
    { toString: () => 'desk.state' },
  ])('%j is refused, for it is none of the contract', async (name) => {
    const desk = deskDouble();

    expect(codeOf(await desk.dispatch(name, {}, DESK_PAGE))).toBe('PROCEDURE_UNKNOWN');
    expect(desk.runs).toEqual([]);
  });
});

describe('the sender', () => {
  const strangers: readonly [string, Sender | null][] = [
    ['a frame that is gone', null],
    ['a frame inside the page', { origin: APP_ORIGIN, top: false }],
    ['another origin', { origin: 'https://example.org', top: true }],
    ['another host of the same scheme', { origin: 'app://entry', top: true }],
    ['an origin that begins alike', { origin: `${APP_ORIGIN}.example`, top: true }],
    ['an origin in other letters', { origin: APP_ORIGIN.toUpperCase(), top: true }],
    ['no origin', { origin: 'null', top: true }],
  ];

  it.each(strangers)('is refused when it is %s', async (_, sender) => {
    const desk = deskDouble();

    expect(codeOf(await desk.dispatch('desk.state', {}, sender))).toBe('SENDER_REFUSED');
    expect(desk.runs).toEqual([]);
  });

  it('learns nothing about names when it is a stranger', async () => {
    const desk = deskDouble();

    expect(codeOf(await desk.dispatch('desk.nothing', {}, null))).toBe('SENDER_REFUSED');
  });
});

describe('the right', () => {
  it('of somebody signed in is needed to look for people', async () => {
    const desk = deskDouble();

    const refused = await desk.ask('participants.search', search);
    desk.rights.isSignedIn = true;
    const allowed = await desk.ask('participants.search', search);

    expect(refused).toMatchObject({
      error: { code: 'RIGHT_MISSING', message: expect.stringContaining('Nobody is signed in') },
    });
    expect(codeOf(allowed)).toBe('OK');
    expect(desk.runs).toHaveLength(1);
  });

  it('of an identity manager is needed to prepare a recovery, and its lack is named', async () => {
    const desk = deskDouble();
    desk.rights.isSignedIn = true;
    desk.rights.isCustodian = true;

    const refused = await desk.ask('wizard.refresh');
    desk.rights.isManager = true;
    const allowed = await desk.ask('wizard.refresh');

    expect(refused).toMatchObject({
      error: { code: 'RIGHT_MISSING', message: expect.stringContaining('identity managers') },
    });
    expect(codeOf(allowed)).toBe('OK');
  });

  it('of a role is worth nothing while nobody is signed in', async () => {
    const desk = deskDouble();
    desk.rights.isManager = true;

    expect(codeOf(await desk.ask('wizard.refresh'))).toBe('RIGHT_MISSING');
  });

  it('to resume is of who signs a part of the very recovery that is named', async () => {
    const desk = deskDouble();
    desk.rights.isSignedIn = true;
    desk.rights.isManager = true;
    desk.rights.began.add(RECOVERY);

    const own = await desk.ask('recovery.resume', { key: key(1), recoveryId: RECOVERY });
    const others = await desk.ask('recovery.resume', { key: key(2), recoveryId: 'R-9999999999' });

    expect(codeOf(own)).toBe('OK');
    expect(others).toMatchObject({
      error: { code: 'RIGHT_MISSING', message: expect.stringContaining('who sign a part of this recovery') },
    });
  });

  it('to resume is gone when nobody is signed in', async () => {
    const desk = deskDouble();
    desk.rights.began.add(RECOVERY);

    expect(codeOf(await desk.ask('recovery.resume', { key: key(1), recoveryId: RECOVERY }))).toBe(
      'RIGHT_MISSING',
    );
  });

  it('is refused when it cannot be told', async () => {
    const desk = deskDouble();
    desk.rights.signedIn = () => {
      throw new Error('no session');
    };

    expect(codeOf(await desk.ask('participants.search', search))).toBe('INTERNAL');
    expect(desk.runs).toEqual([]);
  });

  it('that is lost while an answer is made keeps the answer back', async () => {
    const desk = deskDouble();
    desk.rights.isSignedIn = true;
    desk.behaviour = async (name) => {
      await Promise.resolve();
      desk.rights.isSignedIn = false;
      return OUTPUTS[name];
    };

    expect(codeOf(await desk.ask('participants.search', search))).toBe('RIGHT_MISSING');
  });

  it('that an effect itself ends does not keep its answer back', async () => {
    const desk = deskDouble();
    desk.rights.isSignedIn = true;
    desk.behaviour = (name) => {
      desk.rights.isSignedIn = false;
      return OUTPUTS[name];
    };

    expect(codeOf(await desk.ask('operator.signOut', { key: key(1) }))).toBe('OK');
  });
});

describe('the lock', () => {
  it('refuses every way back while a recovery holds the desk, and names it', async () => {
    const desk = deskDouble();
    desk.rights.isSignedIn = true;
    desk.rights.isManager = true;
    desk.lock.holder = RECOVERY;

    for (const [name, input] of [
      ['wizard.back', {}],
      ['wizard.confirm', { key: key(1), planDigest: HASH }],
      ['networks.choose', { key: key(3), id: 'other' }],
      ['practice.close', { key: key(4) }],
    ] as const) {
      const answer = await desk.ask(name, input);
      expect(answer, name).toMatchObject({
        error: { code: 'LOCKED_ON_RECOVERY', message: expect.stringContaining(RECOVERY) },
      });
    }
    expect(desk.runs).toEqual([]);
  });

  it('lets through what a running recovery needs', async () => {
    const desk = deskDouble();
    desk.rights.isSignedIn = true;
    desk.rights.began.add(RECOVERY);
    desk.lock.holder = RECOVERY;

    for (const [name, input] of [
      ['desk.state', {}],
      ['wizard.state', {}],
      ['recovery.get', { recoveryId: RECOVERY }],
      ['recovery.resume', { key: key(1), recoveryId: RECOVERY }],
      ['operator.signIn', { key: key(2), operatorId: 'O-0123456789' }],
      ['networks.reconnect', { key: key(3) }],
      ['operator.signOut', { key: key(4) }],
    ] as const) {
      expect(codeOf(await desk.ask(name, input)), name).toBe('OK');
    }
  });

  it('that was taken by the call before holds against the next of the same moment', async () => {
    const desk = deskDouble();
    desk.rights.isSignedIn = true;
    desk.rights.isManager = true;
    desk.behaviour = (name) => {
      if (name === 'wizard.confirm') desk.lock.holder = RECOVERY;
      return OUTPUTS[name];
    };

    const [confirmed, back] = await Promise.all([
      desk.ask('wizard.confirm', { key: key(1), planDigest: HASH }),
      desk.ask('wizard.back'),
    ]);

    expect(codeOf(confirmed)).toBe('OK');
    expect(codeOf(back)).toBe('LOCKED_ON_RECOVERY');
  });
});

describe('the input', () => {
  async function refusalOf(name: string, input: unknown): Promise<string> {
    const desk = deskDouble();
    desk.rights.isSignedIn = true;
    desk.rights.isManager = true;
    const answer = await desk.ask(name, input);
    expect(codeOf(answer)).toBe('INPUT_INVALID');
    expect(desk.runs).toEqual([]);
    return answer.ok ? '' : answer.error.message;
  }
  const recoveryCase = {
    reason: 'lost',
    ticket: 'T-1',
    identifiedHow: null,
    identifiedBy: null,
    evidence: [],
  };

  it.each([
    ['a missing entry', { ...recoveryCase, ticket: undefined }, 'holds something that is no plain value'],
    ['an empty entry', { ...recoveryCase, ticket: ' ' }, '“case › ticket” must have a length of at least 1'],
    ['a choice of none', { ...recoveryCase, reason: 'inheritance' }, '“case › reason” must be “lost” or'],
    ['another kind', { ...recoveryCase, identifiedHow: 7 }, '“case › identified how” must be a text'],
    ['a wrong entry of a list', { ...recoveryCase, evidence: ['x'] }, '“case › evidence › entry 1” is not a'],
    ['an entry too many', { ...recoveryCase, more: 1 }, 'holds something that does not belong there'],
  ])('with %s is refused in plain words', async (_, value, words) => {
    expect(await refusalOf('wizard.setCase', { case: value })).toContain(words);
  });

  it('without an entry is refused by its name', async () => {
    expect(await refusalOf('wizard.challenge', { key: key(1) })).toContain('“replacement” is missing');
  });

  it('without the key of an effect is refused', async () => {
    expect(await refusalOf('practice.open', {})).toContain('“key” is missing');
  });

  it('of a mistyped address is refused in the words of the address', async () => {
    const replacement = '0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d35A';

    expect(await refusalOf('wizard.challenge', { key: key(1), replacement })).toContain('wrong checksum');
  });

  it.each([
    ['wizard.chooseReplacement', { kind: 'secret', secret: 'hunter2' }],
    ['participants.search', 'hunter2'],
    ['recovery.get', { recoveryId: 'hunter2' }],
    ['recovery.get', { recoveryId: RECOVERY, hunter2: 'hunter2' }],
    ['wizard.impact', { digest: 'hunter2' }],
    ['networks.choose', { key: 'hunter2', id: 'x' }],
  ])('is never repeated in the refusal of %s', async (name, input) => {
    expect(await refusalOf(name, input)).not.toContain('hunter2');
  });

  it('tells of a few faults and counts the others', async () => {
    expect(await refusalOf('participants.search', {})).toMatch(/is missing; .*; and 3 more\. Nothing/);
  });

  it('that was refused leaves its key as it was', async () => {
    const desk = deskDouble();
    desk.rights.isSignedIn = true;
    desk.rights.isManager = true;

    const refused = await desk.ask('wizard.challenge', { key: key(1), replacement: 'nowhere' });
    const asked = await desk.ask('wizard.challenge', { key: key(1), replacement: WALLET });

    expect([refused, asked].map(codeOf)).toEqual(['INPUT_INVALID', 'OK']);
  });
});

describe('what a handler does', () => {
  it('that answers something else than was promised is not passed on, in no part', async () => {
    const desk = deskDouble();
    desk.behaviour = () => ({ step: 'none', passphrase: 'hunter2' });

    const answer = await desk.ask('wizard.state');

    expect(codeOf(answer)).toBe('OUTPUT_INVALID');
    expect(JSON.stringify(answer)).not.toMatch(/hunter2|passphrase/);
  });

  it('that answers wrongly after an effect says that it was carried out', async () => {
    const desk = deskDouble();
    desk.behaviour = () => null;

    expect(await desk.ask('practice.open', { key: key(1) })).toMatchObject({
      error: { code: 'OUTPUT_INVALID', message: expect.stringContaining('carried out'), retry: 'unsafe' },
    });
  });

  it.each([
    [
      'at once',
      () => {
        throw new DeskError('NOT_CONNECTED', fault);
      },
    ],
    ['later', () => Promise.reject(new DeskError('NOT_CONNECTED', fault))],
  ])('that fails with a code %s is told in its words', async (_, behaviour) => {
    const desk = deskDouble();
    desk.behaviour = behaviour;

    expect(await desk.ask('wizard.state')).toEqual({ ok: false, error: { code: 'NOT_CONNECTED', ...fault } });
  });

  it.each([new Error('hunter2'), 'hunter2', { hunter2: true }, undefined, null])(
    'that throws %j is a fault of the program, of which nothing leaves',
    async (thrown) => {
      const desk = deskDouble();
      desk.behaviour = () => {
        throw thrown;
      };

      const answer = await desk.ask('wizard.state');

      expect(codeOf(answer)).toBe('INTERNAL');
      expect(JSON.stringify(answer)).not.toContain('hunter2');
    },
  );
});

describe('a flood', () => {
  it('is refused past what can be under way, and taken again when that has ended', async () => {
    const desk = deskDouble({ bounds: { ...DISPATCH_BOUNDS, underWay: 2 } });
    const ends: (() => void)[] = [];
    desk.behaviour = (name) =>
      new Promise((resolve) => {
        ends.push(() => resolve(OUTPUTS[name]));
      });

    const first = desk.ask('desk.state');
    const second = desk.ask('desk.state');
    const third = await desk.ask('desk.state');
    for (const end of ends.splice(0)) end();
    const answers = await Promise.all([first, second]);
    const fourth = desk.ask('desk.state');
    for (const end of ends.splice(0)) end();

    expect(codeOf(third)).toBe('TOO_MANY_CALLS');
    expect([...answers, await fourth].map(codeOf)).toEqual(['OK', 'OK', 'OK']);
  });

  it('of refused calls takes no place away', async () => {
    const desk = deskDouble({ bounds: { ...DISPATCH_BOUNDS, underWay: 1 } });

    for (let call = 0; call < 5; call += 1) await desk.ask('desk.state', { wrong: true });

    expect(codeOf(await desk.ask('desk.state'))).toBe('OK');
  });

  it('of thousands at once is refused in a moment, and main goes on', async () => {
    const desk = deskDouble();
    const { promise, resolve } = Promise.withResolvers();
    desk.behaviour = () => promise;

    const flood = Array.from({ length: 10_000 }, () => desk.ask('desk.state'));
    resolve(OUTPUTS['desk.state']);
    const answers = await Promise.all(flood);

    expect(desk.runs).toHaveLength(DISPATCH_BOUNDS.underWay);
    expect(new Set(answers.slice(DISPATCH_BOUNDS.underWay).map(codeOf))).toEqual(new Set(['TOO_MANY_CALLS']));
    expect(codeOf(await desk.ask('desk.state'))).toBe('OK');
  });
});

describe('a loop of short calls', () => {
  /** A desk whose clock stands still but for what its handlers take; each call takes a tenth of a second. */
  function slowDesk() {
    const clock = { at: 0 };
    const time = { atOnce: 2000, share: 0.5 };
    const desk = deskDouble({ now: () => clock.at, bounds: { ...DISPATCH_BOUNDS, time } });
    desk.behaviour = (name) => {
      clock.at += 100;
      return OUTPUTS[name];
    };
    /** Asks one call after the other, each in a turn of its own. @returns how many were answered. */
    const askInTurn = async (calls: number) => {
      const codes: string[] = [];
      for (let call = 0; call < calls; call += 1) {
        codes.push(codeOf(await desk.ask('wizard.state')));
        await new Promise((resolve) => setImmediate(resolve));
      }
      return codes;
    };
    return { desk, clock, askInTurn };
  }

  it('is refused, at no cost, once it has had its time', async () => {
    const { desk, clock, askInTurn } = slowDesk();

    const codes = await askInTurn(1000);

    // Half of what passed while they ran came back to them.
    expect(codes.slice(0, 40)).toEqual(Array.from({ length: 40 }, () => 'OK'));
    expect(new Set(codes.slice(40))).toEqual(new Set(['TOO_MANY_CALLS']));
    expect(desk.runs).toHaveLength(40);
    expect(clock.at).toBe(4000);
  });

  it('has its share of the time for good, and leaves the rest to what else goes on', async () => {
    const { desk, clock, askInTurn } = slowDesk();
    await askInTurn(1000);
    const before = desk.runs.length;

    for (let step = 0; step < 100; step += 1) {
      clock.at += 100;
      await askInTurn(10);
    }

    const taken = (desk.runs.length - before) * 100;
    expect(taken / (clock.at - 4000)).toBeCloseTo(0.5, 1);
  });

  it('has its whole time again after a rest', async () => {
    const { clock, askInTurn } = slowDesk();
    await askInTurn(1000);

    clock.at += 60_000;

    expect((await askInTurn(1000)).filter((code) => code === 'OK')).toHaveLength(40);
  });

  it('is not what waits: for a person, or for the network', async () => {
    const { desk, clock, askInTurn } = slowDesk();
    const { promise, resolve } = Promise.withResolvers();
    desk.behaviour = () => promise;
    const waiting = desk.ask('wizard.state');
    clock.at += 60_000;
    resolve(OUTPUTS['wizard.state']);

    expect(codeOf(await waiting)).toBe('OK');
    expect(await askInTurn(3)).toEqual(['OK', 'OK', 'OK']);
  });

  it('is also what takes long to be checked on its way out', async () => {
    const { desk, clock, askInTurn } = slowDesk();
    desk.behaviour = () => ({
      get step() {
        clock.at += 100;
        return 'none';
      },
    });

    expect(new Set(await askInTurn(1000))).toEqual(new Set(['OK', 'TOO_MANY_CALLS']));
  });

  it('shuts nobody out for long, however long one call took', async () => {
    const { desk, clock, askInTurn } = slowDesk();
    desk.behaviour = (name) => {
      clock.at += 600_000;
      return OUTPUTS[name];
    };
    await askInTurn(1);
    desk.behaviour = (name) => OUTPUTS[name];

    expect(await askInTurn(1)).toEqual(['TOO_MANY_CALLS']);
    clock.at += 4001;
    expect(await askInTurn(1)).toEqual(['OK']);
  });
});
