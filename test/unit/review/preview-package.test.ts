import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { packPreview, unpackPreview } from '../../../electron/review/preview-package.ts';
import { digestOf } from '../../../shared/canonical.ts';
import { DeskError } from '../../../shared/errors.ts';
import { previewDigest } from '../../../shared/preview.ts';
import type { Preview } from '../../../shared/preview.ts';
import { alteredIn, leavesOf } from '../../support/json-paths.ts';
import { address, samplePreview } from '../store/records.ts';

const preview: Preview = {
  ...samplePreview(),
  tokens: [
    {
      address: address(0x70),
      name: 'Bond',
      symbol: 'BND',
      decimals: 6,
      balance: '1000',
      frozen: '0',
      addressFrozen: false,
      paused: true,
      custodianRight: true,
      predicted: { outcome: 'fails', by: 'simulation', reason: 'TOKEN_PAUSED', message: 'm', remedy: 'r' },
    },
  ],
  blockers: [{ code: 'WALLET_NOT_REGISTERED', message: 'm', remedy: 'r' }],
  warnings: [{ code: 'NO_DIRECTORY', message: 'm', remedy: 'r' }],
};
const packed = packPreview(preview);

/** The code that reading ends with; both make the terminal exit with 5. */
function codeOf(text: string): string {
  try {
    unpackPreview(text);
    return 'none';
  } catch (error) {
    if (error instanceof DeskError && error.group === 'verification') return error.code;
    throw error;
  }
}

describe('a preview package', () => {
  it('reads back as it was written, with the digest of the preview', () => {
    expect(unpackPreview(packed)).toEqual({ preview, digest: previewDigest(preview) });
  });

  it('reads the same after a program has laid it out anew or put a byte order mark before it', () => {
    const anew = JSON.stringify(JSON.parse(packed), null, 4);

    expect(unpackPreview(anew).preview).toEqual(preview);
    expect(unpackPreview(`\uFEFF${packed}`).preview).toEqual(preview);
  });

  it('is refused when any one field of it was altered', () => {
    const whole: unknown = JSON.parse(packed);
    for (const path of leavesOf(whole)) {
      expect(codeOf(JSON.stringify(alteredIn(whole, path))), path.join('.')).not.toBe('none');
    }
  });

  it('is refused when any place of it holds any other value, or none', () => {
    const whole: unknown = JSON.parse(packed);
    const place = fc
      .constantFrom(...leavesOf(whole))
      .chain((leaf) => fc.integer({ min: 1, max: leaf.length }).map((length) => leaf.slice(0, length)));
    fc.assert(
      fc.property(place, fc.option(fc.jsonValue(), { nil: undefined }), (path, value) => {
        const altered = alteredIn(whole, path, () => value);
        fc.pre(JSON.stringify(altered) !== JSON.stringify(whole) && !sameNumber(whole, altered));
        expect(codeOf(JSON.stringify(altered))).not.toBe('none');
      }),
      { numRuns: 500 },
    );
  });

  it('is refused when cut off anywhere', () => {
    fc.assert(
      fc.property(fc.nat(packed.length - 2), (length) => {
        expect(codeOf(packed.slice(0, length))).toBe('PREVIEW_INVALID');
      }),
    );
  });

  it.each([
    ['another version', { ...preview, version: 2 }],
    ['another format', { ...preview, format: 'recovery-desk/plan' }],
    ['a field more', { ...preview, note: 'added' }],
    ['nothing', null],
    ['a text', 'preview'],
  ])('that holds %s under a right digest is refused as one of another version', (_what, body) => {
    expect(codeOf(JSON.stringify({ preview: body, digest: digestOf(body) }))).toBe('PREVIEW_INVALID');
  });

  it.each([
    ['no JSON', 'not JSON'],
    ['nothing', ''],
    ['a list', '[]'],
    ['no digest', JSON.stringify({ preview })],
    ['a field beside preview and digest', JSON.stringify({ ...JSON.parse(packed), more: 1 })],
    ['half a surrogate pair', packed.replace('"Bond"', String.raw`"\ud800"`)],
    [
      'endless nesting',
      `{"preview":${'['.repeat(100_000)}${']'.repeat(100_000)},"digest":"0x${'0'.repeat(64)}"}`,
    ],
    ['more than any preview', `${packed}${' '.repeat(33 * 1024 * 1024)}`],
  ])('with %s is refused', (_what, text) => {
    expect(codeOf(text)).not.toBe('none');
  });
});

/** JSON writes -0 as 0. */
function sameNumber(one: unknown, other: unknown): boolean {
  try {
    return digestOf(one) === digestOf(JSON.parse(JSON.stringify(other)));
  } catch {
    return false;
  }
}
