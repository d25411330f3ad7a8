import { describe, expect, test } from '@jest/globals';
import type { Incident } from '../../../lib/contracts/incident.ts';
import { renderStatus } from '../../../lib/domain/status-page/render.ts';
import { type Disturbance, statusOf } from '../../../lib/domain/status-page/status-of.ts';
import { modelRemediation } from '../../../twin/model/remediation-section.ts';
import { aChange, anIncident } from '../../contracts/incidents.contract.ts';
import { aService } from '../../support/builders.ts';

const at = '2026-05-01T11:00:00.000Z';
const opened = '2026-05-01T10:01:00.000Z';
const catalog = { services: [aService({ name: 'shop' }), aService({ name: 'quiet' })], remediation: modelRemediation };
const shown = (known: Disturbance[] | undefined) => statusOf(catalog, known, at);
const one = (differs: Partial<Incident>, overAt?: string): Disturbance => ({ incident: anIncident(differs), overAt });
const stateOf = (known: Disturbance[] | undefined) => shown(known).services[0]?.state;

describe('the state of a service', () => {
  const endedAt = '2026-05-01T10:30:00.000Z';
  test.each<[string, Disturbance[] | undefined, string]>([
    ['without incidents', [], 'well'],
    ['whose incidents could not be read', undefined, 'unknown'],
    ['whose incident goes on', [one({})], 'disturbed'],
    ['whose incident asks', [one({ status: 'asking' })], 'disturbed'],
    ['whose incident was given to people', [one({ status: 'escalated', endedAt })], 'down'],
    ['for which nothing may act', [one({ status: 'denied', endedAt })], 'disturbed'],
    [
      'whose incident was given to people, until its alarm is over',
      [one({ status: 'escalated', endedAt }, endedAt)],
      'well',
    ],
    ['that was seen to be well again', [one({ status: 'resolved', endedAt })], 'well'],
    ['of which one of two goes on', [one({ status: 'resolved', endedAt }), one({ id: 'remedy-2' })], 'disturbed'],
  ])('%s', (_, known, state) => {
    expect(stateOf(known)).toBe(state);
  });

  test('is its own', () => {
    expect(shown([one({})]).services).toEqual([
      { name: 'shop', state: 'disturbed' },
      { name: 'quiet', state: 'well' },
    ]);
  });
});

test('what is about no service of the catalog is not shown', () => {
  const other = aChange({ resource: { kind: 'database', id: 'secret-db' } });
  expect(shown([one({ alarm: other })]).disturbances).toEqual([]);
});

test('a disturbance has its beginning, and its end once it is over', () => {
  expect(shown([one({})]).disturbances).toEqual([{ service: 'shop', from: opened }]);
  expect(shown([one({ status: 'resolved', endedAt: at })]).disturbances).toEqual([
    { service: 'shop', from: opened, to: at },
  ]);
});

test('nothing internal is on the page', () => {
  const internal = one({
    status: 'escalated',
    endedAt: at,
    reason: 'pod shop-7f on node-3 leaks',
    acknowledgedBy: 'alice',
    run: 'arn:aws:states:x',
  });
  const page = shown([internal]);
  const text = `${JSON.stringify(page)}${renderStatus(page)}`;
  for (const word of [
    'remedy-1',
    'leaks',
    'alice',
    'arn:',
    'crashing',
    'shop-errors',
    'Threshold',
    'critical',
    'service/',
  ])
    expect(text).not.toContain(word);
});

test('the page is whole, and a name cannot break it', () => {
  const html = renderStatus({ at, services: [{ name: '<b>', state: 'down' }], disturbances: [], maintenance: [] });
  expect(html).toMatch(/^<!doctype html>/);
  expect(html).toContain('&lt;b&gt;');
  expect(html).not.toContain('<b>');
  expect(html).toContain('<span class="down">Disturbed: people look after it</span>');
});
