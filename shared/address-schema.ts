/** Addresses as they cross a border in JSON. Apart from `address.ts`, which the window uses without a schema library. */
import { z } from 'zod';
import { readAddress } from './address.ts';
import type { Address } from './address.ts';

export const addressSchema = z.string().transform((text, context): Address => {
  const address = readAddress(text);
  if (address === 'malformed') {
    context.addIssue({ code: 'custom', message: 'is not an address (0x and 40 hex digits)' });
    return z.NEVER;
  }
  if (address === 'checksum') {
    context.addIssue({ code: 'custom', message: 'has a wrong checksum: a digit or letter was mistyped' });
    return z.NEVER;
  }
  return address;
});
