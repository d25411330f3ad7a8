import { expect, test } from '@jest/globals';
import { plusSeconds } from '../../lib/contracts/instant.ts';
import type { Playbook } from '../../lib/contracts/playbook.ts';
import type { Bucket } from '../../lib/contracts/signals.ts';
import { type ObserveNeeds, observe } from '../../lib/runtime/observe.ts';
import { modelRemediation } from '../../twin/model/remediation-section.ts';
import { aChange } from '../contracts/incidents.contract.ts';
import { listening } from './support.ts';

const [model] = modelRemediation.playbooks as [Playbook];
const playbook: Playbook = { ...model, success: { kind: 'error-rate-below', share: 0.05 } };
const actedAt = '2026-05-01T10:00:00.000Z';
const at = plusSeconds(actedAt, 40);

/** Of 100 requests in each period, so many failed before and after the act. */
const portsWith = (before: number, after: number): ObserveNeeds => {
  const failures = new Map([
    [actedAt, before],
    [at, after],
  ]);
  const buckets = async (_: string, from: string, to: string) =>
    from === plusSeconds(to, -10) ? [{ requests: 100, failures: failures.get(to) ?? 0 } as Bucket] : [];
  return { signals: { buckets } } as unknown as ObserveNeeds;
};

test.each([
  [20, 1, { at, success: true }],
  [20, 20, { at, success: false }],
  [20, 90, { at, success: false, worse: true }],
])('%d %% failed in the period before the act, %d %% in this one', async (before, after, seen) => {
  const look = { wish: { change: aChange(), playbook }, actedAt, periodSeconds: 10, at };
  expect(await observe(portsWith(before, after), look, listening())).toEqual(seen);
});
