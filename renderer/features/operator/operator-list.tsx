import { useEffect, useRef, useState } from 'react';
import type { KeyboardEvent, ReactElement } from 'react';
import type { OperatorEntry, SignInWays } from '../../../shared/desk-state.ts';
import { takeDeskState } from '../../app/store.ts';
import { useDeed } from '../../app/use-deed.ts';
import { Button } from '../../components/button.tsx';
import { ErrorPanel } from '../../components/error-panel.tsx';
import { Icon } from '../../components/icon.tsx';
import { movedIndex } from '../../components/row-keys.ts';
import { Told } from '../../components/told.tsx';
import { call, newKey } from '../../desk.ts';
import styles from './operator-list.module.css';
import { barredWords, placeWords, proofWords, signInWords } from './operator-words.ts';

export interface OperatorListProps {
  readonly operators: readonly OperatorEntry[];
  readonly ways: SignInWays;
}

const PAGE = 5;

/** Who can sign in, each with the way to. One tab stop: arrow keys, Home and End move in the list. */
export function OperatorList({ operators, ways }: OperatorListProps): ReactElement {
  const list = useRef<HTMLUListElement>(null);
  const [active, setActive] = useState(0);
  const [asked, setAsked] = useState<OperatorEntry | null>(null);
  const signing = useDeed(
    (operatorId: string) => call('operator.signIn', { key: newKey(), operatorId }),
    takeDeskState,
  );
  const current = Math.min(active, operators.length - 1);
  useFocusAfter(signing.busy, () => focusRow(list.current, current));

  function move(event: KeyboardEvent): void {
    const next = movedIndex(event.key, current, operators.length, PAGE);
    if (next === null) return;
    event.preventDefault();
    setActive(next);
    focusRow(list.current, next);
  }

  function signIn(operator: OperatorEntry, index: number): void {
    setActive(index);
    setAsked(operator);
    signing.run(operator.id);
  }

  return (
    <div className={styles.operators}>
      <ul className={styles.list} ref={list} aria-label="Operators of this desk" onKeyDown={move}>
        {operators.map((operator, index) => (
          <OperatorRow
            key={operator.id}
            operator={operator}
            ways={ways}
            current={index === current}
            waiting={signing.busy && asked?.id === operator.id}
            held={signing.busy}
            onFocus={() => setActive(index)}
            onSignIn={() => signIn(operator, index)}
          />
        ))}
      </ul>
      <Told words={signing.busy && asked !== null ? proofWords(asked) : null} />
      {signing.error === null ? null : <ErrorPanel error={signing.error} />}
    </div>
  );
}

interface OperatorRowProps {
  readonly operator: OperatorEntry;
  readonly ways: SignInWays;
  /** Whether it is the one that the tab key comes to. */
  readonly current: boolean;
  readonly waiting: boolean;
  /** Whether another sign-in is under way. */
  readonly held: boolean;
  readonly onFocus: () => void;
  readonly onSignIn: () => void;
}

function OperatorRow(props: OperatorRowProps): ReactElement {
  const { operator, ways, current, waiting, held, onFocus, onSignIn } = props;
  const barred = barredWords(operator, ways);
  return (
    <li className={styles.operator}>
      <span className={styles.mark}>
        <Icon name="person" size={18} />
      </span>
      <span className={styles.words}>
        <strong className={styles.name}>{operator.name}</strong>
        <span className={styles.soft}>
          {signInWords(operator.signIn, ways)} · {placeWords(operator.key)}
        </span>
        {barred === null ? null : <span className={styles.barred}>{barred}</span>}
      </span>
      <Button
        size="sm"
        tabIndex={current ? 0 : -1}
        disabled={barred !== null || (held && !waiting)}
        loading={waiting}
        onFocus={onFocus}
        onClick={onSignIn}
      >
        Sign in <span className="said">as {operator.name}</span>
      </Button>
    </li>
  );
}

function focusRow(list: HTMLUListElement | null, index: number): void {
  list?.children.item(index)?.querySelector('button')?.focus();
}

/** A button that was busy cannot keep the focus: it is given back once nothing is awaited any more. */
function useFocusAfter(busy: boolean, focus: () => void): void {
  const was = useRef(false);
  useEffect(() => {
    if (was.current && !busy) focus();
    was.current = busy;
  });
}
