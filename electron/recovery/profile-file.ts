/** The network profile that a recovery was begun with. */
import { z } from 'zod';
import type { Json } from '../../shared/canonical.ts';

/**
 * Where the profile lies, never what is in it: an endpoint's path may hold an access key.
 * @returns the file that `resume` reads again.
 */
export function profileFileOf(stored: Json): string {
  return z.strictObject({ file: z.string() }).parse(stored).file;
}
