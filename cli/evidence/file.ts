import type { Evidence } from '../../lib/contracts/evidence.ts';
import { canonical } from '../../lib/domain/canonical/canonical.ts';

/** A chain as an auditor is given it: one piece of evidence a line, as canonical JSON, so that every byte counts. */
export const fileTextOf = (chain: readonly Evidence[]): string =>
  chain.map((evidence) => `${canonical(evidence)}\n`).join('');

/** `problems`: what is wrong with the file as a file; what its lines say is judged elsewhere. */
export type EvidenceFile = { chain: unknown[]; problems: string[] };

/** Rule: a file is exactly what was written. Another spelling of the same JSON is a change too. */
export const parseEvidence = (bytes: Uint8Array): EvidenceFile => {
  const text = decoded(bytes);
  if (text === undefined) return { chain: [], problems: ['it is not UTF-8, so a byte of it was changed'] };
  const lines = text.split('\n');
  const last = lines.pop();
  const problems = last === '' ? [] : ['its last line does not end: something was cut off or added'];
  const read = [...lines, ...(last ? [last] : [])].map(parsedLine);
  return { chain: read.map(({ value }) => value), problems: [...problems, ...read.flatMap(({ problem }) => problem)] };
};

const decoded = (bytes: Uint8Array): string | undefined => {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
};

const parsedLine = (line: string, index: number): { value: unknown; problem: string[] } => {
  const value = parsed(line);
  if (value === undefined) return { value, problem: [`line ${index + 1}: it is not JSON`] };
  if (canonical(value) === line) return { value, problem: [] };
  return { value, problem: [`line ${index + 1}: it is not canonical JSON, so a byte of it was changed`] };
};

const parsed = (line: string): unknown => {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
};
