/** The letter that goes to the holder with a wallet: what to do next, in plain words. It holds no secret. */
import type { Address } from '../../shared/address.ts';

export interface LetterFacts {
  readonly person: string;
  readonly network: string;
  readonly wallet: Address;
  readonly lostWallet: Address;
  readonly reference: string;
  readonly practice: boolean;
}

const MARKS: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text as text, whatever is in it. */
export function escaped(text: string): string {
  return text.replaceAll(/[&<>"']/gu, (mark) => MARKS[mark] ?? '');
}

const STYLE = `
@page { size: A4; margin: 22mm; }
body { font: 12pt/1.5 Georgia, 'Times New Roman', serif; color: #000; background: #fff; max-width: 166mm; margin: 0 auto; padding: 8mm 0; }
h1 { font-size: 17pt; margin: 0 0 6mm; }
code { font: 10.5pt/1.5 'DejaVu Sans Mono', Consolas, Menlo, monospace; overflow-wrap: anywhere; }
dl { margin: 0 0 6mm; } dt { font-weight: bold; } dd { margin: 0 0 2mm; }
li { margin-bottom: 2mm; }
.practice { border: 1mm solid #000; padding: 3mm; font-weight: bold; }
@media print { body { padding: 0; } }
`;

const STEPS: readonly string[] = [
  'You receive two things by two different ways: a file, the <em>keystore</em>, and a <em>passphrase</em> of several words. Whoever has both has your wallet. Never keep them together, and never send them on.',
  'Open a wallet program that imports a keystore (it may call it &ldquo;JSON file&rdquo;), on a computer that you trust. Choose the file, and type the words as they are written, in small letters, with one space between. It may take a minute.',
  'Compare the address that the program shows with the one above, all of it.',
  'Call the desk on the number that you know, not on one from a message, and read out the address. The desk then deletes what it has: from then on nobody but you can open the wallet.',
  'Set a passphrase of your own, make a backup that you keep elsewhere, and destroy the letter with the words.',
  'Some tokens can be moved only when your proofs of identity are issued again on the new identity. The desk tells you when that is done.',
];

/** A page of its own in HTML: no script, nothing loaded from elsewhere, an A4 sheet when it is printed. */
export function holderLetter(facts: LetterFacts): string {
  const rows: readonly (readonly [string, string])[] = [
    ['Your new wallet', facts.wallet],
    ['In place of', facts.lostWallet],
    ['Network', facts.network],
    ['Our reference', facts.reference],
  ];
  const listed = rows.map(([name, value]) => `<dt>${name}</dt><dd><code>${escaped(value)}</code></dd>`);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>Your new wallet</title>
<style>${STYLE}</style>
</head>
<body>
<h1>Your new wallet</h1>
${facts.practice ? '<p class="practice">Practice: nothing here is real.</p>\n' : ''}<p>To ${escaped(facts.person)}</p>
<p>Your identity and your tokens were moved to a new wallet, for the old one was reported lost. This is how you take it over.</p>
<dl>${listed.join('')}</dl>
<ol>${STEPS.map((step) => `<li>${step}</li>`).join('')}</ol>
<p>Nobody from the desk will ever ask you for the passphrase or the file. If somebody does, do not answer, and call the desk. If you lose either before you have made a backup, call the desk as well: they cannot open the wallet, but they can begin anew.</p>
</body>
</html>
`;
}
