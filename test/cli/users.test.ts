import { expect, test } from '@jest/globals';
import { countsBetween, startUsers, type Users } from '../../cli/traffic/users.ts';
import { until } from '../../twin/live/process/until.ts';
import { serving } from './support/web-server.ts';

const soonMs = 5000;

/** Lets them send so many requests, and stops them. */
const after = async (users: Users, requests: number) => {
  await until(`${requests} requests`, soonMs, () => users.counts().requests >= requests);
  await users.stop();
  return users.counts();
};

test('users count who answered them', async () => {
  await using server = await serving((_, response) => response.setHeader('x-evenkeel-digest', 'sha256:1').end('hello'));
  const { requests, failed, byDigest } = await after(startUsers({ url: server.url, requestsPerSecond: () => 500 }), 20);
  expect({ failed, byDigest }).toEqual({ failed: 0, byDigest: { 'sha256:1': requests } });
});

test('a status of 500 and a lost answer are failures, a status of 404 is an answer', async () => {
  const statuses = [200, 404, 500, 0];
  let turn = 0;
  await using server = await serving((request, response) => {
    const status = statuses[turn++ % statuses.length] ?? 0;
    if (status === 0) request.socket.destroy();
    else response.writeHead(status).end();
  });
  const users = startUsers({ url: server.url, requestsPerSecond: () => 200 });
  const { requests, failed } = await after(users, 40);
  expect(failed / requests).toBeGreaterThan(0.4);
  expect(failed / requests).toBeLessThan(0.6);
  expect(users.mishaps()).toHaveLength(failed);
});

test('nobody is sent while the rate is zero', async () => {
  await using server = await serving((_, response) => response.end());
  let asked = 0;
  const users = startUsers({
    url: server.url,
    requestsPerSecond: () => {
      asked += 1;
      return 0;
    },
  });
  await until('a few ticks', soonMs, () => asked > 3);
  await users.stop();
  expect(users.counts().requests).toBe(0);
});

test('between two looks only what is new counts', () => {
  const before = { requests: 10, failed: 1, byDigest: { a: 9, b: 1 } };
  const later = { requests: 15, failed: 3, byDigest: { a: 9, b: 4, c: 2 } };
  expect(countsBetween(before, later)).toEqual({ requests: 5, failed: 2, byDigest: { b: 3, c: 2 } });
});
