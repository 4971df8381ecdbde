/** How a secret for one-time codes gets into an authenticator program: as a QR code, or typed. Shown once, at set-up. */
import { TOTP } from 'otpauth';
import { encode } from 'uqr';
import { ALGORITHM, DIGITS, ISSUER, STEP_SECONDS, newCodeSecret } from './one-time-codes.ts';

export interface CodeEnrolment {
  /** Base32, for typing. */
  readonly secret: string;
  /** `otpauth://totp/...`: what the QR code says. */
  readonly uri: string;
  /** The QR code row by row; true is dark. Whoever draws it leaves the quiet zone around it (ISO/IEC 18004). */
  readonly qr: readonly (readonly boolean[])[];
}

/**
 * Makes a secret, and the forms that it is shown in. Nothing is kept: it counts once a code made from it was typed.
 * @param name what the operator is called.
 * @see https://github.com/google/google-authenticator/wiki/Key-Uri-Format
 */
export function newCodeEnrolment(name: string): CodeEnrolment {
  const secret = newCodeSecret();
  const uri = new TOTP({
    issuer: ISSUER,
    label: name,
    algorithm: ALGORITHM,
    digits: DIGITS,
    period: STEP_SECONDS,
    secret,
  }).toString();
  return { secret, uri, qr: encode(uri, { ecc: 'M', border: 0 }).data };
}
