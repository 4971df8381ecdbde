import type { ReactElement } from 'react';
import type { ImportPreview } from '../../../shared/people-import.ts';
import { Button } from '../../components/button.tsx';
import { countText } from '../../components/amount-text.ts';
import { KeyValue } from '../../components/key-value.tsx';
import { Section } from '../../components/page.tsx';
import { TickBox } from '../../components/tick-box.tsx';
import { changeCount, changeWords, moreWords, toldCount } from './import-words.ts';
import styles from './import-panel.module.css';

export interface ImportPanelProps {
  readonly preview: ImportPreview;
  readonly busy: boolean;
  readonly onRemoveMissing: (removeMissing: boolean) => void;
  readonly onImport: () => void;
  readonly onCancel: () => void;
}

/** What an import would change, before anything is changed. */
export function ImportPanel({
  preview,
  busy,
  onRemoveMissing,
  onImport,
  onCancel,
}: ImportPanelProps): ReactElement {
  const { fileName, added, changed, unchanged, missing, removesMissing, errorCount, errors, changes } =
    preview;
  const count = changeCount(preview);
  return (
    <Section title={`Import of ${fileName}`} aside="Nothing is changed yet">
      <KeyValue
        flow="row"
        facts={[
          { name: 'New', value: countText(added) },
          { name: 'Changed', value: countText(changed) },
          { name: 'As they are', value: countText(unchanged) },
          { name: 'Not in the file', value: countText(missing), hint: removesMissing ? 'removed' : 'stay' },
        ]}
      />
      {errorCount === 0 ? null : (
        <div role="alert" className={styles.errors}>
          <p>Nothing can be imported before the file is corrected: {errorWords(errorCount)}.</p>
          <ul>
            {errors.map(({ line, message }) => (
              <li key={`${String(line)} ${message}`}>
                Line {line}: {message}
              </li>
            ))}
          </ul>
          <p className={styles.soft}>{moreWords(errorCount - errors.length)}</p>
        </div>
      )}
      {changes.length === 0 ? null : (
        <ul className={styles.changes} aria-label="Changes" tabIndex={0}>
          {changes.map((change) => (
            <li key={`${change.kind} ${change.id}`}>{changeWords(change)}</li>
          ))}
          {toldCount(preview) > changes.length ? (
            <li className={styles.soft}>{moreWords(toldCount(preview) - changes.length)}</li>
          ) : null}
        </ul>
      )}
      <div className={styles.deeds}>
        <div className={styles.choice}>
          <TickBox
            label="Also remove those who are not in the file"
            checked={removesMissing}
            disabled={busy}
            onChange={onRemoveMissing}
          />
        </div>
        <Button variant="subtle" size="sm" disabled={busy} onClick={onCancel}>
          Cancel
        </Button>
        <Button size="sm" loading={busy} disabled={errorCount > 0 || count === 0} onClick={onImport}>
          {deedWords(count)}
        </Button>
      </div>
    </Section>
  );
}

function deedWords(count: number): string {
  if (count === 0) return 'Nothing to import';
  return count === 1 ? 'Import 1 change' : `Import ${countText(count)} changes`;
}

function errorWords(count: number): string {
  return count === 1 ? 'one line is wrong' : `${countText(count)} lines are wrong`;
}
