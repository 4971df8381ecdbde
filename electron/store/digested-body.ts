/** Records named by the digest of their canonical text. */
import { canonicalText, digestOf } from '../../shared/canonical.ts';
import type { Hex } from '../../shared/values.ts';

/** The value of a stored text, or null when the text is not the canonical one that the digest was taken of. */
export function readDigested(text: string, digest: Hex): unknown {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  return canonicalText(value) === text && digestOf(value) === digest ? value : null;
}
