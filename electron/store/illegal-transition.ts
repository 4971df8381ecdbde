/** A change that the state of a row does not allow: a fault of the caller. Nothing was written. */
export class IllegalTransition extends Error {
  override readonly name = 'IllegalTransition';
}
