import { Component } from 'react';
import type { ReactNode } from 'react';
import type { ErrorView } from '../../shared/answer.ts';
import { ErrorPanel } from '../components/error-panel.tsx';

/** Nothing of the fault is told: its words may hold what it met. */
export const VIEW_FAULT: ErrorView = {
  code: 'INTERNAL',
  message: 'This view cannot be drawn. A running recovery goes on: it does not depend on what is shown.',
  remedy: 'Try again, or go to another view. If it happens again, report it.',
  retry: 'safe',
};

interface Props {
  readonly children: ReactNode;
}

interface State {
  readonly faulty: boolean;
}

/** Keeps the window when a view can't be drawn: without it a fault would leave an empty one. */
export class ViewFault extends Component<Props, State> {
  override readonly state: State = { faulty: false };

  static getDerivedStateFromError(): State {
    return { faulty: true };
  }

  override render(): ReactNode {
    if (!this.state.faulty) return this.props.children;
    return <ErrorPanel error={VIEW_FAULT} onRetry={() => this.setState({ faulty: false })} />;
  }
}
