/** `claims`: what a recovered person's claims are, asking issuers for them, issuing them, and whether all works again. */
import type { Command } from 'commander';
import { recoveryUnknown } from '../../../shared/recovery-unknown.ts';
import { readRecords } from '../../records.ts';
import type { Connected } from '../../desk.ts';
import type { Records } from '../../records.ts';
import { loadNetworkProfile } from '../../policy/load-network-profile.ts';
import { claimsReport } from '../../recovery/claims/report.ts';
import { recheckClaims } from '../../recovery/claims/recheck.ts';
import { claimRequests, requestFiles } from '../../recovery/claims/requests.ts';
import { profileFileOf } from '../../recovery/profile-file.ts';
import { options } from '../arguments.ts';
import { claimsText, recheckText } from '../claims-text.ts';
import { EXIT } from '../exit-codes.ts';
import { writeNewFiles } from '../new-files.ts';
import { connected, withRecords } from '../session.ts';
import type { Session } from '../session.ts';
import { claimsIssueCommand } from './claims-issue.ts';

interface ClaimsOptions {
  readonly data: string;
  readonly network?: string;
}

/** Reads beside whoever writes in the data folder, connected to the network that the recovery was made on. */
async function reading<T>(
  session: Session,
  id: string,
  { data, network }: ClaimsOptions,
  work: (context: Connected['context'] & Pick<Records, 'journal' | 'plans' | 'previews'>) => Promise<T>,
): Promise<T> {
  return withRecords(readRecords(data), async (records) => {
    const row = records?.journal.read(id)?.recovery;
    if (records === null || row === undefined) throw recoveryUnknown(id);
    const to = loadNetworkProfile(network ?? profileFileOf(row.profile));
    return connected(session, { ...to, participants: undefined, records, data }, ({ context }) =>
      work({ ...context, journal: records.journal, plans: records.plans, previews: records.previews }),
    );
  });
}

async function list(session: Session, id: string, given: ClaimsOptions): Promise<void> {
  const { report } = await reading(session, id, given, (context) => claimsReport(context, id));
  session.output.answer(report, claimsText(report));
}

async function request(
  session: Session,
  id: string,
  given: ClaimsOptions & { readonly out: string },
): Promise<void> {
  const made = await reading(session, id, given, async (context) =>
    claimRequests(await claimsReport(context, id), new Date()),
  );
  const wanted = requestFiles(made.requests);
  const files = wanted.length === 0 ? [] : await writeNewFiles(given.out, wanted);
  session.output.answer(
    { files, requests: made.requests, unasked: made.unasked },
    [
      files.length === 0
        ? 'There is nothing to ask an issuer for.'
        : 'Written, a document and a page for each issuer:',
      ...files.map((file) => `  ${file}`),
      ...made.unasked.map(
        ({ topic, topicName }) =>
          `No trusted issuer is known for ${topicName ?? topic}: ask the platform administrator.`,
      ),
    ].join('\n'),
  );
}

async function recheck(session: Session, id: string, given: ClaimsOptions): Promise<void> {
  const found = await reading(session, id, given, (context) => recheckClaims(context, id));
  session.output.answer(found, recheckText(found));
  if (!found.green) session.exit(EXIT.verification);
}

function readingCommand(claims: Command, name: string, description: string): Command {
  return claims
    .command(name)
    .argument('<recovery>', 'its id')
    .description(description)
    .option('--network <file>', 'another profile of the same chain, if the endpoint has changed')
    .addOption(options.data())
    .addOption(options.json());
}

export function claimsCommand(program: Command, session: () => Session): void {
  const claims = program
    .command('claims')
    .description("a recovered person's claims: read, ask issuers for, issue, and check that all works again");
  readingCommand(
    claims,
    'list',
    'show which claims stand, which are missing, and who is trusted for them',
  ).action((id: string, given: ClaimsOptions) => list(session(), id, given));
  readingCommand(
    claims,
    'request',
    'write what each issuer is asked for: a JSON document and a page to print',
  )
    .requiredOption('--out <dir>', 'the folder to write to; nothing is overwritten')
    .action((id: string, given: ClaimsOptions & { out: string }) => request(session(), id, given));
  claimsIssueCommand(claims, session);
  readingCommand(
    claims,
    'recheck',
    'check with each token whether the person can hold and transfer it; ends with 5 where not',
  ).action((id: string, given: ClaimsOptions) => recheck(session(), id, given));
}
