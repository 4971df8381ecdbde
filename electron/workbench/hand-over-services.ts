/** What a hand-over works with: the desk's records, the keychain of this machine, and the directory in use. */
import path from 'node:path';
import type { Address } from '../../shared/address.ts';
import { walletsToHandOver } from '../../shared/hand-over-wallets.ts';
import { isHoldersOwn, leftToRecover } from '../../shared/holders-way.ts';
import type { RecoverySnapshot } from '../../shared/journal.ts';
import { tokensOf, walletsOf } from '../../shared/plan.ts';
import type { Plan, PlannedWallet } from '../../shared/plan.ts';
import { recoveryUnknown } from '../../shared/recovery-unknown.ts';
import { isoTime } from '../../shared/values.ts';
import { keychainStore } from '../operator/keychain-store.ts';
import { keystoreCodec } from '../operator/keystore-codec.ts';
import type { ChildPrograms } from '../operator/needs.ts';
import { wipe } from '../operator/passphrase.ts';
import { walletCustody } from '../operator/wallet-custody.ts';
import type { WalletCustody } from '../operator/wallet-custody.ts';
import type { ParticipantDirectory } from '../participants/directory.ts';
import { peopleOf } from '../participants/known-people.ts';
import type { Records } from '../records.ts';
import { stepsNow } from '../recovery/engine-context.ts';
import type { Checkpoint } from '../recovery/engine-context.ts';
import type { HandOverContext, HandOverNow } from '../recovery/hand-over.ts';
import { holderLetter } from '../recovery/hand-over-letter.ts';
import type { LetterFacts } from '../recovery/hand-over-letter.ts';
import { signingReplacements } from '../recovery/holders-way.ts';
import { proveReplacementWallet, readKeystore } from '../recovery/replacement-wallet.ts';

/** Where passphrases of generated wallets are kept. */
export function custodyOf(programs: ChildPrograms, { policy }: Pick<Records, 'policy'>): WalletCustody {
  return walletCustody(keychainStore(programs, policy));
}

export interface HandOverParts {
  readonly records: Records;
  readonly custody: WalletCustody;
  /** Asked each time. */
  readonly directory: () => ParticipantDirectory | null;
  readonly checkpoint?: Checkpoint | undefined;
}

export function handOverContext({ records, custody, directory, checkpoint }: HandOverParts): HandOverContext {
  const { folder, policy, journal, plans, wallets } = records;
  const people = peopleOf(directory, 0);
  return {
    folder,
    policy,
    journal,
    plans,
    wallets,
    codec: keystoreCodec,
    custody,
    directory: () => people.directory(),
    refused: ({ recoveryId, wallet }, { operatorId }, reason) =>
      records.audit.append({
        kind: 'hand_over_refused',
        at: isoTime(new Date()),
        fields: { recoveryId, wallet, operatorId, reason },
      }),
    transaction: (work) => records.transaction(work),
    checkpoint: checkpoint ?? (() => undefined),
  };
}

/**
 * The proof of a generated wallet by the passphrase that the desk keeps; null where it keeps none.
 * @returns what throws DeskError KEYCHAIN_*, HAND_OVER_ALTERED, KEYSTORE_*.
 */
export function keptProof(
  { folder, wallets }: Pick<Records, 'folder' | 'wallets'>,
  custody: WalletCustody,
  expected: Address,
): (() => Promise<void>) | null {
  const wallet = wallets.get(expected);
  const sealed = wallets.kept(expected);
  if (wallet === null || sealed === null) return null;
  const file = path.join(folder, wallet.keystoreFile);
  return async () => {
    const passphrase = await custody.open({ address: expected, keystore: await readKeystore(file) }, sealed);
    try {
      await proveReplacementWallet({ file, passphrase, expected, codec: keystoreCodec });
    } finally {
      wipe(passphrase);
    }
  };
}

/** What wallets that are their holder's own by now have not recovered themselves. */
function leftTo(plan: Plan, snapshot: RecoverySnapshot): LetterFacts['left'] {
  const symbols = new Map(tokensOf(plan).map(({ address, symbol }) => [address, symbol]));
  return signingReplacements(plan)
    .filter((wallet) => isHoldersOwn(snapshot.handOver, wallet))
    .flatMap((wallet) => leftToRecover(plan, stepsNow(snapshot), wallet))
    .map(({ signer, wallet, call: { to: token } }) => ({
      symbol: symbols.get(token) ?? token,
      token,
      wallet: signer,
      lostWallet: wallet,
    }));
}

/** The letter to the holder, which names every wallet of the recovery. @throws DeskError RECOVERY_UNKNOWN */
export function letterOf(
  { previews }: Pick<Records, 'previews'>,
  { plan, snapshot }: Pick<HandOverNow, 'plan' | 'snapshot'>,
): string {
  const preview = previews.get(snapshot.recovery.previewDigest);
  if (preview === null) throw recoveryUnknown(snapshot.recovery.id);
  const { participant, network } = preview;
  const replaced = ({ lostWallet, replacement }: PlannedWallet) => ({
    wallet: replacement.address,
    lostWallet,
  });
  const accounts = walletsOf(plan).filter(({ replacement }) => replacement.kind === 'account');
  return holderLetter({
    person: participant.name ?? 'the holder',
    network: network.name,
    wallets: walletsToHandOver(plan).map(replaced),
    accounts: accounts.map((account) => ({ ...replaced(account), owner: plan.replacement.address })),
    left: leftTo(plan, snapshot),
    given: plan.steps.some(
      ({ role, name }) => role === 'fund' && stepsNow(snapshot).get(name)?.state === 'done',
    ),
    reference: plan.ticket,
    practice: network.practice,
  });
}
