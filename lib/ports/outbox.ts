import type { Message } from '../contracts/message.ts';

export interface Outbox {
  /** Keeps the message until it is delivered. The same id again changes nothing. */
  enqueue(message: Message): Promise<void>;
  /** Not yet delivered, oldest first. */
  pending(limit: number): Promise<Message[]>;
}
