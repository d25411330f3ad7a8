import { Message } from '../../../lib/contracts/message.ts';
import type { Outbox } from '../../../lib/ports/outbox.ts';
import { bodyOf } from './body.ts';
import type { Store } from './database.ts';

export const storedOutbox = (store: Store): Outbox => ({
  enqueue: async (message) =>
    store.write((database) => {
      database
        .prepare('INSERT OR IGNORE INTO outbox VALUES (?, ?, ?)')
        .run(message.id, message.at, JSON.stringify(message));
    }),
  pending: async (limit) =>
    store.read((database) =>
      database
        .prepare('SELECT body FROM outbox ORDER BY at, id LIMIT ?')
        .all(limit)
        .map((row) => bodyOf('outbox', row, Message)),
    ),
});
