import { asDeskError } from '../../shared/errors.ts';
import { entryViewSchema } from '../../shared/entry-view.ts';
import type { EntryValues, EntryVerdict, EntryView } from '../../shared/entry-view.ts';
import type { EntryOutcome } from '../workbench/needs.ts';
import { readEntryReply } from './entry-reply.ts';

export type Submit = (values: EntryValues) => Promise<EntryVerdict>;

const BUSY: EntryVerdict = { taken: false, message: 'What you typed before is still being checked.' };

/** Views being answered, one after the other: what may be typed for each, one answer at a time, until one is taken. */
export class EntryExchange {
  readonly #submit: Submit;
  readonly #shown: (view: EntryView) => void;
  readonly #result = Promise.withResolvers<EntryOutcome>();
  #view: EntryView;
  #checking: Promise<EntryVerdict> | null = null;

  /**
   * @param shown is told of every view after the first.
   * @throws ZodError for a view that cannot be shown, before there is a window.
   */
  constructor(view: EntryView, submit: Submit, shown: (view: EntryView) => void = () => undefined) {
    this.#view = entryViewSchema.parse(view);
    this.#submit = submit;
    this.#shown = shown;
  }

  /** What is to be shown now. */
  get view(): EntryView {
    return this.#view;
  }

  /** Settles once: an answer was taken, or the window is gone. */
  get result(): Promise<EntryOutcome> {
    return this.#result.promise;
  }

  async reply(reply: unknown): Promise<EntryVerdict> {
    if (this.#checking !== null) return BUSY;
    const read = readEntryReply(this.#view, reply);
    if ('refusal' in read) {
      const { refusal: message, ...where } = read;
      return { taken: false, message, ...where };
    }
    this.#checking = this.#judge(read.values);
    const verdict = await this.#checking;
    if (verdict.taken) {
      // Whatever else is sent is met as before: nothing is begun twice.
      this.#result.resolve('taken');
      return verdict;
    }
    this.#checking = null;
    if ('next' in verdict) {
      this.#view = verdict.next;
      this.#shown(verdict.next);
    }
    return verdict;
  }

  /**
   * The window is gone. An answer that is still being checked decides: what it began must not be told as cancelled.
   * @param lost whether nobody closed it
   */
  async giveUp(lost = false): Promise<void> {
    const without = lost ? 'lost' : 'cancelled';
    const verdict = await this.#checking;
    this.#result.resolve(verdict?.taken === true ? 'taken' : without);
  }

  async #judge(values: EntryValues): Promise<EntryVerdict> {
    try {
      const verdict = await this.#submit(values);
      return 'next' in verdict ? { taken: false, next: entryViewSchema.parse(verdict.next) } : verdict;
    } catch (thrown) {
      // SECURITY: only words that were written for a person reach the page, never a cause or a stack.
      const { message, remedy } = asDeskError(thrown);
      return { taken: false, message: `${message} ${remedy}` };
    }
  }
}
