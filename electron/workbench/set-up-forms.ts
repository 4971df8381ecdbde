import type { Address } from '../../shared/address.ts';
import type { EntryVerdict, FormView } from '../../shared/entry-view.ts';
import type { CodeSetup } from '../operator/change-codes.ts';
import type { CreatedOperator } from '../operator/create-operator.ts';
import type { CredentialDraft, Elsewhere } from '../operator/credential-draft.ts';
import { importKey } from '../operator/key-import.ts';
import type { ImportedKey, KeySource } from '../operator/key-import.ts';
import { wipe } from '../operator/passphrase.ts';
import { newOperatorForm, recoveryCodesForm, totpForm, vouchedOperatorForm } from './entry-forms.ts';
import { wipeSource } from './key-entry.ts';
import type { NewOperatorInput, SetUpParts } from './operator-set-up.ts';

/** One run through the forms of the entry window; each form answers with the next. */
export class SetUpForms {
  readonly #parts: SetUpParts;
  readonly #input: NewOperatorInput;
  readonly #identity: { readonly issuer: string; readonly subject: string } | null;
  readonly #withoutKeychain: boolean;
  #key: ImportedKey | null;
  readonly #elsewhere: Elsewhere | null;
  #passphrase: Buffer | null = null;
  #secret: string | null = null;
  #created: CreatedOperator | null = null;

  constructor(
    parts: SetUpParts,
    input: NewOperatorInput,
    rest: {
      readonly identity: { readonly issuer: string; readonly subject: string } | null;
      readonly withoutKeychain: boolean;
      readonly key: ImportedKey | null;
      readonly elsewhere: Elsewhere | null;
    },
  ) {
    this.#parts = parts;
    this.#input = input;
    this.#identity = rest.identity;
    this.#withoutKeychain = rest.withoutKeychain;
    this.#key = rest.key;
    this.#elsewhere = rest.elsewhere;
  }

  get created(): CreatedOperator | null {
    return this.#created;
  }

  /**
   * What is asked for once the key is known. SECURITY: something is asked of everybody: name and address come from the
   * desk's page, and a login that stands in the browser asks for nobody's hand.
   */
  lastForm(): FormView {
    if (this.#elsewhere !== null && this.#identity !== null)
      return vouchedOperatorForm({
        name: this.#input.name,
        address: this.#address(),
        ...this.#identity,
      });
    return newOperatorForm({
      name: this.#input.name,
      address: this.#address(),
      minLength: this.#parts.policy.minPassphraseLength,
      withoutKeychain: this.#withoutKeychain,
    });
  }

  async takeKey(source: KeySource): Promise<EntryVerdict> {
    try {
      this.#key = await importKey(source);
    } finally {
      wipeSource(source);
    }
    return { taken: false, next: this.lastForm() };
  }

  async takePassphrase(passphrase: Buffer): Promise<EntryVerdict> {
    this.#passphrase = passphrase;
    const { operators, policy } = this.#parts;
    if (this.#identity !== null || !policy.requireTotp) return this.finish();
    const { secret, qr } = operators.enrolment(this.#input.name);
    this.#secret = secret;
    return { taken: false, next: totpForm({ secret, qr }) };
  }

  async takeCode(code: string): Promise<EntryVerdict> {
    if (this.#secret === null) throw new TypeError('there are no codes to set up');
    return this.finish({ secret: this.#secret, code });
  }

  async finish(codes: CodeSetup | null = null): Promise<EntryVerdict> {
    const passphrase = this.#passphrase;
    const signIn =
      this.#identity === null
        ? { kind: 'passphrase' as const, passphrase: required(passphrase), codes }
        : { kind: 'oidc' as const, passphrase, ...this.#identity };
    this.#created = await this.#parts.operators.create({
      name: this.#input.name,
      signIn,
      credential: this.#credential(),
      ...(this.#withoutKeychain ? { wrapping: 'passphrase' as const } : {}),
    });
    const { recoveryCodes } = this.#created;
    return recoveryCodes.length === 0
      ? { taken: true }
      : { taken: false, next: recoveryCodesForm(recoveryCodes) };
  }

  close(): void {
    if (this.#key !== null) wipe(this.#key.privateKey);
    if (this.#passphrase !== null) wipe(this.#passphrase);
    this.#secret = null;
  }

  #credential(): CredentialDraft {
    if (this.#elsewhere !== null) return this.#elsewhere;
    if (this.#key === null) throw new TypeError('there is no key');
    return { kind: 'keystore', privateKey: this.#key.privateKey };
  }

  #address(): Address {
    const address = this.#elsewhere?.address ?? this.#key?.address;
    if (address === undefined) throw new TypeError('there is no key');
    return address;
  }
}

function required(passphrase: Buffer | null): Buffer {
  if (passphrase === null) throw new TypeError('there is no passphrase');
  return passphrase;
}
