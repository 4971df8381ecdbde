/** The people of a directory as a file that can be imported again. */
import type { Participant } from '../../../shared/participant.ts';
import type { ParticipantDirectory } from '../directory.ts';
import { everybody } from '../everybody.ts';
import { escapeFormula } from './formula.ts';
import type { LocalPeople } from './local-people.ts';

export type ExportFormat = 'csv' | 'json';

const HEADER = 'id,name,wallets,effectiveWallet,lostWallets\r\n';

function cell(text: string): string {
  return `"${escapeFormula(text).replaceAll('"', '""')}"`;
}

interface Written {
  readonly wallets: readonly string[];
  readonly effective: string | undefined;
  readonly lost: readonly string[];
}

function written({ wallets }: Participant): Written {
  return {
    wallets: wallets.map(({ address }) => address),
    effective: wallets.find((wallet) => wallet.effective)?.address,
    lost: wallets.flatMap((wallet) => (wallet.lost === true ? [wallet.address] : [])),
  };
}

function csvLine(person: Participant): string {
  const { wallets, effective = '', lost } = written(person);
  const cells = [person.id, person.name ?? '', wallets.join(' '), effective, lost.join(' ')];
  return `${cells.map(cell).join(',')}\r\n`;
}

function jsonEntry(person: Participant): string {
  const { wallets, effective, lost } = written(person);
  const { id, name } = person;
  const rest = effective === undefined ? {} : { effectiveWallet: effective };
  return JSON.stringify({ id, name, wallets, ...rest, lostWallets: lost });
}

/**
 * Those of the desk as they stand at one moment: an import that comes to count meanwhile would leave half of each listing
 * in the file. Piece by piece, as `exported`.
 * @param told is given how many people there are.
 */
export async function* exportedLocal(
  { snapshot }: Pick<LocalPeople, 'snapshot'>,
  format: ExportFormat,
  told: (people: number) => void = () => undefined,
): AsyncGenerator<string> {
  const still = snapshot();
  try {
    yield* exported(still.directory, format);
    told(still.count());
  } finally {
    still.close();
  }
}

/** Piece by piece. RFC 4180 with a header, or `{ "participants": [..] }`. */
export async function* exported(
  directory: Pick<ParticipantDirectory, 'search'>,
  format: ExportFormat,
): AsyncGenerator<string> {
  if (format === 'csv') {
    yield HEADER;
    for await (const page of everybody(directory)) yield page.map(csvLine).join('');
    return;
  }
  yield '{ "participants": [\n';
  let first = true;
  for await (const page of everybody(directory)) {
    if (page.length === 0) continue;
    yield `${first ? '' : ',\n'}${page.map(jsonEntry).join(',\n')}`;
    first = false;
  }
  yield '\n] }\n';
}
