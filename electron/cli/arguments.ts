/** Reads what was typed into values, with errors that name the option. */
import { Option } from 'commander';
import type { Command } from 'commander';
import { readAddress } from '../../shared/address.ts';
import type { Address } from '../../shared/address.ts';
import { caseSchema } from '../../shared/case.ts';
import { RECOVERY_REASONS } from '../../shared/recovery-reasons.ts';
import type { RecoveryCase } from '../../shared/case.ts';
import { DeskError } from '../../shared/errors.ts';
import { defaultDataFolder } from '../store/data-folder.ts';

/** An address option. @throws DeskError ADDRESS_INVALID */
export function addressOf(what: string): (text: string) => Address {
  return (text) => {
    const address = readAddress(text);
    if (address !== 'malformed' && address !== 'checksum') return address;
    throw new DeskError('ADDRESS_INVALID', {
      message:
        address === 'malformed'
          ? `${what} "${text}" is not an address: 0x and 40 hex digits.`
          : `${what} ${text} has a wrong checksum: a digit or letter was mistyped. Nothing was done.`,
      remedy: 'Copy the address again from where it comes from.',
      retry: 'never',
    });
  };
}

export function addressesOf(what: string): (text: string, before: readonly Address[]) => readonly Address[] {
  return (text, before) => [...before, addressOf(what)(text)];
}

/** An amount of wei. @throws DeskError BAD_USAGE */
export function weiOf(what: string): (text: string) => string {
  return (text) => {
    if (/^[1-9]\d{0,77}$/u.test(text)) return text;
    throw new DeskError('BAD_USAGE', {
      message: `${what} "${text}" is no amount of wei: a whole number above 0, in digits alone.`,
      remedy: 'Correct the option, then try again.',
      retry: 'never',
    });
  };
}

/**
 * Holds every option of a command, and of those below it, to take no other option for its value: commander takes
 * whatever stands next. The option then throws DeskError BAD_USAGE.
 */
export function refuseOptionsAsValues(command: Command): void {
  for (const option of command.options) {
    if (!option.required) continue;
    const parse = option.parseArg;
    option.argParser((text: string, before: unknown) => {
      if (text.startsWith('--')) throw valueMissing(option.long ?? option.flags, text);
      return parse === undefined ? text : parse(text, before);
    });
  }
  command.commands.forEach(refuseOptionsAsValues);
}

function valueMissing(option: string, next: string): DeskError {
  return new DeskError('BAD_USAGE', {
    message: `${option} needs a value, and "${next}" after it is an option. Nothing was done.`,
    remedy: `Give ${option} its value. The name of a file or folder that begins with -- is written with ./ before it.`,
    retry: 'never',
  });
}

export interface CaseOptions {
  readonly reason: string;
  readonly ticket: string;
  readonly identifiedBy?: string;
  readonly identifiedHow?: string;
  readonly evidence: readonly string[];
}

/** @throws DeskError REASON_REFUSED, BAD_USAGE */
export function caseOf(options: CaseOptions): RecoveryCase {
  if (!RECOVERY_REASONS.some((reason) => reason === options.reason)) {
    throw new DeskError('REASON_REFUSED', {
      message: `"${options.reason}" is no reason that a recovery is made for: it is no transfer tool.`,
      remedy: `Give one of ${RECOVERY_REASONS.join(', ')}. Inheritance and changes of ownership have procedures of their own.`,
      retry: 'never',
    });
  }
  const parsed = caseSchema.safeParse({
    reason: options.reason,
    ticket: options.ticket,
    identifiedBy: options.identifiedBy ?? null,
    identifiedHow: options.identifiedHow ?? null,
    evidence: [...options.evidence],
  });
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new DeskError('BAD_USAGE', {
    message: `The case cannot be opened: ${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}`,
    remedy: 'Correct the option, then try again.',
    retry: 'never',
  });
}

export const options = {
  json: () => new Option('--json', 'print one JSON document on stdout and nothing else there').default(false),
  data: () =>
    new Option('--data <dir>', 'folder for journal, plans and keystores').default(
      defaultDataFolder(),
      'per user, or RECOVERY_DESK_DATA',
    ),
  network: () => new Option('--network <file>', 'network profile (JSON)').makeOptionMandatory(),
  wallet: () => new Option('--wallet <address>', 'the lost wallet').argParser(addressOf('The wallet')),
  participant: () => new Option('--participant <id>', 'the participant, by id in the directory'),
  participants: () =>
    new Option('--participants <file>', 'participants file (JSON), instead of those of the data folder'),
  token: () =>
    new Option('--token <address>', 'take this token into scope whatever its balance (may be repeated)')
      .argParser(addressesOf('The token'))
      .default([] as readonly Address[], 'none'),
  reason: () => new Option('--reason <reason>', RECOVERY_REASONS.join(' | ')).makeOptionMandatory(),
  ticket: () => new Option('--ticket <text>', 'reference of the case').makeOptionMandatory(),
  identifiedBy: () => new Option('--identified-by <name>', 'who identified the person'),
  identifiedHow: () => new Option('--identified-how <text>', 'how the person was identified'),
  evidence: () =>
    new Option('--evidence <sha256>', 'sha256 of a document that is evidence (may be repeated)')
      .argParser((text: string, before: readonly string[]) => [...before, text.toLowerCase()])
      .default([] as readonly string[], 'none'),
  custodian: () =>
    new Option(
      '--custodian <address>',
      'who signs for the tokens whose custodian right they hold, later and with a key of their own',
    ).argParser(addressOf('The custodian')),
  holdersWay: () =>
    new Option(
      '--holders-way',
      'a replacement wallet that the desk makes recovers itself what nobody named has the custodian right for',
    ),
};
