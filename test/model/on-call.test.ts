import { describe, expect, jest, test } from '@jest/globals';
import { createModelTwin, loadDeployed, type ModelTwin } from '../../twin/model/model-twin.ts';
import { prepareRemediation, remediationCatalog } from '../../twin/prove/remediation-stories.ts';
import { anIncident } from '../contracts/incidents.contract.ts';

// On a machine that may be busy with other tests.
jest.setTimeout(60_000);
const deployed = await loadDeployed();

const aTwin = async (maintenance: ReturnType<typeof remediationCatalog>['remediation'] = undefined) => {
  const twin = await createModelTwin({
    deployed,
    catalog: { ...remediationCatalog(), ...(maintenance && { remediation: maintenance }) },
  });
  prepareRemediation(twin);
  return twin;
};
const endedAt = '2026-05-01T10:00:00.000Z';
const given = anIncident({ status: 'escalated', endedAt, reason: 'no rung is left' });
const kinds = ({ world }: ModelTwin) => [...world.ledger.values()].flat().map(({ kind }) => kind);
const passSeconds = (twin: ModelTwin, seconds: number) =>
  twin.clock.run({ untilMs: twin.clock.now() + seconds * 1000 });
const acknowledge = async (twin: ModelTwin, acknowledgedBy: string, incident = given.id) => {
  twin.publish({ source: 'evenkeel', type: 'AlarmAcknowledged', detail: { incident, acknowledgedBy } });
  await passSeconds(twin, 5);
};

describe('an acknowledgement', () => {
  test('of somebody who may be called is kept, told to the pager and on record, once', async () => {
    const twin = await aTwin();
    const { incidents, pager } = twin.world.ports;
    await incidents.open(given);
    await pager.call({
      key: 'remedy-1/0',
      rota: 'platform',
      person: 'alice',
      resource: 'service/shop',
      service: 'shop',
      subject: 's',
      body: 'b',
      at: endedAt,
    });
    await acknowledge(twin, 'bob');
    await acknowledge(twin, 'alice');
    expect(await incidents.find(given.id)).toMatchObject({ acknowledgedBy: 'bob' });
    expect(twin.world.called.get('remedy-1/0')?.state).toBe('acknowledged');
    expect(kinds(twin).filter((kind) => kind === 'acknowledged')).toHaveLength(1);
  });

  test.each([
    ['a stranger', 'mallory', given, /mallory is not in a rota of crashing; those who are: alice, bob, carol/],
    ['of what is over', 'alice', { ...given, status: 'resolved' as const }, /needs nobody: it is resolved/],
  ])('%s does not count, and is on record', async (_, who, incident, problem) => {
    const twin = await aTwin();
    await twin.world.ports.incidents.open(incident);
    await acknowledge(twin, who);
    expect((await twin.world.ports.incidents.find(given.id))?.acknowledgedAt).toBeUndefined();
    const said = [...twin.world.ledger.values()].flat().find(({ kind }) => kind === 'acknowledgement-not-counted');
    expect(said?.says).toMatch(problem);
  });

  test('of an incident that nobody knows is on record too', async () => {
    const twin = await aTwin();
    await acknowledge(twin, 'alice', 'remedy-9');
    expect(kinds(twin)).toContain('acknowledgement-not-counted');
  });
});

describe('every minute', () => {
  test('the page is put anew, as what is known says', async () => {
    const twin = await aTwin();
    twin.follow('triggerStatusDue', 120);
    await passSeconds(twin, 61);
    const page = () => JSON.parse(twin.world.pages.get('status.json')?.content ?? '{}') as { services: unknown };
    expect(page().services).toContainEqual({ name: 'shop', state: 'well' });
    await twin.world.ports.incidents.open(given);
    await passSeconds(twin, 61);
    expect(page().services).toContainEqual({ name: 'shop', state: 'down' });
    expect(twin.world.pages.get('status.html')?.content).toContain('people look after it');
  });

  test('a window is told once, however often it is looked at', async () => {
    const { remediation } = remediationCatalog();
    if (!remediation) throw new Error('the model answers no alarms');
    // The model begins on a Friday at 10:00.
    const twin = await aTwin({
      ...remediation,
      maintenance: [{ day: 'sunday', from: '10:30', to: '12:00', reason: 'updates' }],
    });
    twin.follow('triggerStatusDue', 300);
    await passSeconds(twin, 300);
    const notices = [...twin.world.messages.values()].filter(({ kind }) => kind === 'maintenance');
    expect(notices.map(({ subject }) => subject)).toEqual([
      'Maintenance from 2026-05-03T10:30:00.000Z to 2026-05-03T12:00:00.000Z',
    ]);
  });
});
