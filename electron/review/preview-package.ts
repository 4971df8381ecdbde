/**
 * Preview packages: a preview as canonical JSON with its digest, for reviewers on machines without a network. This
 * room must never reach for a network or trust a field of a file before its digest held.
 */
import { canonicalText, digestOf } from '../../shared/canonical.ts';
import { DeskError } from '../../shared/errors.ts';
import { previewDigest, previewPackageSchema, previewSchema } from '../../shared/preview.ts';
import type { Preview } from '../../shared/preview.ts';
import type { Hex } from '../../shared/values.ts';

/** Far above a preview of ten thousand tokens. */
const MAX_CHARACTERS = 32 * 1024 * 1024;

/** RFC 8785 text of the package, with a newline at its end. */
export function packPreview(preview: Preview): string {
  return `${canonicalText({ preview, digest: previewDigest(preview) })}\n`;
}

function invalid(why: string, cause?: unknown): DeskError {
  return new DeskError('PREVIEW_INVALID', {
    message: `The file is no preview that this version reads: ${why}.`,
    remedy:
      'Ask whoever sent it to write it again with `preview --out`, with the same version of Recovery Desk.',
    retry: 'never',
    cause,
  });
}

function parseJson(text: string): unknown {
  if (text.length > MAX_CHARACTERS) throw invalid('it is larger than any preview');
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (cause) {
    throw invalid('it is not JSON', cause);
  }
}

function digestOfBody(body: unknown): Hex {
  try {
    return digestOf(body);
  } catch (cause) {
    throw invalid('it holds text that has no canonical form', cause);
  }
}

/**
 * Reads a package; the digest is computed again over what the file holds.
 * @throws DeskError PREVIEW_ALTERED, PREVIEW_INVALID.
 */
export function unpackPreview(text: string): { readonly preview: Preview; readonly digest: Hex } {
  const read = previewPackageSchema.safeParse(parseJson(text));
  if (!read.success) throw invalid('it holds no preview with a digest', read.error);
  const { preview: body, digest } = read.data;
  if (digestOfBody(body) !== digest) {
    throw new DeskError('PREVIEW_ALTERED', {
      message:
        'The preview was altered after it was written: its digest does not hold. Nothing of it can be relied on.',
      remedy: 'Ask whoever made it for the original, and find out where it was changed.',
      retry: 'never',
    });
  }
  const parsed = previewSchema.safeParse(body);
  if (!parsed.success) throw invalid('it was written by another version', parsed.error);
  return { preview: parsed.data, digest };
}
