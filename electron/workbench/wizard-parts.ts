/** What the steps of the wizard work with. */
import type { Address } from '../../shared/address.ts';
import type { OidcSignIn } from '../operator/oidc/sign-in.ts';
import type { Operators } from '../operator/operators.ts';
import type { WalletCustody } from '../operator/wallet-custody.ts';
import type { Execution } from './execution.ts';
import type { Dialogs, EntryWindow } from './needs.ts';
import type { SignedIn } from './signed-in.ts';
import type { Site } from './site.ts';
import type { WizardHolder } from './wizard-holder.ts';

export interface WizardParts {
  readonly holder: WizardHolder;
  readonly execution: Execution;
  readonly dialogs: Dialogs;
  readonly entry: EntryWindow;
  /** @throws DeskError NOT_CONNECTED */
  site(): Site;
  /** @throws DeskError RIGHT_MISSING */
  operator(): SignedIn;
  operators(): Operators;
  /** Of the case that is being prepared: who signs what takes the custodian right; null for whoever is signed in. */
  custodian: Address | null;
  /** Where passphrases of generated wallets are kept. */
  custody(): WalletCustody;
  /** Signing in at the team's provider; null where policy names none. */
  provider(): OidcSignIn | null;
  /** The holder's answer to a challenge, which the practice network gives; null on real ones. */
  practiceAnswer(challenge: PracticeChallenge): Promise<string | null>;
}

export interface PracticeChallenge {
  readonly replacement: string;
  /** EIP-712, as JSON. */
  readonly typedData: string;
}
