import { describe, expect, test } from '@jest/globals';
import { judge } from '../../cli/tour/judge.ts';
import type { Act, Stage } from '../../cli/tour/stage.ts';
import { perform, performAll } from '../../cli/tour/tour.ts';
import { evenkeel } from './support/host.ts';
import { aShop, v1, v2 } from './support/shop.ts';
import { serving } from './support/web-server.ts';

const never = new AbortController().signal;
const act = (run: Act['run']): Act => ({ name: 'an-act', title: 'An act', run });
const nowhere = {} as Stage;

describe('an act', () => {
  test('without problems is ok', async () => {
    const report = await perform(
      nowhere,
      act(async () => ({ problems: [], facts: { failed: 0 } })),
      never,
    );
    expect(report).toEqual({ act: 'an-act', seconds: expect.any(Number), ok: true, failed: 0, problems: [] });
  });

  test('with a problem is not', async () => {
    const seen = { problems: ['nobody used the service'], facts: {} };
    expect(
      await perform(
        nowhere,
        act(async () => seen),
        never,
      ),
    ).toMatchObject({ ok: false });
  });

  test('that breaks off is not ok, and says why', async () => {
    const broken = act(async () => {
      throw new Error('the twin is gone');
    });
    expect(await perform(nowhere, broken, never)).toMatchObject({ ok: false, problems: ['Error: the twin is gone'] });
  });

  test('at ctrl-C ends the tour', async () => {
    const interrupted = act(async () => {
      throw new Error('whatever was going on');
    });
    await expect(perform(nowhere, interrupted, AbortSignal.abort())).rejects.toMatchObject({ name: 'Interrupted' });
  });
});

describe('acts', () => {
  /** What was told and ended, in its order. */
  const performed = async (acts: Act[]) => {
    const story: string[] = [];
    const options = {
      acts,
      signal: never,
      tell: (text: string) => void story.push(text),
      began: ({ name }: Act) => void story.push(`began ${name}`),
      ended: ({ act: name, ok }: { act: string; ok: boolean }) => void story.push(`ended ${name} ${ok}`),
    };
    const stage = { ...nowhere, tell: options.tell };
    return { allOk: await performAll(stage, options), story };
  };
  const telling = (name: string, text: string, problems: string[] = []): Act => ({
    ...act(async (stage) => {
      stage.tell(text);
      return { problems, facts: {} };
    }),
    name,
  });

  test('follow each other, and one that is not ok ends nothing but the hope that all are', async () => {
    const { allOk, story } = await performed([telling('first', 'one', ['wrong']), telling('second', 'two')]);
    expect(allOk).toBe(false);
    expect(story).toEqual(['began first', 'one', 'ended first false', 'began second', 'two', 'ended second true']);
  });

  test('that are begun with the tour run before their turn, and are told of at their turn', async () => {
    let ranFirst = '';
    const early = {
      ...act(async (stage) => {
        ranFirst ||= 'early';
        stage.tell('one');
        return { problems: [], facts: {} };
      }),
      name: 'early',
      ahead: true,
    };
    const late = act(async () => {
      ranFirst ||= 'late';
      return { problems: [], facts: {} };
    });
    const { allOk, story } = await performed([{ ...late, name: 'late' }, early]);
    expect({ allOk, ranFirst }).toEqual({ allOk: true, ranFirst: 'early' });
    expect(story).toEqual(['began late', 'ended late true', 'began early', 'one', 'ended early true']);
  });
});

/** After a good release, with a front door that says what it is told to. */
const judged = async (differs: Partial<Parameters<typeof judge>[1]>, answeredBy = v2.digest) => {
  const shop = await aShop();
  await evenkeel(shop, 'deploy', 'shop', v2.digest, '--request-id', 'r1');
  await using door = await serving((_, response) => response.setHeader('x-evenkeel-digest', answeredBy).end());
  const stage = { ...nowhere, service: 'shop', url: door.url, plane: async () => shop.plane };
  const outcome = { name: 'shop-r1', status: 'promoted', reason: '' };
  const met = { requests: 100, failed: 0, byDigest: {} };
  const expected = { outcome, status: 'promoted', digest: v2.digest, met, mostFailed: 0, ...differs };
  return (await judge(stage, expected)).problems;
};

describe('the judgement of an act', () => {
  test('finds nothing when all is as it should be', async () => {
    expect(await judged({})).toEqual([]);
  });

  const met = { requests: 100, failed: 1, byDigest: {} };
  const undone = { name: 'shop-r1', status: 'undone', reason: 'it failed' };
  test.each([
    ['another end than expected', { outcome: undone }, 'ended as undone, not promoted: it failed'],
    ['another live release', { digest: v1.digest }, 'the live release is'],
    ['failed requests of users', { met }, '1 requests of users failed; at most 0 may'],
    ['no users at all', { met: { ...met, requests: 0, failed: 0 } }, 'nobody used the service'],
    ['a late undo', { mostSecondsToSafe: 15, outcome: { ...undone, timeToSafeMs: 15_001 } }, 'safe after 15001 ms'],
    ['an undo that was never measured', { mostSecondsToSafe: 15 }, 'safe after unknown ms'],
  ])('finds %s', async (_, differs, problem) => {
    expect(await judged(differs)).toContainEqual(expect.stringContaining(problem));
  });

  test('believes answers, not the record', async () => {
    expect(await judged({}, v1.digest)).toEqual([expect.stringContaining('50 of 50 answers afterwards were not from')]);
  });
});
