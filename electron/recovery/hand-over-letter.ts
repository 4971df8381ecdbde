/** The letter that goes to the holder with the new wallets: what to do next, in plain words. It holds no secret. */
import type { Address } from '../../shared/address.ts';

/** A wallet, and the lost one that it stands for now. */
interface Replaced {
  readonly wallet: Address;
  readonly lostWallet: Address;
}

export interface LetterFacts {
  readonly person: string;
  readonly network: string;
  /** Each that is handed over. */
  readonly wallets: readonly Replaced[];
  /** Smart accounts, which one of the new wallets owns. */
  readonly accounts: readonly (Replaced & { readonly owner: Address })[];
  /** What the holder recovers by themselves with a new wallet, for it has not done so at the desk. */
  readonly left: readonly (Replaced & { readonly symbol: string; readonly token: Address })[];
  /** Whether a new wallet has some native coin left, which it was given for gas. */
  readonly given: boolean;
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

const FIRST_STEP: Readonly<Record<'one' | 'several', string>> = {
  one: 'You receive two things by two different ways: a file, the <em>keystore</em>, and a <em>passphrase</em> of several words. Whoever has both has your wallet. Never keep them together, and never send them on.',
  several:
    'For each of the new wallets you receive two things by two different ways: a file, the <em>keystore</em>, and a <em>passphrase</em> of several words, which opens that one alone. Both name the wallet that they are for. Whoever has both has that wallet. Never keep them together, and never send them on. Do what follows for each wallet by itself.',
};

const STEPS: readonly string[] = [
  'Open a wallet program that imports a keystore (it may call it &ldquo;JSON file&rdquo;), on a computer that you trust. Choose the file, and type the words as they are written, in small letters, with one space between. It may take a minute.',
  'Compare the address that the program shows with the one above, all of it.',
  'Call the desk on the number that you know, not on one from a message, and read out the address. The desk then deletes what it has: from then on nobody but you can open the wallet.',
  'Set a passphrase of your own, make a backup that you keep elsewhere, and destroy the letter with the words.',
  'Some tokens can be moved only when your proofs of identity are issued again on the new identity. The desk tells you when that is done.',
];

type Row = readonly [name: string, value: string];

function rowsOf({ wallets, accounts, network, reference }: LetterFacts): readonly Row[] {
  const numbered = wallets.length > 1;
  return [
    ...wallets.flatMap(({ wallet, lostWallet }, index): readonly Row[] => [
      [numbered ? `Your new wallet ${index + 1}` : 'Your new wallet', wallet],
      ['In place of', lostWallet],
    ]),
    ...accounts.flatMap(({ wallet, lostWallet, owner }): readonly Row[] => [
      ['Your new smart account', wallet],
      ['In place of', lostWallet],
      ['It has no keystore: it is used with your wallet', owner],
    ]),
    ['Network', network],
    ['Our reference', reference],
  ];
}

/** What is still to be done with the wallet, and what is on it beside the tokens. */
function ownWay({ left, given }: LetterFacts): string {
  const calls = left.map(
    ({ symbol, token, wallet, lostWallet }) =>
      `<li>${escaped(symbol)}: with the wallet <code>${wallet}</code>, on the token contract <code>${token}</code>, call <code>recoverTokens</code> with your old wallet <code>${lostWallet}</code>. The desk can tell you how, and will never do it for you.</li>`,
  );
  return [
    ...(calls.length === 0
      ? []
      : [
          `<p>Some of what you held is still on the old wallet, and only your new one can fetch it:</p><ul>${calls.join('')}</ul>`,
        ]),
    ...(given
      ? [
          '<p>Your new wallet has some of the network&rsquo;s own coin: it paid for moving tokens, and what is left is yours.</p>',
        ]
      : []),
  ].join('\n');
}

/** A page of its own in HTML: no script, nothing loaded from elsewhere, an A4 sheet when it is printed. */
export function holderLetter(facts: LetterFacts): string {
  const several = facts.wallets.length > 1;
  const listed = rowsOf(facts).map(
    ([name, value]) => `<dt>${name}</dt><dd><code>${escaped(value)}</code></dd>`,
  );
  const title = several ? 'Your new wallets' : 'Your new wallet';
  const moved = several
    ? 'Your identity and your tokens were moved to new wallets, for the old ones were reported lost. This is how you take them over.'
    : 'Your identity and your tokens were moved to a new wallet, for the old one was reported lost. This is how you take it over.';
  const steps = [FIRST_STEP[several ? 'several' : 'one'], ...STEPS];
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${title}</title>
<style>${STYLE}</style>
</head>
<body>
<h1>${title}</h1>
${facts.practice ? '<p class="practice">Practice: nothing here is real.</p>\n' : ''}<p>To ${escaped(facts.person)}</p>
<p>${moved}</p>
<dl>${listed.join('')}</dl>
<ol>${steps.map((step) => `<li>${step}</li>`).join('')}</ol>
${ownWay(facts)}
<p>Nobody from the desk will ever ask you for the passphrase or the file. If somebody does, do not answer, and call the desk. If you lose either before you have made a backup, call the desk as well: they cannot open the wallet, but they can begin anew.</p>
</body>
</html>
`;
}
