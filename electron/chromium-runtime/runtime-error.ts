export type RuntimeErrorCode =
  | 'BROWSER_NOT_FOUND'
  | 'NO_DISPLAY'
  | 'BROWSER_POLICY_FORBIDS'
  | 'BROWSER_LOST'
  | 'DEVTOOLS_OPENED'
  | 'UNSAFE_START';

/** What keeps this runtime from working, in words for the person at the desk. */
export class RuntimeError extends Error {
  override readonly name = 'RuntimeError';

  readonly code: RuntimeErrorCode;
  /** What the person can do about it. */
  readonly remedy: string;

  constructor(code: RuntimeErrorCode, message: string, remedy: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
    this.remedy = remedy;
  }

  /** The error as it is printed where there is no window to show it in. */
  report(): string {
    return `${this.code}: ${this.message}\nWhat to do: ${this.remedy}\n`;
  }
}
