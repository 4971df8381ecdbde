import { useRef, useState } from 'react';
import type { ReactElement } from 'react';
import { Button } from '../../components/button.tsx';
import { Icon } from '../../components/icon.tsx';
import styles from './replacement-form.module.css';

const SAID = {
  no: '',
  yes: 'Copied',
  refused: 'Could not be copied: select the text and copy it by hand',
} as const;

/** Copies a long text. Where the desk has no right to the clipboard, the old way by a selection is taken. */
export function CopyText({ text, label }: { readonly text: string; readonly label: string }): ReactElement {
  const field = useRef<HTMLTextAreaElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const [copied, setCopied] = useState<keyof typeof SAID>('no');

  function selectAndCopy(): boolean {
    field.current?.select();
    const done = document.execCommand('copy');
    button.current?.focus();
    return done;
  }

  async function copy(): Promise<void> {
    try {
      await navigator.clipboard.writeText(text);
      setCopied('yes');
    } catch {
      setCopied(selectAndCopy() ? 'yes' : 'refused');
    }
  }

  return (
    <span className={styles.copy}>
      <span role="status" className={styles.hint}>
        {SAID[copied]}
      </span>
      <Button
        ref={button}
        variant="default"
        size="sm"
        icon={<Icon name={copied === 'yes' ? 'done' : 'copy'} size={13} />}
        onClick={() => void copy()}
      >
        {label}
      </Button>
      <textarea ref={field} className="said" readOnly tabIndex={-1} aria-hidden="true" value={text} />
    </span>
  );
}
