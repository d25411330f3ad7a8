import { describe, expect, test } from '@jest/globals';
import { endedDrill } from '../../../lib/domain/failover/copy-of.ts';
import { failoverMessage } from '../../../lib/domain/failover/facts.ts';
import { type FailoverEnd, outcomeOf } from '../../../lib/domain/failover/outcome.ts';
import { aFailoverPlan, now, verified } from './builders.ts';

const fencing = { fence: 'fenced', state: 'refuses', reason: 'fenced' } as const;
const end = (differs: Partial<FailoverEnd> = {}): FailoverEnd => ({
  plan: aFailoverPlan(),
  fencing,
  verified: verified(),
  failed: null,
  absent: null,
  ...differs,
});
const drill = aFailoverPlan({ mode: 'drill', target: 'evenkeel-drill-x' });
const failed = { error: 'FailoverNotVerified', cause: '{"errorMessage":"20 of 20 requests failed"}' };

describe('how a failover ended', () => {
  test('moved, with its figures and the way back', () => {
    const outcome = outcomeOf(end());
    expect(outcome).toMatchObject({ status: 'moved', rtoSeconds: 300, rpoSeconds: 30 });
    expect(outcome.reason).toContain('RTO 300.0 s, RPO 30.0 s');
    expect(outcome.failBack.length).toBeGreaterThan(3);
  });
  test('moved, also when a promise was broken, and says which', () => {
    const outcome = outcomeOf(end({ verified: verified({ rtoSeconds: 1801, rpoSeconds: 301 }) }));
    expect(outcome.status).toBe('moved');
    expect(outcome.reason).toMatch(/longer than the promised 1800 s.*more data is missing than the promised 300 s/);
  });
  test('refused, when nothing was touched', () => {
    expect(outcomeOf(end({ fencing: null, verified: null, failed }))).toMatchObject({
      status: 'refused',
      failBack: [],
    });
    expect(outcomeOf(end({ plan: null, fencing: null, verified: null, failed })).status).toBe('refused');
  });
  test('failed, when the writer was fenced and no other was shown to serve; people are told what not to do', () => {
    const outcome = outcomeOf(end({ verified: null, failed }));
    expect(outcome.status).toBe('failed');
    expect(outcome.reason).toContain('20 of 20 requests failed');
    expect(outcome.failBack.join()).toMatch(/only when shop-second still follows it/);
  });
});

describe('how a drill ended', () => {
  const drilled = (differs: Partial<FailoverEnd> = {}) =>
    outcomeOf(end({ plan: drill, fencing: null, absent: true, ...differs }));
  test('green, when it was verified and nothing is left', () => {
    expect(drilled()).toMatchObject({ status: 'drilled', failBack: [] });
  });
  test.each([
    ['its copy is still there', { absent: false }],
    ['it was not verified', { verified: null, failed }],
    ['it took too long', { verified: verified({ rtoSeconds: 1801 }) }],
    ['too much data would be missing', { verified: verified({ rpoSeconds: 301 }) }],
    ['no sentinel came over', { verified: verified({ rpoSeconds: null }) }],
  ])('red, when %s', (_, differs) => {
    expect(drilled(differs).status).toBe('failed');
  });
  test('refused, when it made nothing', () => {
    expect(drilled({ absent: null, verified: null, failed }).status).toBe('refused');
  });
  test('is priced by the hour', () => {
    const copy = {
      drill: 'x',
      source: { kind: 'snapshot' as const, snapshot: 'evenkeel-b1', of: 'shop-first' },
      point: now,
      sizeClass: 'db.t4g.medium',
      hourlyUsd: 0.5,
      removeBy: now,
    };
    const { status, outcome } = endedDrill(drill, copy, drilled(), '2026-05-01T12:00:00.000Z');
    expect(status).toBe('ended');
    expect(outcome).toMatchObject({ verdict: 'healthy', costUsd: 1, absent: true, rtoSeconds: 300 });
  });
});

describe('what people are told', () => {
  test('the way back, as numbered steps', () => {
    const message = failoverMessage('failover-shop-db-f1', 'shop-db', outcomeOf(end()), now);
    expect(message).toMatchObject({ id: 'closing-failover-shop-db-f1', service: 'shop-db', kind: 'ended' });
    expect(message.body).toMatch(/\n1\. .*\n2\. /);
  });
  test('an orphan by its own kind', () => {
    const outcome = outcomeOf(end({ plan: drill, fencing: null, absent: false }));
    expect(failoverMessage('n', 'shop-db', outcome, now).kind).toBe('orphan');
  });
});
