import { Suspense } from 'react';
import type { ReactElement } from 'react';
import { ErrorPanel } from '../components/error-panel.tsx';
import { Loading } from '../components/loading.tsx';
import { reconnect } from './connect.ts';
import styles from './app.module.css';
import { CurrentView } from './current-view.tsx';
import { Navigation } from './navigation.tsx';
import { isAway, isLocked, isWorking, useWindow } from './store.ts';
import { TopBar } from './top-bar.tsx';
import { ViewFault } from './view-fault.tsx';
import { usePageColors } from './use-color-scheme.ts';
import { useSession } from './use-session.ts';
import { useShortcuts } from './use-shortcuts.ts';
import { PracticeMark } from '../components/practice-mark.tsx';
import { LockScreen } from '../features/lock/lock-screen.tsx';

/** The whole window. */
export function App(): ReactElement {
  usePageColors(useWindow((state) => state.deskState?.appearance ?? 'system'));
  return <Frame />;
}

function Frame(): ReactElement {
  const deskState = useWindow((state) => state.deskState);
  const unreachable = useWindow((state) => state.unreachable);
  const locked = useWindow(isLocked);
  const working = useWindow(isWorking);
  const away = useWindow(isAway);
  const view = useWindow((state) => state.view.name);
  const session = useSession();
  useShortcuts(session.lock.run);

  if (deskState === null) {
    return (
      <main className={styles.alone}>
        {unreachable === null ? (
          <Loading what="Opening the desk." />
        ) : (
          <ErrorPanel error={unreachable} onRetry={reconnect} />
        )}
      </main>
    );
  }
  if (away) return <LockScreen deskState={deskState} />;
  const practice = deskState.connection.status === 'connected' && deskState.connection.practice;
  return (
    <div className={locked ? styles.locked : styles.frame} data-locked={locked}>
      <header className={styles.top}>
        {practice ? <PracticeMark size="strip" /> : null}
        <TopBar deskState={deskState} session={session} locked={locked} working={working} />
      </header>
      {locked ? null : <Navigation />}
      <main className={styles.main} id="main">
        <ViewFault key={view}>
          <Suspense fallback={null}>
            <CurrentView deskState={deskState} />
          </Suspense>
        </ViewFault>
      </main>
    </div>
  );
}
