import { Message } from '../../contracts/message.ts';
import type { Outbox } from '../../ports/outbox.ts';
import { adapter } from '../../runtime/adapter.ts';
import { readRecord } from './read-record.ts';
import { type Table, tableNamed, tableSetting } from './table.ts';

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
    return items.map((item) => readRecord(Message, item));
  },
});

export const dynamoOutbox = adapter(tableSetting, ({ CONTROL_TABLE }) => outboxIn(tableNamed(CONTROL_TABLE)));
