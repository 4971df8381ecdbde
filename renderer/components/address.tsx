import { useEffect, useRef, useState } from 'react';
import type { ReactElement } from 'react';
import styles from './address.module.css';
import { groupedHex, shortHex } from './address-text.ts';
import { Icon } from './icon.tsx';

export interface AddressProps {
  /** An address or another long hex text, such as a digest. */
  readonly value: string;
  /** What it is the address of, for those who do not see where it stands. */
  readonly label?: string;
  /** `full` where a person compares it, `short` where it is only referred to, `plain` inside tables: short, no button. */
  readonly form?: 'short' | 'full' | 'plain';
}

/** A shortened address with the full form on hover and focus, and a button that copies it. */
export function Address({ value, label, form = 'short' }: AddressProps): ReactElement {
  if (form === 'plain') return <PlainAddress value={value} />;
  return (
    <span className={styles.address}>
      {form === 'full' ? <FullForm value={value} /> : <ShortForm value={value} />}
      <CopyButton value={value} label={label ?? 'address'} />
    </span>
  );
}

function PlainAddress({ value }: { readonly value: string }): ReactElement {
  return (
    <span className={styles.hex} title={value}>
      <span aria-hidden="true">{shortHex(value)}</span>
      <span className="said">{value}</span>
    </span>
  );
}

function ShortForm({ value }: { readonly value: string }): ReactElement {
  return (
    <>
      <span className={styles.hex} aria-hidden="true">
        {shortHex(value)}
      </span>
      <span className={styles.whole} data-whole aria-hidden="true">
        <Groups value={value} />
      </span>
      <span className="said">{value}</span>
    </>
  );
}

function FullForm({ value }: { readonly value: string }): ReactElement {
  return (
    <>
      <span className={styles.full} aria-hidden="true">
        <Groups value={value} />
      </span>
      <span className="said">{value}</span>
    </>
  );
}

/** Groups are set apart by space that a selection does not take along. */
function Groups({ value }: { readonly value: string }): ReactElement {
  return (
    <>
      {groupedHex(value).map((group, index) => (
        <span key={index} className={styles.group}>
          {group}
        </span>
      ))}
    </>
  );
}

const SHOWN_FOR = 1600;

function CopyButton({ value, label }: { readonly value: string; readonly label: string }): ReactElement {
  const [copied, setCopied] = useState<'no' | 'yes' | 'refused'>('no');
  const timer = useRef<number | undefined>(undefined);
  useEffect(() => () => window.clearTimeout(timer.current), []);

  async function copy(): Promise<void> {
    const done = await writeClipboard(value);
    setCopied(done ? 'yes' : 'refused');
    window.clearTimeout(timer.current);
    timer.current = window.setTimeout(() => setCopied('no'), SHOWN_FOR);
  }

  return (
    <>
      <button
        type="button"
        className={styles.copy}
        onClick={() => void copy()}
        aria-label={`Copy ${label}`}
        title="Copy"
      >
        <Icon name={copied === 'yes' ? 'done' : copied === 'refused' ? 'failed' : 'copy'} size={13} />
      </button>
      <span className="said" role="status">
        {copied === 'yes' ? 'Copied' : copied === 'refused' ? 'Could not be copied' : ''}
      </span>
    </>
  );
}

/** The clipboard's own interface is refused where the desk grants no permissions: then the selection is copied. */
async function writeClipboard(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copySelected(text);
  }
}

function copySelected(text: string): boolean {
  const focused = document.activeElement;
  const field = document.createElement('textarea');
  field.value = text;
  field.className = 'said';
  document.body.append(field);
  field.select();
  try {
    return document.execCommand('copy');
  } finally {
    field.remove();
    if (focused instanceof HTMLElement) focused.focus();
  }
}
