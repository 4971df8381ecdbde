/** Reads what a directory answered over HTTP: nothing of it is trusted, and none of its text goes into an error. */
import { z } from 'zod';
import type { DirectoryAnswer } from '../network/directory-link.ts';
import { directoryGarbage, directoryUnauthorised, participantUnknown } from './directory-errors.ts';

/** Where an answer comes from, and to what. */
export interface Asked {
  readonly host: string;
  /** What was asked for: "to list the sessions". */
  readonly doing: string;
}

/** The short code of a refusal, as directories name them: `USER_NOT_FOUND`, `unknown_client`. */
const refusalSchema = z.lazy(() =>
  z.object({
    code: z
      .string()
      .regex(/^\w{1,80}$/u)
      .optional()
      .catch(undefined),
    error: z
      .string()
      .regex(/^\w{1,80}$/u)
      .optional()
      .catch(undefined),
  }),
);

/** Null where the answer names none. */
export function refusalCode({ json }: DirectoryAnswer): string | null {
  const refusal = refusalSchema.safeParse(json);
  return refusal.success ? (refusal.data.code ?? refusal.data.error ?? null) : null;
}

function statusWords(answer: DirectoryAnswer): string {
  const code = refusalCode(answer);
  return `HTTP ${answer.status}${code === null ? '' : ` (${code})`}`;
}

/** @throws DeskError DIRECTORY_UNAUTHORISED, DIRECTORY_GARBAGE for an answer that is no success. */
export function expectSuccess(answer: DirectoryAnswer, { host, doing }: Asked): void {
  if (answer.status >= 200 && answer.status < 300) return;
  const words = `${host} answered ${statusWords(answer)} when it was asked ${doing}`;
  throw answer.status === 401 || answer.status === 403
    ? directoryUnauthorised(words)
    : directoryGarbage(words);
}

/** @throws DeskError DIRECTORY_UNAUTHORISED, DIRECTORY_GARBAGE */
export function readSuccess<T extends z.ZodType>(
  schema: T,
  answer: DirectoryAnswer,
  asked: Asked,
): z.output<T> {
  expectSuccess(answer, asked);
  const parsed = schema.safeParse(answer.json);
  if (parsed.success) return parsed.data;
  const field = parsed.error.issues[0]?.path.map(String).join('.') ?? '';
  const where = field === '' ? '' : `, at "${field.slice(0, 80)}"`;
  throw directoryGarbage(
    `what ${asked.host} answered when it was asked ${asked.doing} is not in the form that it must have${where}`,
  );
}

/** @throws DeskError PARTICIPANT_NOT_FOUND for nobody. */
export function known<T>(person: T | null, id: string): T {
  if (person === null) throw participantUnknown(id);
  return person;
}
