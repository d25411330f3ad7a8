import * as v from 'valibot';
import { RunId } from './names.ts';

/** How a run ends that could not look after its own end, and may not have. */
export const badEnds = ['FAILED', 'TIMED_OUT', 'ABORTED'] as const;

/** What Step Functions says of a run that ended badly. `input`: JSON text; null when it was left out. */
export const RunEnd = v.object({
  executionArn: RunId,
  name: v.pipe(v.string(), v.maxLength(80)),
  status: v.picklist(badEnds),
  input: v.nullable(v.string()),
});
export type RunEnd = v.InferOutput<typeof RunEnd>;

/** How a run stands now. */
export type RunState = Omit<RunEnd, 'status'> & { status: 'RUNNING' | 'SUCCEEDED' | RunEnd['status'] };
