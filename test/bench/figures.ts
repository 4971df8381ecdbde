/** Figures of the bench: what was measured, what it is held against, and the table that a person reads. */

/** How often each thing is measured: its figure is the median. */
export const ROUNDS = 5;

export interface Figure {
  readonly name: string;
  /** As people read it, such as `1.12 times`. */
  readonly value: string;
  /** The bound in words; null for a figure that is there to compare with. */
  readonly bound: string | null;
  /** null where there is no bound. */
  readonly met: boolean | null;
}

/** What a part of the bench found: figures, remarks, and everything that was measured. */
export interface Part {
  readonly name: string;
  readonly figures: readonly Figure[];
  readonly remarks: readonly string[];
  readonly measured: unknown;
}

/** The middle one of an odd number of values, else the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other);
  const [below, above] = [sorted[Math.ceil(sorted.length / 2) - 1], sorted[Math.floor(sorted.length / 2)]];
  if (below === undefined || above === undefined) throw new Error('nothing was measured');
  return (below + above) / 2;
}

export function ms(value: number): string {
  return `${value.toFixed(value < 10 ? 2 : 0)} ms`;
}

/** A figure without a bound. */
export function plain(name: string, value: string): Figure {
  return { name, value, bound: null, met: null };
}

/** A ratio that must not be above `most`. */
export function ratio(name: string, value: number, most: number): Figure {
  return {
    name,
    value: `${value.toFixed(2)} times`,
    bound: `at most ${String(most)} times`,
    met: value <= most,
  };
}

/** All parts as one table of text. */
export function tableOf(parts: readonly Part[]): string {
  const head = ['figure', 'value', 'bound', ''];
  const rows = parts.map(({ name, figures }) => [
    [name, '', '', ''],
    ...figures.map((one) => [
      `  ${one.name}`,
      one.value,
      one.bound ?? '',
      one.met === null ? '' : one.met ? 'met' : 'NOT MET',
    ]),
  ]);
  const all = [head, ...rows.flat()];
  const widths = head.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
  const lines = all.map((row) =>
    row
      .map((cell, column) =>
        column === 1 ? cell.padStart(widths[1] ?? 0) : cell.padEnd(widths[column] ?? 0),
      )
      .join('  ')
      .trimEnd(),
  );
  return [...lines, '', ...parts.flatMap((part) => part.remarks)].join('\n');
}
