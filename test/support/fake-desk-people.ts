/** What the double of the desk answers about people. */
import type { ProcedureName } from '../../shared/contract-names.ts';
import type { InputOf, OutputOf } from '../../shared/contract.ts';
import type { DirectoryFacts } from '../../shared/directory.ts';
import type { DeskState } from '../../shared/desk-state.ts';
import type { ImportPreview } from '../../shared/people-import.ts';
import type { ParticipantRow, SearchInput, SubjectKey } from '../../shared/people-views.ts';
import { minutesAgo, sampleAddress, sampleHash, samplePreview, sampleRecoveries } from './fake-desk-data.ts';

type PeopleName = Extract<ProcedureName, `participants.${string}`>;
type PeopleHandlers = { readonly [P in PeopleName]: (input: InputOf<P>) => OutputOf<P> };

const CANNOT = {
  can: 'cannot' as const,
  why: 'this desk keeps no sign-ins: end them where the person signs in, and note it in the ticket',
};

const SAMPLE_DIRECTORY: DirectoryFacts = {
  kind: 'local',
  answers: true,
  participantId: 'maren-holt',
  capabilities: {
    sessions: { can: 'can' },
    second_factors: { can: 'partly', survives: 'a trusted device', until: minutesAgo(-4320) },
    passkeys: { can: 'can' },
    api_keys: CANNOT,
    wallet_verifications: CANNOT,
    sign_in_hold: { can: 'can' },
    wallet_link: { can: 'can' },
  },
  access: {
    sessions: 3,
    second_factors: 1,
    passkeys: 1,
    api_keys: null,
    wallet_verifications: null,
    signIn: 'open',
  },
};

const SAMPLE_IMPORT: ImportPreview = {
  fileName: 'people.csv',
  format: 'csv',
  digest: sampleHash('import'),
  rows: 3,
  added: 1,
  changed: 1,
  unchanged: 1,
  kept: 0,
  missing: 2,
  removesMissing: false,
  changes: [
    {
      line: 3,
      kind: 'changed',
      id: 'maren-holt',
      name: 'Maren Holt',
      what: ['the name Maren becomes Maren Holt'],
    },
    { line: 4, kind: 'added', id: 'new-hand', name: null, what: ['1 wallet'] },
  ],
  errors: [],
  errorCount: 0,
};

/** Both are of the double as it is when it is asked. */
export function fakePeople(people: () => readonly ParticipantRow[], state: () => DeskState): PeopleHandlers {
  return {
    'participants.chooseFile': () => state(),
    'participants.search': (input) => search(people(), input),
    'participants.get': (key) => detail(people(), key),
    'participants.prepareImport': ({ removeMissing }) => ({
      ...SAMPLE_IMPORT,
      removesMissing: removeMissing,
    }),
    'participants.applyImport': () => state(),
    'participants.export': ({ format }) => ({ fileName: `participants.${format}` }),
    'participants.edit': ({ record }) => ({ record }),
    'participants.releaseSignIn': () => ({ released: true }),
  };
}

function detail(people: readonly ParticipantRow[], key: SubjectKey): OutputOf<'participants.get'> {
  const row = people.find((one) => one.id === key.participantId) ?? people[0];
  if (row === undefined) throw new Error('the double knows nobody');
  const preview = samplePreview(0, false);
  const mine = row.effectiveWallet;
  return {
    row,
    source: 'directory',
    block: { number: preview.block.number, time: minutesAgo(0.2) },
    wallets:
      mine === null
        ? []
        : [
            { address: mine, effective: true, lost: false, standing: preview.lost },
            {
              address: sampleAddress(`old ${row.id}`),
              effective: false,
              lost: true,
              standing: {
                registered: false,
                identity: null,
                country: null,
                markedLost: true,
                linkedTo: mine,
              },
            },
          ],
    identity: mine === null ? null : preview.oldIdentity,
    claims: mine === null ? null : preview.claims,
    directory: SAMPLE_DIRECTORY,
    record: sampleHash(`record ${row.id}`),
    recoveries: mine === null ? [] : [...sampleRecoveries(2)],
    mayRecover:
      mine === null
        ? {
            may: false,
            message: 'The person has no wallet, so there is none to recover.',
            remedy: 'Register a first wallet for them in the system that enrols people.',
          }
        : { may: true },
  };
}

const COMPARABLE = {
  name: (row: ParticipantRow) => row.name ?? '',
  id: (row: ParticipantRow) => row.id,
  wallet: (row: ParticipantRow) => row.effectiveWallet ?? '',
  state: (row: ParticipantRow) => row.state,
} as const;

function search(people: readonly ParticipantRow[], input: SearchInput): OutputOf<'participants.search'> {
  const text = input.text.trim().toLowerCase();
  const found = people.filter(
    (row) =>
      (input.state === null || row.state === input.state) &&
      [row.name, row.id, row.effectiveWallet].join('\n').toLowerCase().includes(text),
  );
  const of = COMPARABLE[input.sort];
  const sign = input.direction === 'ascending' ? 1 : -1;
  const rows = [...found].sort(
    (one, other) => sign * (of(one) < of(other) ? -1 : of(one) > of(other) ? 1 : 0),
  );
  return {
    known: people.length,
    found: found.length,
    rows: rows.slice(input.offset, input.offset + input.limit),
  };
}
