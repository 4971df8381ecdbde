/** The address of a service that the desk is told to connect to: a node's, or a remote signer's. */
import { z } from 'zod';

function carriesLogin(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { username, password } = new URL(text);
  return username !== '' || password !== '';
}

/** http or https; which of them may be plain is decided where it is connected to. */
export const endpointUrlSchema = z
  .url({ protocol: /^https?$/, message: 'is not an http or https URL' })
  // SECURITY: what is secret is named by file: addresses are stored, shown and logged.
  .refine((text) => !carriesLogin(text), {
    message: 'carries a user name or a password, which belong into files of their own',
  });
