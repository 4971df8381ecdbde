/** `preview` and `review`: what a recovery would meet, and the same from a file without a network. */
import { readFile, writeFile } from 'node:fs/promises';
import type { Command } from 'commander';
import type { Address } from '../../../shared/address.ts';
import { DeskError } from '../../../shared/errors.ts';
import { previewDigest } from '../../../shared/preview.ts';
import type { Preview } from '../../../shared/preview.ts';
import { readRecords } from '../../records.ts';
import type { Records } from '../../records.ts';
import { operatorUnknown } from '../../operator/operator-refusals.ts';
import type { ReadContext } from '../../recovery/needs.ts';
import { accountFor, assertMakesAccounts } from '../../recovery/accounts.ts';
import { buildPreview } from '../../recovery/preview.ts';
import type { ChosenReplacement, WalletSaying } from '../../recovery/preview-request.ts';
import { packPreview, unpackPreview } from '../../review/preview-package.ts';
import { addressOf, caseOf, options } from '../arguments.ts';
import type { CaseOptions } from '../arguments.ts';
import { badUsage } from '../executor-options.ts';
import { EXIT } from '../exit-codes.ts';
import { assertNamedTokens } from '../named-tokens.ts';
import { assertOthersOnly, otherWalletOptions, sayingsOf } from '../other-wallets.ts';
import type { OtherWalletOptions, SaidLost } from '../other-wallets.ts';
import { previewText } from '../preview-text.ts';
import { connectedTo, withRecords } from '../session.ts';
import type { Session } from '../session.ts';
import { subjectNow } from '../subject.ts';

interface PreviewOptions extends CaseOptions, OtherWalletOptions {
  readonly network: string;
  readonly data: string;
  readonly wallet?: Address;
  readonly participant?: string;
  readonly participants?: string;
  readonly operator: Named;
  readonly custodian?: Address;
  readonly holdersWay?: true;
  readonly replacement?: Address;
  readonly token: readonly Address[];
  readonly out?: string;
}

type Named = { readonly address: Address } | { readonly name: string };

/** What begins as an address is one: no operator's name does so by accident. */
function addressOrName(text: string): Named {
  return text.startsWith('0x') ? { address: addressOf('The operator')(text) } : { name: text };
}

/** Looking asks nobody to sign in. @throws DeskError OPERATOR_UNKNOWN, VAULT_CORRUPT */
function operatorAddress(records: Records | null, named: Named): Address {
  if ('address' in named) return named.address;
  const found = records?.operators.find(named.name) ?? null;
  if (found === null) throw operatorUnknown(named.name);
  return found.operator.credential.address;
}

async function writePackage(file: string, preview: Preview): Promise<void> {
  try {
    await writeFile(file, packPreview(preview), { mode: 0o600 });
  } catch (cause) {
    throw new DeskError('FILE_UNWRITABLE', {
      message: `The preview cannot be written to ${file}.`,
      remedy: 'Choose another place with --out.',
      retry: 'safe',
      cause,
    });
  }
}

/** An address without its proof is looked at, never planned with. */
function lookedAt(address: Address | undefined): ChosenReplacement | null {
  return address === undefined ? null : { address, kind: 'given', control: 'none' };
}

async function lookedAtFor(
  context: ReadContext,
  given: PreviewOptions,
  source: SaidLost['source'],
): Promise<ChosenReplacement | null> {
  switch (source?.kind) {
    case undefined:
    case 'generate':
      return null;
    case 'address':
      return lookedAt(source.address);
    case 'account': {
      const owner = lookedAt(given.replacement);
      if (owner !== null) return accountFor(context, owner);
      await assertMakesAccounts(context);
      return null;
    }
    case 'keystore':
      throw badUsage('A preview opens no keystore.', 'Give the address that it opens to instead.');
    default:
      return source satisfies never;
  }
}

async function othersOf(context: ReadContext, given: PreviewOptions): Promise<readonly WalletSaying[]> {
  const said = sayingsOf(given);
  if (said.length === 0) return [];
  assertOthersOnly(said, (await subjectNow(context, given)).lostWallet);
  const others: WalletSaying[] = [];
  for (const one of said) {
    const { wallet } = one;
    others.push(
      one.says === 'lost'
        ? { wallet, says: 'lost', replacement: await lookedAtFor(context, given, one.source) }
        : { wallet, says: one.says },
    );
  }
  return others;
}

async function preview(session: Session, given: PreviewOptions): Promise<void> {
  sayingsOf(given);
  await withRecords(readRecords(given.data), (records) =>
    connectedTo(session, { ...given, participants: given.participants, records }, async ({ context }) => {
      const built = await buildPreview(context, {
        case: caseOf(given),
        participantId: given.participant ?? null,
        lostWallet: given.wallet ?? null,
        operator: operatorAddress(records, given.operator),
        custodian: given.custodian ?? null,
        holdersWay: given.holdersWay === true,
        replacement: lookedAt(given.replacement),
        others: await othersOf(context, given),
        tokens: given.token,
        ownRecovery: null,
      });
      assertNamedTokens(built.preview, given.token);
      const digest = previewDigest(built.preview);
      if (given.out !== undefined) await writePackage(given.out, built.preview);
      session.output.answer({ preview: built.preview, digest }, previewText(built.preview, digest));
      if (built.preview.blockers.length > 0) session.exit(EXIT.blocked);
    }),
  );
}

async function review(session: Session, file: string): Promise<void> {
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new DeskError('FILE_UNREADABLE', {
      message: `The preview file ${file} cannot be read.`,
      remedy: 'Check the path.',
      retry: 'never',
      cause,
    });
  });
  const { preview: read, digest } = unpackPreview(text);
  session.output.answer(
    { preview: read, digest, holds: true },
    `${previewText(read, digest)}\nThe digest holds.`,
  );
}

export function previewCommands(program: Command, session: () => Session): void {
  const command = program
    .command('preview')
    .description('show what a recovery of a person would meet; changes nothing')
    .addOption(options.network())
    .addOption(options.wallet())
    .addOption(options.participant())
    .addOption(options.participants())
    .requiredOption(
      '--operator <name>',
      'who would execute: an operator of the data folder, or an address',
      addressOrName,
    )
    .addOption(options.custodian())
    .addOption(options.holdersWay())
    .option('--replacement <address>', 'also look at this replacement wallet', addressOf('The replacement'))
    .addOption(options.token())
    .addOption(options.reason().makeOptionMandatory(false).default('lost'))
    .addOption(options.ticket().makeOptionMandatory(false).default('none'))
    .addOption(options.identifiedBy())
    .addOption(options.identifiedHow())
    .addOption(options.evidence())
    .option('--out <file>', 'write the preview as canonical JSON with its digest')
    .addOption(options.data())
    .addOption(options.json());
  otherWalletOptions(command).action((given: PreviewOptions) => preview(session(), given));
  program
    .command('review')
    .argument('<file>', 'a preview file written by `preview --out`')
    .description('show a preview file, without a network; refuses an altered one')
    .addOption(options.json())
    .action((file: string) => review(session(), file));
}
