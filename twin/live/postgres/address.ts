import * as v from 'valibot';

/** How to reach the world's database. Kept in a file that its owner alone can read, as it holds the password. */
export const DatabaseAddress = v.object({
  host: v.string(),
  port: v.number(),
  user: v.string(),
  password: v.string(),
  database: v.string(),
});
export type DatabaseAddress = v.InferOutput<typeof DatabaseAddress>;
