import type { Instant } from '../../contracts/instant.ts';
import type { Message } from '../../contracts/message.ts';
import type { ServiceName } from '../../contracts/names.ts';

/** `id`: the release or the rollback that ended. */
export type Ending = { id: string; service: ServiceName; status: string; reason: string; at: Instant };

/** The one message that closes a release or a rollback. Its id comes from what ended, so it is told once, whoever ends it. */
export const closingMessage = ({ id, service, status, reason, at }: Ending): Message => ({
  id: `closing-${id}`,
  service,
  kind: 'ended',
  subject: `${service}: ${id} ${status}`,
  body: reason,
  at,
});
