import type { InvariantReading } from '../../contracts/content.ts';
import type { Invariant } from '../../contracts/recovery-policy.ts';
import { codeOf, saysOf } from './failures.ts';
import { inTransaction, type Session } from './session.ts';

/** A rule that takes longer is not one to ask of a copy. */
const ruleMs = 20_000;

/** Each in a transaction of its own that cannot write. One that cannot be asked says why. */
export const askInvariants = async (
  session: Session,
  invariants: readonly Invariant[],
): Promise<InvariantReading[]> => {
  const readings: InvariantReading[] = [];
  for (const invariant of invariants) readings.push(await ask(session, invariant));
  return readings;
};

const ask = async ({ client }: Session, { name, sql }: Invariant): Promise<InvariantReading> => {
  try {
    return await inTransaction(client, 'BEGIN READ ONLY', async () => {
      await client.query(`SET LOCAL statement_timeout = ${ruleMs}`);
      await client.query(`SET LOCAL search_path = "$user", public`);
      await client.query(`DECLARE answer CURSOR FOR ${sql}`);
      const { rows } = await client.query({ text: 'FETCH 2 FROM answer', rowMode: 'array' });
      return { name, ...answerOf(rows) };
    });
  } catch (error) {
    // Without a code it is the connection that failed, not the rule.
    if (codeOf(error) === undefined) throw error;
    return { name, error: saysOf(error) };
  }
};

const answerOf = (rows: readonly unknown[][]): Pick<InvariantReading, 'holds' | 'error'> => {
  const [row] = rows;
  const [value] = row ?? [];
  const isOne = rows.length === 1 && row?.length === 1;
  return isOne && typeof value === 'boolean'
    ? { holds: value }
    : { error: `expected one row with one boolean, got ${isOne ? JSON.stringify(value) : shapeOf(rows)}` };
};

const shapeOf = (rows: readonly unknown[][]): string =>
  rows.length > 1 ? 'more than one row' : rows.length === 0 ? 'no row' : `${rows[0]?.length} columns`;
