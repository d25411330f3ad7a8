import type { Instant } from './instant.ts';
import type { ServiceName } from './names.ts';

/** Something people must be told. Kept until a receipt says that it was; the same `id` is told once. */
export type Message = {
  id: string;
  service: ServiceName;
  kind: 'release-ended' | 'undo-ended';
  subject: string;
  body: string;
  at: Instant;
};
