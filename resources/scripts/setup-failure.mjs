// @ts-check

/** A set-up step that could not be done, in words for the person at the terminal. */
export class SetupFailure extends Error {
  /**
   * @param {string} what what failed
   * @param {string} remedy what to do about it
   */
  constructor(what, remedy) {
    super(what);
    this.name = 'SetupFailure';
    this.remedy = remedy;
  }
}
