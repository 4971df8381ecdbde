/** `challenge`: prints what the holder of a replacement wallet signs. */
import { Option } from 'commander';
import type { Command } from 'commander';
import type { Address } from '../../../shared/address.ts';
import { DeskError } from '../../../shared/errors.ts';
import { isoTime } from '../../../shared/values.ts';
import { openRecords } from '../../records.ts';
import { challengeTypedData } from '../../recovery/proof-of-control.ts';
import { addressOf, options } from '../arguments.ts';
import { assertOthersOnly } from '../other-wallets.ts';
import { connectedTo, withRecords } from '../session.ts';
import type { Session } from '../session.ts';
import { subjectNow } from '../subject.ts';

interface ChallengeOptions {
  readonly network: string;
  readonly data: string;
  readonly wallet?: Address;
  readonly participant?: string;
  readonly participants?: string;
  readonly alsoLost?: Address;
  readonly replacement: Address;
}

/** How `recover` is given what was signed. */
function answerOptions({ alsoLost, replacement }: ChallengeOptions): string {
  return alsoLost === undefined
    ? `--replacement ${replacement} --proof SIGNATURE`
    : `--also-lost ${alsoLost}=${replacement} --proof-for ${alsoLost}=SIGNATURE`;
}

async function challenge(session: Session, given: ChallengeOptions): Promise<void> {
  await withRecords(openRecords(given.data), (records) =>
    connectedTo(
      session,
      { ...given, participants: given.participants, records },
      async ({ context, chain }) => {
        const { participant, lostWallet: ofCase, system } = await subjectNow(context, given);
        if (given.alsoLost !== undefined) assertOthersOnly([{ wallet: given.alsoLost }], ofCase);
        const lostWallet = given.alsoLost ?? ofCase;
        if (lostWallet === null) {
          throw new DeskError('BAD_USAGE', {
            message: `${participant.name ?? participant.id} has no wallet on record, so there is nothing to recover.`,
            remedy: 'Name the lost wallet with --wallet.',
            retry: 'never',
          });
        }
        const now = context.now();
        const expires = Math.floor(now.getTime() / 1000) + context.policy.challengeHours * 3600;
        const stored = {
          participantId: participant.id,
          lostWallet,
          replacement: given.replacement,
          chainId: chain.chainId,
        };
        records.challenges.insert({ ...stored, expiry: expires, createdAt: isoTime(now) });
        const typedData = challengeTypedData({ ...stored, system, expires });
        const until = isoTime(new Date(expires * 1000));
        session.output.answer(
          { typedData, expires: until },
          [
            `The holder of ${given.replacement} signs this (eth_signTypedData_v4) by ${until}:`,
            '',
            JSON.stringify(typedData, null, 2),
            '',
            `Then: recover ${answerOptions(given)}`,
          ].join('\n'),
        );
      },
    ),
  );
}

export function challengeCommand(program: Command, session: () => Session): void {
  program
    .command('challenge')
    .description('print what the holder of a replacement wallet must sign to prove control of it')
    .addOption(options.network())
    .addOption(options.wallet())
    .addOption(options.participant())
    .addOption(options.participants())
    .addOption(
      new Option(
        '--also-lost <wallet>',
        'another lost wallet of the person, which the new wallet is to replace instead of the one of the case',
      ).argParser(addressOf('The wallet')),
    )
    .requiredOption('--replacement <address>', "the holder's new wallet", addressOf('The replacement'))
    .addOption(options.data())
    .addOption(options.json())
    .action((given: ChallengeOptions) => challenge(session(), given));
}
