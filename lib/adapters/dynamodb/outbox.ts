import * as v from 'valibot';
import { Instant } from '../../contracts/instant.ts';
import type { Message } from '../../contracts/message.ts';
import { ServiceName } from '../../contracts/names.ts';
import type { Outbox } from '../../ports/outbox.ts';
import { adapter } from '../../runtime/adapter.ts';
import { readRecord } from './read-record.ts';
import { type Table, tableNamed, tableSetting } from './table.ts';

const StoredMessage: v.GenericSchema<unknown, Message> = v.object({
  id: v.string(),
  service: ServiceName,
  kind: v.picklist(['release-ended', 'undo-ended']),
  subject: v.string(),
  body: v.string(),
  at: Instant,
});

/** The marker outlives delivery, so that an id is told once even when it is queued again afterwards. */
const outboxIn = (table: Table): Outbox => ({
  async enqueue(message) {
    await table.putNew([
      { pk: `message#${message.id}`, sk: 'marker' },
      { pk: 'outbox', sk: `${message.at}#${message.id}`, ...message },
    ]);
  },
  async pending(limit) {
    const range = { KeyConditionExpression: 'pk = :pk', ExpressionAttributeValues: { ':pk': 'outbox' } };
    const items = await table.query(range, limit);
    return items.map((item) => readRecord(StoredMessage, item));
  },
});

export const dynamoOutbox = adapter(tableSetting, ({ CONTROL_TABLE }) => outboxIn(tableNamed(CONTROL_TABLE)));
