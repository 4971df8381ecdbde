/** Who is meant by the options of a command, as directory and chain know them now. */
import type { Address } from '../../shared/address.ts';
import type { ReadContext } from '../recovery/needs.ts';
import { subjectOf } from '../recovery/preview-request.ts';
import type { Subject } from '../recovery/preview-request.ts';

export async function subjectNow(
  context: ReadContext,
  given: { readonly wallet?: Address; readonly participant?: string },
): Promise<Subject & { readonly system: Address }> {
  const reader = await context.chain.pin();
  const system = await context.protocol.openSystem(reader, context.profile);
  const records = await system.wallets(reader, given.wallet === undefined ? [] : [given.wallet]);
  const subject = await subjectOf(
    context.people,
    { participantId: given.participant ?? null, lostWallet: given.wallet ?? null },
    records[0]?.factoryIdentity ?? null,
  );
  return { ...subject, system: system.system };
}
