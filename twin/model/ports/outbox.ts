import type { Message } from '../../../lib/contracts/message.ts';
import type { Outbox } from '../../../lib/ports/outbox.ts';

export const modelOutbox = (messages: Map<string, Message>): Outbox => ({
  async enqueue(message) {
    if (!messages.has(message.id)) messages.set(message.id, message);
  },
  pending: async (limit) => [...messages.values()].sort(oldestFirst).slice(0, limit),
});

const oldestFirst = (a: Message, b: Message): number => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0);
