import * as v from 'valibot';
import { Instant } from './instant.ts';
import { ServiceName } from './names.ts';

/** Something people must be told. Kept until a receipt says that it was; the same `id` is told once. */
export const Message = v.object({
  id: v.string(),
  service: ServiceName,
  kind: v.picklist(['ended', 'drill', 'backup', 'orphan', 'certificate', 'remediation', 'maintenance']),
  subject: v.string(),
  body: v.string(),
  at: Instant,
});
export type Message = v.InferOutput<typeof Message>;
