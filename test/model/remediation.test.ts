import { describe, expect, test } from '@jest/globals';
import type { Interference } from '../../twin/model/interference.ts';
import { aRemedy } from './remedy-scenario.ts';

const nothingLeft = { leases: [], deadLetters: [] };
/** Beside the calls of whoever is on turn. */
const told = ({ messages }: { messages: readonly { id: string }[] }) =>
  messages.filter(({ id }) => !id.startsWith('call-'));

describe('an alarm that a playbook knows', () => {
  test('a crashing service is healed by the first rung, and only then is it resolved', async () => {
    const { tell, ends } = await aRemedy({ heals: ['restart-rollout'] });
    tell('shop-crashing', 'firing');
    const end = await ends();
    expect(end).toMatchObject({
      statuses: ['resolved'],
      acts: ['restart-rollout'],
      runs: ['SUCCEEDED'],
      ...nothingLeft,
    });
    expect(end.attempts).toMatchObject([{ help: 'helped', did: expect.any(String) }]);
    expect(end.messages).toHaveLength(1);
  });

  test('an act that does not help is followed by the next rung, and at last by people: the run fails, which is an alarm', async () => {
    const { tell, ends } = await aRemedy();
    tell('shop-crashing', 'firing');
    const end = await ends();
    expect(end).toMatchObject({
      statuses: ['escalated'],
      acts: ['restart-rollout', 'raise-floor'],
      ...nothingLeft,
    });
    expect(end.attempts.map(({ help }) => help)).toEqual(['neutral', 'neutral']);
    expect(told(end)).toHaveLength(1);
    expect(end.runs).toEqual(['FAILED']);
  });

  test('the second rung helps where the first did not', async () => {
    const { tell, ends } = await aRemedy({ heals: ['raise-floor'] });
    tell('shop-crashing', 'firing');
    const end = await ends();
    expect(end).toMatchObject({
      statuses: ['resolved'],
      acts: ['restart-rollout', 'raise-floor'],
      runs: ['SUCCEEDED'],
    });
  });

  test('a thousand of the same event are one effect, one message and one record', async () => {
    const { tell, ends } = await aRemedy({ heals: ['restart-rollout'] });
    tell('shop-crashing', 'firing', { times: 1000 });
    const end = await ends();
    expect(end).toMatchObject({ acts: ['restart-rollout'], runs: ['SUCCEEDED'], ...nothingLeft });
    expect(end.messages).toHaveLength(1);
    expect(end.kinds.filter((kind) => kind === 'ended')).toHaveLength(1);
  });

  test('the same change that comes again a day later starts nothing', async () => {
    const { tell, ends, twin } = await aRemedy({ heals: ['restart-rollout'] });
    const atMs = twin.clock.now();
    tell('shop-crashing', 'firing', { atMs });
    await ends();
    tell('shop-crashing', 'firing', { atMs });
    expect(await ends()).toMatchObject({ acts: ['restart-rollout'], statuses: ['resolved'] });
  });

  test('an alarm that no playbook knows is kept, and starts nothing', async () => {
    const { tell, ends, twin } = await aRemedy();
    tell('shop-unknown', 'firing');
    expect(await ends()).toMatchObject({ runs: [], messages: [] });
    expect(twin.world.incidents.changes.size).toBe(1);
  });
});

