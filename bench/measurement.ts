/** What a measurement gives: a value for machines and lines for people. */
export type Measured = { value: Record<string, unknown>; lines: string[] };

/** `megabytes`: how much data a database is loaded with. */
export type Bench = { signal: AbortSignal; megabytes: number; tell(text: string): void };

export type Measurement = {
  name: string;
  title: string;
  run(bench: Bench): Promise<Measured>;
};

/** Of an odd number of values; noise of a shared machine moves a mean, not this. */
export const median = (values: readonly number[]): number => {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
};

export const rounded = (value: number, digits = 2): number => Number(value.toFixed(digits));
