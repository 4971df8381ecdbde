import type { ComponentPropsWithRef, ReactElement, ReactNode } from 'react';
import styles from './button.module.css';

export interface ButtonProps extends ComponentPropsWithRef<'button'> {
  /** `filled`: the one thing to do next; `default`: another; `subtle`: a way out, or of little weight. */
  readonly variant?: 'filled' | 'default' | 'subtle';
  /** `md` stands by itself, `sm` beside others or in a row, `line` within a line of text. */
  readonly size?: 'md' | 'sm' | 'line';
  /** `danger` for what takes something away. */
  readonly tone?: 'accent' | 'danger' | 'calm';
  /** What was asked for is being done: it cannot be asked for again meanwhile. */
  readonly loading?: boolean;
  readonly icon?: ReactNode;
}

/** A button. Plain, so that the first view of the window waits for no component library. */
export function Button({
  variant = 'filled',
  size = 'md',
  tone = 'accent',
  loading = false,
  icon,
  disabled = false,
  type = 'button',
  className,
  children,
  ...rest
}: ButtonProps): ReactElement {
  return (
    <button
      {...rest}
      type={type}
      className={className === undefined ? styles.button : `${styles.button ?? ''} ${className}`}
      data-variant={variant}
      data-size={size}
      data-tone={tone}
      data-loading={loading || undefined}
      aria-busy={loading || undefined}
      disabled={disabled || loading}
    >
      {icon === undefined ? null : <span className={styles.icon}>{icon}</span>}
      <span className={styles.words}>{children}</span>
    </button>
  );
}
