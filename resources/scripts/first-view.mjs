// @ts-check
/**
 * What a window opens with, made into two answers of main: a document with its styles in it, and one script. Each file
 * that is asked for on its own holds the first view up.
 */

/** @import { Plugin } from 'vite' */

/** The chunk of all that the first view needs. */
export const FIRST_VIEW = 'first';

/**
 * Copies the bundler's helper functions into the script of the first view. They hold no state, so later views may take
 * theirs from the file that they are in.
 * @returns {Plugin}
 */
export function oneFirstScript() {
  return {
    name: 'one-first-script',
    generateBundle(_, bundle) {
      const chunks = Object.values(bundle).filter((one) => one.type === 'chunk');
      const first = chunks.find(({ name }) => name === FIRST_VIEW);
      if (first === undefined) return this.error('no chunk holds the first view');
      const helpers = chunks.find(({ moduleIds }) => moduleIds.join() === '\0rolldown/runtime.js');
      if (helpers === undefined) return;
      const copy = inPlace(helpers.code);
      const code = first.code.replace(importOf(helpers.fileName), (_whole, /** @type {string} */ names) => {
        return `const{${names.replaceAll(' as ', ':')}}=${copy};`;
      });
      if (code === first.code)
        return this.error(`the first view does not take ${helpers.fileName} as expected`);
      first.code = code;
      // The document names every script that its entry imports.
      for (const chunk of chunks.filter(({ isEntry, name }) => isEntry || name === FIRST_VIEW))
        chunk.imports = chunk.imports.filter((file) => file !== helpers.fileName);
    },
  };
}

/** @param {string} fileName */
function importOf(fileName) {
  const file = fileName.slice(fileName.lastIndexOf('/') + 1).replaceAll('.', '\\.');
  return new RegExp(`import\\s*\\{([^}]*)\\}\\s*from\\s*["']\\./${file}["'];?`, 'u');
}

/**
 * A module as an expression of what it exports.
 * @param {string} code
 */
function inPlace(code) {
  const [exported = '', names = ''] = /export\s*\{([^}]*)\};?/u.exec(code) ?? [];
  const fields = names.split(',').map((name) => {
    const [local = '', known = local] = name.trim().split(' as ');
    return `${known}:${local}`;
  });
  return `(()=>{${code.replace(exported, '')};return{${fields.join()}}})()`;
}

/**
 * Puts the styles of the first view into the document, and has it wait for its script before it paints: an empty page,
 * painted first, holds the first view up.
 * @returns {Plugin}
 */
export function wholeDocument() {
  return {
    name: 'whole-document',
    transformIndexHtml: {
      order: 'post',
      handler(html, { bundle }) {
        const styles = html.match(/<link rel="stylesheet"[^>]*>/gu) ?? [];
        return styles
          .reduce((text, tag) => {
            const file = /href="\.\/([^"]+)"/u.exec(tag)?.[1] ?? '';
            const sheet = bundle?.[file];
            if (sheet?.type !== 'asset') throw new Error(`no style sheet is at ${file}`);
            delete bundle?.[file];
            return text.replace(tag, () => `<style>${String(sheet.source).trim()}</style>`);
          }, html)
          .replaceAll('<script type="module"', '<script type="module" blocking="render"');
      },
    },
  };
}
