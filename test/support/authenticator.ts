/** What a person's authenticator program makes of a secret that the entry window shows. */
import { TOTP } from 'otpauth';
import type { EntryValues, EntryView } from '../../shared/entry-view.ts';

export class Authenticator {
  #secret = '';

  /** Types the secret in, and answers with the code that it shows; for the form that shows a secret. */
  readonly scan = (view: EntryView): EntryValues => {
    const secret = view.kind === 'form' ? view.lines?.values[0] : undefined;
    if (secret === undefined) throw new Error('no secret is shown');
    this.#secret = secret;
    return { code: this.code(0) };
  };

  /** @param step of the clock: a code is taken once, and one of the step after is as good. */
  code(step: 0 | 1): string {
    const totp = new TOTP({ secret: this.#secret, algorithm: 'SHA1', digits: 6, period: 30 });
    return totp.generate({ timestamp: Date.now() + step * 30_000 });
  }
}
