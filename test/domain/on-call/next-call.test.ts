import { describe, expect, test } from '@jest/globals';
import { callsNameOf, peopleFor } from '../../../lib/domain/on-call/escalation-of.ts';
import { type CallFacts, nextCall } from '../../../lib/domain/on-call/next-call.ts';
import { modelRemediation } from '../../../twin/model/remediation-section.ts';
import { anIncident } from '../../contracts/incidents.contract.ts';

const endedAt = '2026-05-01T10:00:00.000Z';
const incident = anIncident({ status: 'escalated', endedAt, reason: 'no rung is left' });
const steps = modelRemediation.escalations.platform ?? [];
const facts = (differs: Partial<CallFacts> = {}): CallFacts => ({
  incident,
  steps,
  rotas: modelRemediation.rotas,
  step: 0,
  over: false,
  ...differs,
});

describe('who is called', () => {
  test('is whoever has the turn of the step, until the next step is due', () => {
    expect(nextCall(facts())).toEqual({
      kind: 'call',
      until: '2026-05-01T10:05:00.000Z',
      call: {
        key: 'remedy-1/0',
        rota: 'platform',
        person: 'alice',
        resource: 'service/shop',
        service: 'shop',
        subject: 'service/shop: remedy-1 needs alice (platform, step 1)',
        body: 'shop-errors: no rung is left. Take it: evenkeel acknowledge remedy-1. Nobody by 2026-05-01T10:05:00.000Z means that leads is called.',
        at: endedAt,
      },
    });
  });

  test('of the last step nobody comes after', () => {
    expect(nextCall(facts({ step: 1 }))).toMatchObject({
      kind: 'call',
      until: null,
      call: { key: 'remedy-1/1', person: 'carol', at: '2026-05-01T10:05:00.000Z' },
    });
  });

  test.each<[string, Partial<CallFacts>, string]>([
    ['somebody took it', { incident: { ...incident, acknowledgedBy: 'bob', acknowledgedAt: endedAt } }, 'acknowledged'],
    ['its alarm is over after somebody was called', { step: 1, over: true }, 'over'],
    ['all were called', { step: 2 }, 'all-called'],
  ])('nobody, when %s', (_, differs, end) => {
    expect(nextCall(facts(differs))).toEqual({ kind: 'stop', end });
  });

  test('the first is called though the alarm is over: a machine gave it to people', () => {
    expect(nextCall(facts({ over: true }))).toMatchObject({ kind: 'call', call: { person: 'alice' } });
  });
});

test('all people of all steps may answer, and nobody for a playbook that is gone', () => {
  expect(peopleFor('crashing', modelRemediation)).toEqual(['alice', 'bob', 'carol']);
  expect(peopleFor('gone', modelRemediation)).toEqual([]);
  expect(peopleFor('crashing', undefined)).toEqual([]);
});

test('the run that calls has a name that a run may have', () => {
  expect(callsNameOf({ id: `remedy-${'a'.repeat(73)}` }).length).toBeLessThanOrEqual(80);
});
