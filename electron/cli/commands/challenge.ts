/** `challenge`: prints what the holder of a replacement wallet signs. */
import type { Command } from 'commander';
import type { Address } from '../../../shared/address.ts';
import { DeskError } from '../../../shared/errors.ts';
import { isoTime } from '../../../shared/values.ts';
import { openRecords } from '../../records.ts';
import { challengeTypedData } from '../../recovery/proof-of-control.ts';
import { addressOf, options } from '../arguments.ts';
import { connectedTo, withRecords } from '../session.ts';
import type { Session } from '../session.ts';
import { subjectNow } from '../subject.ts';

interface ChallengeOptions {
  readonly network: string;
  readonly data: string;
  readonly wallet?: Address;
  readonly participant?: string;
  readonly participants?: string;
  readonly replacement: Address;
}

async function challenge(session: Session, given: ChallengeOptions): Promise<void> {
  await withRecords(openRecords(given.data), (records) =>
    connectedTo(
      session,
      { ...given, participants: given.participants, records },
      async ({ context, chain }) => {
        const { participant, lostWallet, system } = await subjectNow(context, given);
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
            'Then: recover --replacement ADDRESS --proof SIGNATURE',
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
    .requiredOption('--replacement <address>', "the holder's new wallet", addressOf('The replacement'))
    .addOption(options.data())
    .addOption(options.json())
    .action((given: ChallengeOptions) => challenge(session(), given));
}
