/** `network check`: is the profile right, does the chain answer, what does the system consist of. */
import type { Command } from 'commander';
import { options } from '../arguments.ts';
import { connectedTo } from '../session.ts';
import type { Session } from '../session.ts';
import { table } from '../table.ts';

export function networkCommand(program: Command, session: () => Session): void {
  const network = program.command('network').description('network profiles');
  network
    .command('check')
    .description('connect to a network and show what its system consists of')
    .addOption(options.network())
    .addOption(options.data())
    .addOption(options.json())
    .action(async (given: { network: string; data: string }) => {
      const to = { network: given.network, participants: undefined, records: null, data: given.data };
      await connectedTo(session(), to, async ({ context, chain }) => {
        const reader = await chain.pin();
        const system = await context.protocol.openSystem(reader, context.profile);
        const final = await chain.finalHead();
        const simulation = await chain.canSimulate();
        const fees = await chain.fees();
        const document = {
          network: context.profile.name,
          chainId: chain.chainId,
          protocol: context.protocol.kind,
          practice: context.profile.practice === true,
          block: reader.block.number,
          finalBlock: final?.number ?? null,
          fees: fees.kind,
          simulation,
          system: system.system,
          parts: system.parts,
        };
        session().output.answer(
          document,
          [
            `${document.network}: chain ${chain.chainId}, protocol ${document.protocol}, block ${reader.block.number}`,
            `Final up to block ${document.finalBlock ?? '(none yet)'}; fees ${fees.kind}; simulation ${simulation ? 'yes' : 'no'}`,
            '',
            table(['Part', 'Address'], [['system', system.system], ...Object.entries(system.parts)]),
          ].join('\n'),
        );
      });
    });
}
