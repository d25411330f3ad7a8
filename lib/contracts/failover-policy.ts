import * as v from 'valibot';
import { InstanceId } from './database.ts';
import { wholeNumber } from './whole-number.ts';

/** A public name as users type it, without a dot at the end. */
export const RecordName = v.pipe(
  v.string(),
  v.maxLength(253, 'expected at most 253 characters'),
  v.regex(/^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/, 'expected a host name, as shop.example.com'),
);
export type RecordName = string;

/** How a database is brought to its second region, in the catalog beside the database. */
export const FailoverPolicy = v.strictObject({
  /** The copy in the second region that follows the instance. It becomes the one that is written to. */
  replica: InstanceId,
  /** The cluster of the second region, whose slots are filled. */
  cluster: v.pipe(v.string(), v.minLength(1), v.maxLength(100)),
  /** The public names that move. */
  records: v.pipe(v.array(RecordName), v.minLength(1, 'expected at least one name')),
  /** The name that a drill moves in their place. No user knows it. */
  drillRecord: RecordName,
  /** Asked through the names: harmless, and answered from the database. */
  path: v.pipe(v.string(), v.regex(/^\/[\w./-]*$/, 'expected a path that starts with /')),
  /** How many must say that the region is lost. Fewer than three is a guess, so nothing else is allowed. */
  witnesses: v.literal(3),
  /** Approvals come with chat; until then any other value is refused instead of ignored. */
  approval: v.literal('none'),
  /** How long to wait for the old writer to stop, for the new one to take writes, for pods, and for requests. */
  deadlines: v.strictObject({
    fenceSeconds: wholeNumber(5, 3600),
    writableSeconds: wholeNumber(5, 14_400),
    podsSeconds: wholeNumber(10, 3600),
    requestsSeconds: wholeNumber(5, 3600),
  }),
  verify: v.strictObject({ requests: wholeNumber(1, 200) }),
  /** A safety net: after this long another run may take the database. */
  leaseSeconds: wholeNumber(60, 86_400),
});
export type FailoverPolicy = v.InferOutput<typeof FailoverPolicy>;
