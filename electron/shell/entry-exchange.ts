import { asDeskError } from '../../shared/errors.ts';
import { entryReplySchema, type EntryVerdict, type EntryView } from '../../shared/entry-view.ts';

export type EntryResult = 'taken' | 'cancelled';

const BUSY: EntryVerdict = { taken: false, message: 'What you typed before is still being checked.' };
const UNREADABLE: EntryVerdict = { taken: false, message: 'What you typed is too long to be read.' };

/** One view being answered: what may be typed for it, one text at a time, until one is taken. */
export class EntryExchange {
  readonly view: EntryView;
  readonly #submit: (typed: string) => Promise<EntryVerdict>;
  readonly #result = Promise.withResolvers<EntryResult>();
  #checking: Promise<EntryVerdict> | null = null;

  constructor(view: EntryView, submit: (typed: string) => Promise<EntryVerdict>) {
    this.view = view;
    this.#submit = submit;
  }

  /** Settles once, when a text was taken or the person gave up. */
  get result(): Promise<EntryResult> {
    return this.#result.promise;
  }

  async reply(reply: unknown): Promise<EntryVerdict> {
    const parsed = entryReplySchema.safeParse(reply);
    if (!parsed.success) return UNREADABLE;
    if (this.#checking !== null) return BUSY;
    this.#checking = this.#judge(parsed.data.typed);
    const verdict = await this.#checking;
    this.#checking = null;
    if (verdict.taken) this.#result.resolve('taken');
    return verdict;
  }

  /** The window is gone. A text that is still being checked decides: what it began must not be told as cancelled. */
  async giveUp(): Promise<void> {
    const verdict = await this.#checking;
    this.#result.resolve(verdict?.taken === true ? 'taken' : 'cancelled');
  }

  async #judge(typed: string): Promise<EntryVerdict> {
    try {
      return await this.#submit(typed);
    } catch (thrown) {
      // SECURITY: only words that were written for a person reach the page, never a cause or a stack.
      const { message, remedy } = asDeskError(thrown);
      return { taken: false, message: `${message} ${remedy}` };
    }
  }
}
