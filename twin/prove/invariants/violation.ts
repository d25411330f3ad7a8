/** One broken promise: which (design.md section 8), when in the story, and what was seen. */
export interface Violation {
  readonly invariant: 'I1' | 'I2' | 'I3' | 'I6' | 'I8';
  readonly atSeconds: number;
  readonly saw: string;
}

/** Says that a promise was broken; the time is added by whoever checks. */
export type Report = (invariant: Violation['invariant'], saw: string) => void;
