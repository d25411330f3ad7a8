import { describe, expect, test } from '@jest/globals';
import type { Condition, Playbook } from '../../../lib/contracts/playbook.ts';
import { incidentIdOf } from '../../../lib/domain/remediation/incident-id.ts';
import { judgeHelp } from '../../../lib/domain/remediation/judge-help.ts';
import { matches, playbookFor } from '../../../lib/domain/remediation/playbook-for.ts';
import { wilsonLower } from '../../../lib/domain/remediation/standing.ts';
import { inWeekly } from '../../../lib/domain/remediation/weekly.ts';
import { modelRemediation } from '../../../twin/model/remediation-section.ts';
import { aChange } from '../../contracts/incidents.contract.ts';

const change = aChange({ labels: { severity: 'critical', load: '0.9', team: '' } });

describe('a condition', () => {
  test.each<[Condition, boolean]>([
    [{ field: 'name', equals: 'shop-errors' }, true],
    [{ field: 'resource.service', in: ['other', 'shop'] }, true],
    [{ field: 'name', startsWith: 'shop-' }, true],
    [{ field: 'says', matches: '^Threshold' }, true],
    [{ field: 'labels.load', above: 0.8 }, true],
    [{ field: 'labels.load', below: 0.8 }, false],
    [{ field: 'labels.severity', above: 0 }, false],
    [{ field: 'labels.team', below: 1 }, false],
    [{ field: 'labels.missing', equals: '' }, false],
    [{ field: 'labels.missing', exists: false }, true],
    [{ field: 'labels.constructor', exists: true }, false],
    [{ not: { field: 'labels.missing', equals: 'x' } }, true],
    [
      {
        all: [
          { field: 'state', equals: 'firing' },
          { field: 'source', equals: 'rds' },
        ],
      },
      false,
    ],
    [
      {
        any: [
          { field: 'state', equals: 'firing' },
          { field: 'source', equals: 'rds' },
        ],
      },
      true,
    ],
    [{ between: { from: '09:00', to: '11:00' } }, true],
    [{ between: { from: '09:00', to: '10:00' } }, false],
  ])('%j: %s', (condition, fits) => {
    expect(matches(condition, change)).toBe(fits);
  });
});

test('a window over midnight belongs to the day on which it begins', () => {
  const window = { from: '22:00', to: '02:00', days: ['friday'] };
  expect(inWeekly(window, '2026-05-01T23:00:00.000Z')).toBe(true); // a Friday
  expect(inWeekly(window, '2026-05-02T01:59:00.000Z')).toBe(true);
  expect(inWeekly(window, '2026-05-02T02:00:00.000Z')).toBe(false);
  expect(inWeekly(window, '2026-05-01T01:00:00.000Z')).toBe(false);
});

test('the first playbook that fits is the one', () => {
  const [first] = modelRemediation.playbooks as [Playbook];
  const all = [
    { ...first, match: { field: 'name', equals: 'x' } },
    { ...first, name: 'b', match: { field: 'name', exists: true } },
  ];
  expect(playbookFor(change, all)?.name).toBe('b');
});

describe('the id of an incident', () => {
  const [playbook] = modelRemediation.playbooks as [Playbook];
  const id = incidentIdOf(change, playbook);

  test('is a name for a run, and the same however often it is made', () => {
    expect(id).toMatch(/^remedy-[0-9a-f]{40}$/);
    expect(incidentIdOf({ ...change, says: 'in other words' }, { ...playbook })).toBe(id);
  });
  test.each([
    [aChange({ at: '2026-05-01T10:00:00.001Z' }), playbook],
    [aChange({ name: 'other' }), playbook],
    [aChange({ resource: { kind: 'service', id: 'other' } }), playbook],
    [change, { ...playbook, approvalSeconds: 601 }],
  ])('is another for another change or version', (other, version) => {
    expect(incidentIdOf(other, version)).not.toBe(id);
  });
});

describe('did it help', () => {
  const looks = (text: string) =>
    [...text].map((one) => ({ at: '2026-05-01T10:00:00.000Z', ...(one === '?' ? {} : { success: one === '+' }) }));
  test.each([
    ['', undefined],
    ['++', undefined],
    ['+++', 'helped'],
    ['--+++', 'helped'],
    ['++?', undefined],
    ['++?+++', 'helped'],
    ['----', 'neutral'],
    ['????', 'neutral'],
    ['+----', 'harmed'],
    ['+---', undefined],
  ])('%s: %s', (text, help) => {
    expect(judgeHelp(looks(text), { periods: 3, patience: 4 })).toBe(help);
  });
});

test('the lower end of an interval is as Wilson has it', () => {
  expect(wilsonLower(0, 0)).toBe(0);
  expect(wilsonLower(5, 10)).toBeCloseTo(0.2366, 4);
  expect(wilsonLower(10, 10)).toBeCloseTo(0.7225, 4);
});
