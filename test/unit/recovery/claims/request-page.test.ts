import { describe, expect, it } from 'vitest';
import { requestPage } from '../../../../electron/recovery/claims/request-page.ts';
import { claimRequestSchema } from '../../../../shared/claims.ts';
import type { ClaimRequest } from '../../../../shared/claims.ts';
import { TIME, address, hash } from '../../store/records.ts';

const HOSTILE = `<script>alert("1")</script><img src=x onerror='x()'>&amp;\u202Eevil`;

function request(over: Partial<ClaimRequest> = {}): ClaimRequest {
  return claimRequestSchema.parse({
    format: 'recovery-desk/claim-request',
    version: 1,
    createdAt: TIME,
    recoveryId: 'R-0123456789',
    reason: 'lost',
    ticket: 'CASE-1',
    network: { name: 'Test', chainId: 31337, practice: false, system: address(5) },
    participant: { id: 'p-1', name: 'A. Person' },
    issuer: address(7),
    lostWallet: address(1),
    abandonedIdentity: address(0x1d),
    replacementWallet: address(2),
    replacementIdentity: address(0x2d),
    issue: [{ topic: '1', topicName: 'knowYourCustomer', formerData: '0x01', alsoAsked: 0, certain: true }],
    revoke: [{ topic: '1', topicName: 'knowYourCustomer' }],
    readAt: { number: 10, hash: hash(10), time: TIME },
    ...over,
  });
}

/** Start tags of the page, attributes and all. */
function tags(page: string): readonly string[] {
  return page.match(/<[a-z][^>]*>/giu) ?? [];
}

describe('the page of a request', () => {
  it('names issuer, identities, what to issue and what to revoke', () => {
    const page = requestPage(request());

    for (const text of [address(7), address(0x1d), address(0x2d), 'A. Person', 'knowYourCustomer', 'CASE-1'])
      expect(page).toContain(text);
    expect(page).toContain('To issue');
    expect(page).toContain('To revoke');
  });

  it.each<[string, Partial<ClaimRequest>]>([
    ['a person', { participant: { id: HOSTILE, name: HOSTILE } }],
    ['a ticket', { ticket: HOSTILE }],
    ['a network', { network: { name: HOSTILE, chainId: 1, practice: true, system: address(5) } }],
    [
      'topics',
      {
        issue: [{ topic: '1', topicName: HOSTILE, formerData: null, alsoAsked: 2, certain: false }],
        revoke: [{ topic: '1', topicName: HOSTILE }],
      },
    ],
  ])('shows a hostile name of %s as text alone', (_name, over) => {
    const page = requestPage(request(over));

    // The same elements with the same attributes as with a plain name, and nothing that turns text around.
    const plain = requestPage(
      request(JSON.parse(JSON.stringify(over).replaceAll(JSON.stringify(HOSTILE).slice(1, -1), 'plain'))),
    );
    expect(tags(page)).toEqual(tags(plain));
    expect(page).toContain('&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;');
    expect(page).toContain('&amp;amp;');
    expect(page).not.toContain('\u202E');
  });

  it('is self-contained: no script, nothing from elsewhere, and a policy that says so', () => {
    const page = requestPage(request());

    expect(page).toContain(`content="default-src 'none'; style-src 'unsafe-inline'"`);
    expect(page).not.toMatch(/<script|<link|<img|<iframe|\ssrc=|\shref=|url\(|@import|\son\w+=/iu);
    expect(page).toContain('@page { size: A4');
  });

  it('asks to revoke nothing where no identity was abandoned', () => {
    const page = requestPage(request({ abandonedIdentity: null, revoke: [] }));

    expect(page).toContain('<h2>To revoke</h2>\n<p>Nothing.</p>');
    expect(page).toContain('not known');
  });

  it('says where others are asked for the same, and where it is not known whether it is needed', () => {
    const issue = [{ topic: '1', topicName: null, formerData: null, alsoAsked: 2, certain: false }];
    const page = requestPage(request({ issue }));

    expect(page).toContain('2 other issuers are asked too; one of all is enough.');
    expect(page).toContain('It could not be read whether a token asks for it.');
  });
});
