import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { EventBridgeClient, ListRulesCommand, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { eventsApi } from '../../twin/bus/index.ts';
import { aBus, startMs } from './support.ts';

const { bus, invocations, pass } = aBus();
let server: Server;
let client: EventBridgeClient;

beforeAll(async () => {
  server = createServer(eventsApi(bus));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const credentials = { accessKeyId: 'twin', secretAccessKey: 'twin' };
  client = new EventBridgeClient({ endpoint, region: 'eu-west-1', credentials, maxAttempts: 1 });
});
afterAll(() => {
  client.destroy();
  server.close();
});

const anEntry = (given: Record<string, unknown> = {}) => ({
  Source: 'shop',
  DetailType: 'OrderPlaced',
  Detail: '{"order":"o-1","total":100}',
  ...given,
});
const put = (...entries: object[]) => client.send(new PutEventsCommand({ Entries: entries }));

test("AWS's own client can put an event", async () => {
  const { FailedEntryCount, Entries } = await put(
    anEntry({ Resources: ['r-1'], Time: new Date(startMs - 60_000), EventBusName: 'default' }),
  );
  await pass(0);
  expect(FailedEntryCount).toBe(0);
  expect(invocations.at(-1)?.payload).toMatchObject({
    id: Entries?.[0]?.EventId,
    time: '2026-05-01T09:59:00Z',
    resources: ['r-1'],
    detail: { order: 'o-1', total: 100 },
  });
});

test.each([
  ['no source', { Source: undefined }, 'InvalidArgument', 'Parameter Source is not valid.'],
  ['an empty type', { DetailType: '' }, 'InvalidArgument', 'Parameter DetailType is not valid.'],
  ['no detail', { Detail: undefined }, 'InvalidArgument', 'Parameter Detail is not valid.'],
  ['a detail that is no JSON', { Detail: '{' }, 'MalformedDetail', 'Detail is malformed.'],
  ['a detail that is no object', { Detail: '[1]' }, 'MalformedDetail', 'Detail is malformed.'],
  ['a source of AWS', { Source: 'aws.ec2' }, 'NotAuthorizedForSourceException', 'Not authorized for the source.'],
  ['an unknown bus', { EventBusName: 'nowhere' }, 'InvalidArgument', 'there is no event bus "nowhere"'],
])('an entry with %s fails, and the other one is taken', async (_, given, code, message) => {
  const { FailedEntryCount, Entries } = await put(anEntry(given), anEntry());
  expect(FailedEntryCount).toBe(1);
  expect(Entries).toMatchObject([
    { ErrorCode: code, ErrorMessage: expect.stringContaining(message) },
    { EventId: expect.any(String) },
  ]);
});

describe('a request is refused as a whole', () => {
  test('with more than ten entries', async () => {
    await expect(put(...Array.from({ length: 11 }, () => anEntry()))).rejects.toMatchObject({
      name: 'ValidationException',
    });
  });

  test('above 256 KB in all', async () => {
    const half = anEntry({ Detail: JSON.stringify({ x: 'a'.repeat(131_072) }) });
    await expect(put(half)).resolves.toMatchObject({ FailedEntryCount: 0 });
    await expect(put(half, half)).rejects.toThrow('Total size of the entries in the request is over the limit.');
  });

  test('for an operation that the twin does not have', async () => {
    await expect(client.send(new ListRulesCommand({}))).rejects.toMatchObject({ name: 'UnknownOperationException' });
  });
});
