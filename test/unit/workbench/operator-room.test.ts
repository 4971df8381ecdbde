import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { openRecords } from '../../../electron/desk.ts';
import { nodeChildPrograms } from '../../../electron/operator/node-child-programs.ts';
import { createOperatorRoom } from '../../../electron/workbench/operator-room.ts';
import type { SignedIn } from '../../../electron/workbench/signed-in.ts';
import { operatorSchema } from '../../../shared/operator.ts';
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
    fault: (thrown) => faults.push(thrown),
  });
  let open = true;
  const close = (): void => {
    if (open) records.close();
    open = false;
  };
  onTestFinished(close);
  const audited = () => records.audit.entries(0, 100).map(({ kind, fields }) => [kind, JSON.parse(fields)]);
  return { room: opened, audited, faults, close };
}

/** DOUBLE of somebody who has signed in, whose key is elsewhere. */
function signedIn(id: string): SignedIn {
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
    session: null,
    signer: () => null,
    keyless: false,
    proven: () => undefined,
    isFresh: () => true,
    takeKeyAway: () => undefined,
    changed: () => undefined,
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
