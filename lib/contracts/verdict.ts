import * as v from 'valibot';

/** Best to worst. Only `healthy` is a pass. */
export const verdicts = ['healthy', 'inconclusive', 'error', 'unhealthy'] as const;
export const Verdict = v.picklist(verdicts);
export type Verdict = v.InferOutput<typeof Verdict>;

/** One check's answer, with the reason a person reads. */
export const Check = v.object({ name: v.string(), verdict: Verdict, reason: v.string() });
export type Check = v.InferOutput<typeof Check>;
