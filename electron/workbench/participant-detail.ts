/** One person in full: record, wallets and claims as the chain has them, and whether a recovery may be begun. */
import type { ParticipantDetail, SubjectKey } from '../../shared/people-views.ts';
import { isoTime } from '../../shared/values.ts';
import type { Address } from '../../shared/address.ts';
import { digestOf } from '../../shared/canonical.ts';
import type { Participant } from '../../shared/participant.ts';
import type { WalletStanding } from '../../shared/preview.ts';
import type { WalletRecord } from '../protocols/recovery-protocol.ts';
import { directoryFacts } from '../recovery/directory-facts.ts';
import { shownClaims } from '../recovery/claims/shown-claims.ts';
import { subjectOf } from '../recovery/preview-request.ts';
import type { History } from './history.ts';
import type { SignedIn } from './signed-in.ts';
import { rowOf } from './people-index.ts';
import type { Site } from './site.ts';

/** Names the record as it is shown; null where the desk does not keep it. */
function recordOf({ directory }: Site, participant: Participant): ParticipantDetail['record'] {
  const kept = directory()?.kind === 'local' && participant.source === 'directory';
  return kept ? digestOf(participant) : null;
}

function mayRecover(operator: SignedIn | null, wallet: Address | null): ParticipantDetail['mayRecover'] {
  if (operator === null) {
    return { may: false, message: 'Nobody is signed in.', remedy: 'Sign in as an identity manager.' };
  }
  if (!operator.identityManager) {
    return {
      may: false,
      message: 'You are not an identity manager on this network.',
      remedy: 'Have the role granted by the platform administrator, or let an identity manager do it.',
    };
  }
  if (wallet !== null) return { may: true };
  return {
    may: false,
    message: 'This person has no wallet on record, so there is nothing to recover.',
    remedy: 'Enter the wallet in the participants list, or onboard the person as new.',
  };
}

function standingOf({ registered, identity, country, markedLost, linkedTo }: WalletRecord): WalletStanding {
  return { registered, identity, country, markedLost, linkedTo };
}

/** @throws DeskError PARTICIPANT_NOT_FOUND, BAD_USAGE, of the network. */
export async function participantDetail(
  site: Site,
  history: History,
  operator: SignedIn | null,
  key: SubjectKey,
): Promise<ParticipantDetail> {
  const { context, chain } = site.connection;
  const reader = await chain.pin();
  const system = await context.protocol.openSystem(reader, context.profile);
  const named = key.wallet === null ? [] : await system.wallets(reader, [key.wallet]);
  const request = { participantId: key.participantId, lostWallet: key.wallet };
  const subject = await subjectOf(context.people, request, named[0]?.factoryIdentity ?? null);
  const { participant } = subject;
  const onRecord = participant.wallets.map((wallet) => wallet.address);
  const records = await system.wallets(reader, onRecord);
  const effective = participant.wallets.findIndex((wallet) => wallet.effective);
  const record = records[effective];
  const identity = record?.identity ?? record?.factoryIdentity ?? null;
  const view = { reader, scan: context.scanner(reader) };
  const claims = identity === null ? null : await system.claims(view, identity);
  const registered = identity === null ? [] : await system.registeredWith(view, identity, onRecord);
  const beside = await system.wallets(
    reader,
    registered.filter((wallet) => !onRecord.includes(wallet)),
  );
  return {
    row: rowOf(participant, site.records.journal.list()),
    source: participant.source,
    block: { number: reader.block.number, time: isoTime(new Date(reader.block.time * 1000)) },
    wallets: participant.wallets.flatMap(({ address, effective: isEffective, lost = false }, index) => {
      const found = records[index];
      if (found === undefined) return [];
      return [{ address, effective: isEffective, lost, standing: standingOf(found) }];
    }),
    ...(beside.length === 0
      ? {}
      : { beside: beside.map((found) => ({ address: found.wallet, standing: standingOf(found) })) }),
    identity,
    claims: claims === null ? null : shownClaims(claims),
    directory: await directoryFacts(context.people.directory(), subject),
    record: recordOf(site, participant),
    recoveries: history.of(participant.id),
    mayRecover: mayRecover(operator, participant.wallets[effective]?.address ?? null),
  };
}
