/** What a dialog of this runtime shows; all of it is text. */
export interface DialogContent {
  readonly title: string;
  readonly message: string;
  readonly detail: string;
  readonly buttons: readonly string[];
  /** The button that has the focus. */
  readonly defaultId: number;
  /** Where a file is to be chosen: which kinds, and whether several. */
  readonly files?: { readonly accept: readonly string[]; readonly multiple: boolean };
}

/** The page of a dialog: a form without any script, whose answer is a navigation. */
export function dialogPage(content: DialogContent): string {
  const { title, message, detail, buttons, defaultId, files } = content;
  const rows = buttons.map(
    (label, index) =>
      `<button name="button" value="${index}"${index === defaultId ? ' autofocus' : ''}>${escaped(label)}</button>`,
  );
  const chooser =
    files === undefined
      ? ''
      : `<input type="file" aria-label="${escaped(message)}" accept="${escaped(files.accept.join(','))}"${files.multiple ? ' multiple' : ''}>`;
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>${escaped(title)}</title><link rel="stylesheet" href="/dialog.css"></head>
<body role="alertdialog" aria-labelledby="message" aria-describedby="detail">
<form action="/answer" method="get">
<h1 id="message">${escaped(message)}</h1>
<p id="detail">${escaped(detail)}</p>
${chooser}
<footer>${rows.join('')}</footer>
</form>
</body>
</html>`;
}

export const DIALOG_STYLE = `
:root { color-scheme: light dark; font: 15px/1.5 system-ui, sans-serif; }
body { margin: 0; padding: 24px; }
form { display: flex; flex-direction: column; min-height: calc(100vh - 48px); }
h1 { font-size: 17px; margin: 0 0 8px; }
p { margin: 0 0 16px; white-space: pre-wrap; overflow-wrap: anywhere; }
footer { margin-top: auto; padding-top: 16px; display: flex; gap: 8px; justify-content: flex-end; flex-wrap: wrap; }
button { font: inherit; padding: 6px 16px; min-width: 80px; }
button:focus-visible { outline: 3px solid Highlight; outline-offset: 2px; }
`;

// SECURITY: a dialog's page runs no script, loads nothing but its style, and answers to itself alone.
export const DIALOG_POLICY =
  "default-src 'none'; style-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

function escaped(text: string): string {
  return text.replace(/[&<>"']/gu, (character) => `&#${character.codePointAt(0)};`);
}
