/**
 * A request for an issuer as a page to print: one self-contained document, plain text in plain elements, no scripts and
 * nothing from elsewhere. Everything that is not of this file is escaped.
 */
import type { ClaimRequest } from '../../../shared/claims.ts';
import { plainText } from '../../../shared/plain-text.ts';
import { REASON_TITLES } from '../../../shared/recovery-reasons.ts';

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text that can stand in an element or a quoted attribute; what reorders or hides text is taken out of it. */
function escaped(text: string): string {
  return plainText(text, LONGEST).replace(/[&<>"']/gu, (character) => ENTITIES[character] ?? '');
}

/** Characters of one value; the document beside it has it whole. */
const LONGEST = 2_000;

const STYLE = `
@page { size: A4; margin: 18mm; }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 174mm; color: #111; background: #fff; font: 10.5pt/1.45 system-ui, sans-serif; }
h1 { font-size: 16pt; margin: 0 0 2mm; }
h2 { font-size: 12pt; margin: 7mm 0 2mm; break-after: avoid; }
p { margin: 0 0 2.5mm; }
table { width: 100%; border-collapse: collapse; table-layout: fixed; }
th, td { text-align: left; vertical-align: top; padding: 1.4mm 2mm 1.4mm 0; border-bottom: 0.2mm solid #999; overflow-wrap: anywhere; }
tr { break-inside: avoid; }
.facts th { width: 42mm; font-weight: 600; }
.code { font-family: ui-monospace, monospace; font-size: 8.5pt; }
.mark { border: 0.4mm solid #111; padding: 2mm; font-weight: 600; margin-bottom: 4mm; }
.sign { margin-top: 12mm; display: flex; gap: 10mm; }
.sign div { flex: 1; border-top: 0.2mm solid #111; padding-top: 1mm; }
`;

type Row = readonly (readonly [text: string, kind: 'text' | 'code'])[];

function cell([text, kind]: Row[number]): string {
  return kind === 'code' ? `<td class="code">${escaped(text)}</td>` : `<td>${escaped(text)}</td>`;
}

function table(header: readonly string[], rows: readonly Row[]): string {
  const head = header.map((title) => `<th scope="col">${escaped(title)}</th>`).join('');
  const body = rows.map((row) => `<tr>${row.map(cell).join('')}</tr>`).join('\n');
  return `<table><thead><tr>${head}</tr></thead><tbody>\n${body}\n</tbody></table>`;
}

function facts(rows: readonly (readonly [name: string, value: Row[number]])[]): string {
  const body = rows.map(([name, value]) => `<tr><th scope="row">${escaped(name)}</th>${cell(value)}</tr>`);
  return `<table class="facts"><tbody>\n${body.join('\n')}\n</tbody></table>`;
}

function issueSection({ issue, replacementIdentity }: ClaimRequest): string {
  if (issue.length === 0) return '<h2>To issue</h2>\n<p>Nothing.</p>';
  const rows = issue.map(({ topic, topicName, formerData, alsoAsked, certain }): Row => [
    [topicName ?? 'without a name', 'text'],
    [topic, 'code'],
    [formerData ?? 'none that is valid', formerData === null ? 'text' : 'code'],
    [
      [
        ...(alsoAsked === 0 ? [] : [`${alsoAsked} other issuers are asked too; one of all is enough.`]),
        ...(certain ? [] : ['It could not be read whether a token asks for it.']),
      ].join(' '),
      'text',
    ],
  ]);
  return [
    '<h2>To issue</h2>',
    `<p>Please check that these still hold of the person, and issue them on the replacement identity <span class="code">${escaped(replacementIdentity)}</span>.</p>`,
    table(['Claim', 'Topic', 'Data of your former claim', 'Note'], rows),
  ].join('\n');
}

function revokeSection({ revoke, abandonedIdentity }: ClaimRequest): string {
  if (abandonedIdentity === null || revoke.length === 0) return '<h2>To revoke</h2>\n<p>Nothing.</p>';
  return [
    '<h2>To revoke</h2>',
    `<p>The identity <span class="code">${escaped(abandonedIdentity)}</span> is abandoned: whoever has its lost wallet could still show your claims on it. Please revoke them.</p>`,
    table(
      ['Claim', 'Topic'],
      revoke.map(({ topic, topicName }): Row => [
        [topicName ?? 'without a name', 'text'],
        [topic, 'code'],
      ]),
    ),
  ].join('\n');
}

export function requestPage(request: ClaimRequest): string {
  const { network, participant, readAt } = request;
  const title = `Claims to issue anew and to revoke: recovery ${request.recoveryId}`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width">
<title>${escaped(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
${network.practice ? '<p class="mark">PRACTICE NETWORK: nothing here is real.</p>' : ''}
<h1>Claims after a recovery</h1>
<p>A person lost the wallet that their on-chain identity was linked to. They were recovered to a new wallet with a new identity, to which claims do not move.</p>
${facts([
  ['Issuer', [request.issuer, 'code']],
  ['Person', [participant.name ?? participant.id, 'text']],
  ['Known as', [participant.id, 'text']],
  ['Recovery, ticket', [`${request.recoveryId}, ${request.ticket}`, 'text']],
  ['Reason', [REASON_TITLES[request.reason], 'text']],
  ['Network', [`${network.name}, chain ${network.chainId}`, 'text']],
  ['System', [network.system, 'code']],
  ['Lost wallet', [request.lostWallet, 'code']],
  ['Abandoned identity', [request.abandonedIdentity ?? 'not known', 'code']],
  ['Replacement wallet', [request.replacementWallet, 'code']],
  ['Replacement identity', [request.replacementIdentity, 'code']],
])}
${issueSection(request)}
${revokeSection(request)}
<p>As read at block ${readAt.number} of ${escaped(readAt.time)}; made ${escaped(request.createdAt)}. The same is in the document of this request (JSON).</p>
<div class="sign"><div>Date, name</div><div>Signature of the compliance desk</div></div>
</main>
</body>
</html>
`;
}
