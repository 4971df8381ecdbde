/** Where the replacements of a plan come from: what a page chose for each lost wallet, checked and proven. */
import type { Address } from '../../shared/address.ts';
import type { InputOf } from '../../shared/contract.ts';
import { saidLost } from '../../shared/lost-wallets.ts';
import type { Preview } from '../../shared/preview.ts';
import type { Wizard } from '../../shared/wizard.ts';
import type { FurtherChoice, ReplacementChoice } from '../../shared/wizard-choices.ts';
import type { PinnedReader } from '../chain/types.ts';
import type { FurtherSource, OtherSource, ReplacementSource } from '../recovery/prepare.ts';
import type { ControlChallenge } from '../recovery/proof-of-control.ts';
import { chooseGiven } from '../recovery/replacement-choice.ts';
import { generatedWallets } from './generated-wallet.ts';
import type { GeneratedSource } from './generated-wallet.ts';
import { elsewhere } from './refusals.ts';
import type { WizardParts } from './wizard-parts.ts';

type Impact = Extract<Wizard, { step: 'impact' }>;
type Wanted = Pick<InputOf<'wizard.chooseReplacement'>, 'choice' | 'further'>;
type Given = Exclude<ReplacementChoice, { kind: 'generate' }>;

/** Of every lost wallet the source of its replacement, and what is said of the person's other wallets. */
export interface Sources {
  readonly first: ReplacementSource;
  readonly others: readonly OtherSource[];
  /** With what opens the wallets that are to be made: for whoever asked to wipe. */
  readonly made: readonly GeneratedSource[];
}

/** What the holder of an address signs to show that it replaces the lost wallet. */
export function challengeOf(
  parts: WizardParts,
  { read }: Pick<Impact, 'read'>,
  asked: Pick<ControlChallenge, 'replacement' | 'expires'> & { readonly lostWallet: Address },
): ControlChallenge {
  const { participant, network } = read.preview;
  const { chainId } = parts.site().connection.chain;
  return { ...asked, participantId: participant.id, chainId, system: network.system };
}

/** The lost wallet that is meant, of those that get a replacement. @throws DeskError WIZARD_ELSEWHERE */
export function lostWalletOf(preview: Preview, named: Address | undefined): Address {
  const wallets = [preview.lostWallet, ...saidLost(preview).map(({ lostWallet }) => lostWallet)];
  const found = named === undefined ? preview.lostWallet : wallets.find((wallet) => wallet === named);
  if (found === null || found === undefined)
    throw elsewhere('There is no such lost wallet in the preview that was shown.');
  return found;
}

/**
 * SECURITY: a choice for each wallet that was said to be lost, and none for any other.
 * @throws DeskError WIZARD_ELSEWHERE
 */
function furtherChoices(from: Impact, { further = [] }: Wanted): ReadonlyMap<Address, FurtherChoice> {
  const wanted = new Map(further.map(({ lostWallet, choice }) => [lostWallet, choice]));
  const lost = saidLost(from.read.preview);
  const all = lost.every(({ lostWallet }) => wanted.has(lostWallet));
  if (!all || further.length !== lost.length)
    throw elsewhere('The choices are not those for the lost wallets of the preview that was shown.');
  const account = lost.find(({ lostWallet, contract }) => {
    const allowed = from.accountAllowed && contract === true;
    return wanted.get(lostWallet)?.kind === 'account' && !allowed;
  });
  if (account !== undefined)
    throw elsewhere(`A smart account of the network's factory is not offered for ${account.lostWallet}.`);
  return wanted;
}

async function given(
  parts: WizardParts,
  from: Impact,
  reader: PinnedReader,
  lostWallet: Address,
  choice: Given,
): Promise<ReplacementSource> {
  const { records, connection } = parts.site();
  const { chain, context } = connection;
  const { address } = choice;
  const stored = records.challenges.find(chain.chainId, lostWallet, address);
  const chosen =
    choice.kind === 'call_back'
      ? { kind: 'call_back' as const, address }
      : {
          kind: 'proof' as const,
          address,
          signature: choice.signature,
          challenges: stored
            .filter(({ participantId }) => participantId === from.read.preview.participant.id)
            .map(({ expiry }) =>
              challengeOf(parts, from, { lostWallet, replacement: address, expires: expiry }),
            ),
        };
  return { kind: 'chosen', chosen: await chooseGiven(chosen, reader, records.policy, context.now()) };
}

/** What is said of wallets that are in the person's hands. */
function healthy({ others }: Preview): readonly OtherSource[] {
  return (others ?? []).flatMap(({ wallet, says }) => (says === 'undecided' ? [] : [{ wallet, says }]));
}

/**
 * Proofs are checked before anything is typed: a passphrase is not asked for in vain.
 * @throws DeskError PROOF_*, CALL_BACK_FORBIDDEN, ENTRY_CANCELLED, PASSPHRASE_WEAK, KEYCHAIN_*, WIZARD_ELSEWHERE.
 */
export async function sourcesOf(parts: WizardParts, from: Impact, wanted: Wanted): Promise<Sources> {
  const { preview } = from.read;
  const further = furtherChoices(from, wanted);
  const firstWallet = lostWalletOf(preview, undefined);
  const reader = await parts.site().connection.chain.pin();
  const sources = new Map<Address, ReplacementSource>();
  const toMake: Address[] = [];
  for (const [lostWallet, choice] of [[firstWallet, wanted.choice] as const, ...further]) {
    if (choice.kind === 'generate') toMake.push(lostWallet);
    else if (choice.kind !== 'account')
      sources.set(lostWallet, await given(parts, from, reader, lostWallet, choice));
  }
  const made = await generatedWallets(parts, toMake.length);
  for (const [index, source] of made.entries()) sources.set(toMake[index] ?? firstWallet, source);
  const sourceOf = (lostWallet: Address): ReplacementSource => {
    const source = sources.get(lostWallet);
    if (source === undefined) throw new Error(`nothing was chosen for ${lostWallet}`);
    return source;
  };
  const lost = [...further].map(([wallet, { kind }]): OtherSource => {
    const source: FurtherSource = kind === 'account' ? { kind } : sourceOf(wallet);
    return { wallet, says: 'lost', source };
  });
  return { first: sourceOf(firstWallet), others: [...lost, ...healthy(preview)], made };
}
