import path from 'node:path';
import Database from 'better-sqlite3';
import { expect, it, onTestFinished } from 'vitest';
import { openRecords } from '../../../electron/records.ts';
import { nodeChildPrograms } from '../../../electron/operator/node-child-programs.ts';
import { createOperatorRoom } from '../../../electron/workbench/operator-room.ts';
import type { SignedIn } from '../../../electron/workbench/signed-in.ts';
import { DeskError } from '../../../shared/errors.ts';
import { operatorSchema } from '../../../shared/operator.ts';
import { standingFor } from '../shell/doubles.ts';
import { address } from '../store/records.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const folder = temporaryFolder('operator-room');
let rooms = 0;

function room() {
  rooms += 1;
  const records = openRecords(path.join(folder, String(rooms)));
  const faults: unknown[] = [];
  const opened = createOperatorRoom({
    programs: nodeChildPrograms('nowhere', {}),
    openExternal: () => Promise.reject(new Error('no browser')),
    records: () => records,
    isPractice: () => false,
    busy: () => false,
    disarm: () => undefined,
    changed: () => undefined,
    left: () => undefined,
    fault: (thrown) => faults.push(thrown),
  });
  let open = true;
  const close = (): void => {
    if (open) records.close();
    open = false;
  };
  onTestFinished(close);
  const audited = () => records.audit.entries(0, 100).map(({ kind, fields }) => [kind, JSON.parse(fields)]);
  return { room: opened, records, audited, faults, close };
}

/** DOUBLE of somebody who has signed in, whose key is elsewhere. */
function signedIn(id: string, session: SignedIn['session'] = null): SignedIn {
  const operator = operatorSchema.parse({
    id,
    name: 'Ada',
    signIn: { kind: 'passphrase', totp: false },
    credential: { kind: 'export', address: address(1) },
    createdAt: '2026-03-01T08:00:00.000Z',
    removedAt: null,
  });
  return {
    operator,
    address: address(1),
    identityManager: false,
    prover: { operator, codes: null },
    session,
    signer: () => null,
    keyless: false,
    takeKeyAway: () => undefined,
    codesChanged: () => undefined,
    giveKeyBack: () => undefined,
    close: () => undefined,
  };
}

const ADA = 'O-00000000aa';
const GRACE = 'O-00000000bb';
const out = (operatorId: string) => ['operator_signed_out', { operatorId }];

it('has in the audit log who signed out, also for somebody else and at the end', () => {
  const { room: here, audited } = room();

  here.set(signedIn(ADA));
  expect(audited()).toEqual([]);
  here.set(signedIn(GRACE));
  expect(audited()).toEqual([out(ADA)]);
  here.set(null);
  here.set(null);
  expect(audited()).toEqual([out(ADA), out(GRACE)]);
  here.set(signedIn(ADA));
  here.close();
  here.close();

  expect(audited()).toEqual([out(ADA), out(GRACE), out(ADA)]);
});

it('signs out though that cannot be written, and tells of it', () => {
  const { room: here, faults, close } = room();
  here.set(signedIn(ADA));
  close();

  here.set(null);

  expect(here.current()).toBeNull();
  expect(here.lock.state().kind).toBe('signed_out');
  expect(faults).toHaveLength(1);
});

it.each([
  ['while they signed in', (session: { end(): void }, enter: () => void) => [session.end(), enter()]],
  ['afterwards', (session: { end(): void }, enter: () => void) => [enter(), session.end()]],
])('locks where the session at the provider has ended by itself %s', (_, inOrder) => {
  const { room: here, audited } = room();
  const session = sessionDouble();

  inOrder(session, () => here.set(signedIn(ADA, session.session)));

  expect(here.lock.state()).toMatchObject({ kind: 'locked', cause: 'session_ended', keyHeld: false });
  expect(audited()).toEqual([['desk_locked', { operatorId: ADA, cause: 'session_ended' }]]);
});

it('shows whose record does not read, with what is wrong, beside those who can sign in', () => {
  const { room: here, records } = room();
  for (const [id, name] of [
    [ADA, 'Ada'],
    [GRACE, 'Grace'],
  ] as const) {
    const signIn = { kind: 'oidc', issuer: 'https://id.example', subject: name } as const;
    const credential = { kind: 'export', address: address(1) } as const;
    records.operators.insert({
      id,
      name,
      signIn,
      credential,
      vault: null,
      totpStep: null,
      recoveryCodes: [],
    });
  }
  const database = new Database(path.join(records.folder, 'desk.sqlite'));
  database.prepare(`UPDATE operator SET credential = '{}' WHERE id = ?`).run(ADA);
  database.close();

  const { operators, damagedOperators } = here.view();

  expect(operators.map(({ name }) => name)).toEqual(['Grace']);
  expect(damagedOperators).toMatchObject([{ name: 'Ada', problem: { code: 'VAULT_CORRUPT' } }]);
});

/** DOUBLE of a session at the provider, which has tests of its own: as there, only listeners of before are told. */
function sessionDouble() {
  const listeners: (() => void)[] = [];
  let endedBy: DeskError | null = null;
  return {
    session: standingFor<NonNullable<SignedIn['session']>>({
      get endedBy() {
        return endedBy;
      },
      onEnd: (listener: () => void) => void listeners.push(listener),
      signOut: () => Promise.resolve({ tokens: 'none_held', browser: 'not_offered', notes: [] }),
    }),
    end() {
      endedBy = new DeskError('OIDC_ENDED', { message: 'It ended.', remedy: 'Sign in.', retry: 'safe' });
      for (const listener of listeners) listener();
    },
  };
}
