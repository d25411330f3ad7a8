import { type EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { calling } from '../../lib/adapters/aws/failures.ts';
import { source } from '../../lib/contracts/events.ts';
import { DependencyUnavailable } from '../../lib/contracts/failures.ts';
import type { Events } from './control-plane.ts';

/** PutEvents answers 200 also for an event that it did not take, so each entry's own answer is read. */
export const eventBridgeEvents = (client: EventBridgeClient, EventBusName: string): Events => ({
  send: (DetailType: string, detail: object) =>
    calling('EventBridge', async () => {
      const entry = { EventBusName, Source: source, DetailType, Detail: JSON.stringify(detail) };
      const { Entries = [] } = await client.send(new PutEventsCommand({ Entries: [entry] }));
      const { EventId, ErrorCode, ErrorMessage } = Entries[0] ?? {};
      if (!EventId) throw new DependencyUnavailable(`EventBridge: event not taken: ${ErrorCode} ${ErrorMessage}`);
    }),
});