describe('guards', () => {
  test('in a freeze nothing is done, and people are told why', async () => {
    const freeze = { from: '2026-05-01T00:00:00.000Z', to: '2026-05-03T00:00:00.000Z', reason: 'the sale' };
    const { tell, ends } = await aRemedy({ freezes: [freeze] });
    tell('shop-crashing', 'firing');
    const end = await ends();
    expect(end).toMatchObject({ statuses: ['denied'], acts: [], attempts: [], ...nothingLeft });
    expect(end.messages).toMatchObject([{ body: expect.stringContaining('the sale') }]);
  });

  test('what guards ask for cannot be read: it asks, and with no answer it is denied and people are called', async () => {
    const { tell, ends } = await aRemedy({ interference: unreadable('incidents.attempts') });
    tell('shop-crashing', 'firing');
    const end = await ends();
    expect(end).toMatchObject({ statuses: ['escalated'], acts: [], ...nothingLeft });
    expect(end.kinds).toEqual(expect.arrayContaining(['approval-asked', 'approval-answered']));
    expect(end.runs).toEqual(['FAILED']);
  });

  test('an alarm of our own doing is linked, starts nothing new and opens the breaker', async () => {
    const { tell, ends, pass } = await aRemedy();
    tell('shop-crashing', 'firing');
    await pass(15);
    tell('shop-crashing', 'firing');
    const end = await ends();
    expect(end.statuses).toContain('linked');
    expect(end.breakers).toHaveLength(1);
    expect(end.runs).toEqual(['SUCCEEDED', 'SUCCEEDED']);
  });

  test('the same resource once too often: the breaker is open, and one message says so', async () => {
    const { tell, ends, pass } = await aRemedy({
      heals: ['restart-rollout'],
      guards: { attempts: { most: 2, withinSeconds: 86_400 } },
    });
    for (let time = 0; time < 5; time += 1) {
      tell('shop-crashing', 'firing');
      await pass(7200);
    }
    const end = await ends();
    expect(end.acts).toHaveLength(2);
    expect(end.statuses).toEqual(['resolved', 'resolved', 'escalated', 'denied', 'denied']);
    expect(end.messages.filter(({ id }) => id.startsWith('breaker-'))).toHaveLength(1);
    expect(told(end)).toHaveLength(3);
  });

  test('in shadow everything is decided and looked at, and nothing is done', async () => {
    const { tell, ends, pass } = await aRemedy();
    tell('shop-odd', 'firing');
    await pass(30);
    tell('shop-odd', 'over');
    const end = await ends();
    expect(end).toMatchObject({ acts: [], statuses: ['resolved'], attempts: [{ shadow: true, help: 'helped' }] });
  });
});

describe('questions', () => {
  const answer = (answeredBy: string, given: 'approve' | 'refuse', rung = 0) => ({
    source: 'evenkeel',
    type: 'RemedyAnswered',
    detail: { rung, answer: given, answeredBy },
  });
  const asked = async () => {
    const remedy = await aRemedy();
    remedy.tell('shop-slow', 'firing');
    await remedy.pass(60);
    const [incident] = remedy.twin.world.incidents.incidents.keys();
    const say = (one: ReturnType<typeof answer>) =>
      remedy.twin.publish({ ...one, detail: { ...one.detail, incident } });
    return { ...remedy, say };
  };

  test('nothing is done before somebody says yes', async () => {
    const { done, twin } = await asked();
    expect(done).toEqual([]);
    expect([...twin.world.incidents.incidents.values()]).toMatchObject([{ status: 'asking' }]);
  });

  test('a yes of who may be called lets the rung act', async () => {
    const { say, ends } = await asked();
    say(answer('alice', 'approve'));
    expect(await ends()).toMatchObject({ acts: ['restart-rollout'], leases: [] });
  });

  test('a no ends it, and nobody is woken', async () => {
    const { say, ends } = await asked();
    say(answer('bob', 'refuse'));
    expect(await ends()).toMatchObject({ acts: [], statuses: ['denied'], runs: ['SUCCEEDED'] });
  });

  test('the first answer counts', async () => {
    const { say, ends, pass } = await asked();
    say(answer('bob', 'refuse'));
    await pass(1);
    say(answer('alice', 'approve'));
    expect(await ends()).toMatchObject({ acts: [], statuses: ['denied'] });
  });

  test('a stranger, and whoever answers what was not asked, are not counted, and that is on record', async () => {
    const { say, ends } = await asked();
    say(answer('mallory', 'approve'));
    say(answer('alice', 'approve', 1));
    const end = await ends();
    expect(end).toMatchObject({ acts: [], statuses: ['escalated'] });
    expect(end.kinds.filter((kind) => kind === 'approval-not-counted')).toHaveLength(2);
  });

  test('nobody answers: denied at the deadline, and people are called', async () => {
    const { ends } = await asked();
    const end = await ends();
    expect(end).toMatchObject({ acts: [], statuses: ['escalated'] });
    expect(end.runs).toEqual(['FAILED']);
  });
});

describe('a run that is cut off', () => {
  test('is ended by its trigger: the resource is free, and people know', async () => {
    const { tell, ends, pass, twin } = await aRemedy();
    tell('shop-crashing', 'firing');
    await pass(15);
    const [run] = [...twin.runs.values()].filter(({ name }) => name.startsWith('remedy-'));
    await twin.engine.stopExecution(run?.executionArn ?? '');
    const end = await ends();
    expect(end).toMatchObject({ statuses: ['escalated'], runs: ['ABORTED'], leases: [], acts: ['restart-rollout'] });
    expect(told(end)).toHaveLength(1);
  });
});

const unreadable = (name: string): Interference => ({
  call: ({ port, method }) => (`${port}.${method}` === name ? 'refuse' : undefined),
  event: () => [0],
});
