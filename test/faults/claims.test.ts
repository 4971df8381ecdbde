import path from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { issueClaims, topicId } from '../../electron/practice/claims.ts';
import { PRACTICE_ROLES, practiceAddress } from '../../electron/practice/practice-keys.ts';
import type { ClaimIssue, ClaimsReport } from '../../shared/claims.ts';
import { claims, issueAs, recovered } from '../support/claims-desk.ts';
import type { Recovered } from '../support/claims-desk.ts';
import { faultyDesk } from '../support/desk-process.ts';
import { readJournalFile } from '../support/journal-file.ts';
import { practiceActs, sentBy } from '../support/practice-acts.ts';
import type { PracticeActs } from '../support/practice-acts.ts';
import { openPracticeDesk } from '../support/practice-desk.ts';
import type { PracticeDesk } from '../support/practice-desk.ts';
import { terminal } from '../support/terminal.ts';

const MOMENTS: readonly (readonly [string, string])[] = [
  ['begun', 'the issue is opened in the journal'],
  ['judged:sign_claims', 'it is sure what is to be signed'],
  ['signed:sign_claims', 'the claims are signed, and that is not stored'],
  ['ended:sign_claims', 'the signatures are stored'],
  ['intended:issue_claims', 'the transactions are stored unsigned'],
  ['signed:issue_claims', 'they are signed, none is sent'],
  ['broadcast:issue_claims', 'the first of two is sent'],
  ['mined:issue_claims', 'the first is recorded as mined'],
  ['ended:issue_claims', 'the outcome of the first is written'],
];

describe('an issue of claims', () => {
  let desk: PracticeDesk;
  let acts: PracticeActs;
  let person: Recovered;
  let before: number;
  const issuer = practiceAddress(PRACTICE_ROLES.issuer);

  beforeAll(async () => {
    desk = await openPracticeDesk();
    acts = practiceActs(desk);
  });
  beforeEach(async () => {
    await desk.reset();
    person = await recovered(desk);
    before = await sentBy(desk.provider, issuer);
  });
  afterAll(() => desk.close());

  function issueArgs(): readonly string[] {
    const as = issueAs(desk.network.files.issuer, person);
    return ['claims', 'issue', person.id, '--data', person.data, '--json', ...as];
  }

  function resumeArgs(): readonly string[] {
    const { keystore, passphrase } = desk.network.files.issuer;
    const { id } = readJournalFile(person.data).recovery;
    return [
      'resume',
      id,
      '--data',
      person.data,
      '--json',
      '--keystore',
      keystore,
      '--passphrase-file',
      passphrase,
    ];
  }

  it.each(MOMENTS)('killed at %s (%s) is gone on with, and sends nothing twice', async (at) => {
    expect((await faultyDesk({ signal: 'SIGKILL', at }, issueArgs())).signal).toBe('SIGKILL');

    const run = await terminal(resumeArgs());

    expect(run.code, run.stderr).toBe(0);
    const issue: ClaimIssue = JSON.parse(run.stdout);
    expect(issue.status).toBe('completed');
    expect(issue.claims.map(({ state }) => state)).toEqual(['issued', 'issued']);
    expect(await sentBy(desk.provider, issuer)).toBe(before + 2);
    expect((await claims<ClaimsReport>(person, 'list')).document.missing).toEqual([]);
  });

  it('that was cut off is gone on with by the same command', async () => {
    await faultyDesk({ signal: 'SIGKILL', at: 'ended:sign_claims' }, issueArgs());

    const run = await terminal(issueArgs());

    expect(run.code, run.stderr).toBe(0);
    expect(JSON.parse(run.stdout)).toMatchObject({ status: 'completed' });
    expect(await sentBy(desk.provider, issuer)).toBe(before + 2);
  });

  it('signs and sends nothing of what somebody else issued meanwhile', async () => {
    const setup = await acts.setupOf(PRACTICE_ROLES.issuer);
    await faultyDesk({ signal: 'SIGKILL', at: 'begun' }, issueArgs());
    await issueClaims(setup, [
      {
        issuer: desk.network.seed.issuer,
        subject: person.identity,
        topic: topicId('knowYourCustomer'),
        data: '0x01',
      },
    ]);

    const run = await terminal(resumeArgs());

    const issue: ClaimIssue = JSON.parse(run.stdout);
    expect(issue.claims.map(({ state }) => state)).toEqual(['stood_before', 'issued']);
    expect(await sentBy(desk.provider, issuer)).toBe(before + 2);
  });

  it('fails without a signature where the issuer lost its trust meanwhile', async () => {
    const { trustedIssuersRegistry } = desk.network.seed.contracts;
    await faultyDesk({ signal: 'SIGKILL', at: 'begun' }, issueArgs());
    await acts.act(
      PRACTICE_ROLES.platformAdmin,
      'TrustedIssuersRegistry',
      trustedIssuersRegistry,
      'removeTrustedIssuer',
      [desk.network.seed.issuer],
    );

    const run = await terminal(resumeArgs());

    expect(run.code).toBe(1);
    const issue: ClaimIssue = JSON.parse(run.stdout);
    expect(issue.status).toBe('failed');
    expect(issue.claims.map(({ state }) => state)).toEqual(['failed', 'failed']);
    expect(await sentBy(desk.provider, issuer)).toBe(before);
  });

  /** Each claim gets the signature of the other: both are the issuer's own. */
  function swapSignatures(): void {
    const database = new Database(path.join(person.data, 'desk.sqlite'));
    const where = "WHERE phase = 'sign_claims'";
    const row = database.prepare(`SELECT outcome FROM step ${where}`).get() as { outcome: string };
    const { signatures } = JSON.parse(row.outcome) as { signatures: { step: string; signature: string }[] };
    const [first, second] = signatures.map(({ signature }) => signature);
    const swapped = [second, first].map((signature, index) => ({ step: signatures[index]?.step, signature }));
    database.prepare(`UPDATE step SET outcome = ? ${where}`).run(JSON.stringify({ signatures: swapped }));
    database.close();
  }

  it('sends nothing with a signature that somebody put into the journal', async () => {
    await faultyDesk({ signal: 'SIGKILL', at: 'ended:sign_claims' }, issueArgs());
    swapSignatures();

    const run = await terminal(resumeArgs());

    expect(run.code).toBe(1);
    expect(JSON.parse(run.stdout)).toMatchObject({ reason: { code: 'SIGNER_REFUSED' } });
    expect(await sentBy(desk.provider, issuer)).toBe(before);
  });
});
