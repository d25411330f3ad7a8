import { DamageImpossible, NotOurs } from '../../contracts/failures.ts';
import { inTransaction, type Session } from './session.ts';
import { quotedTable, tableNames } from './tables.ts';

const stranger = 'evenkeel_stranger';

/**
 * A negative control, in a drill's copy alone: the first table is dropped, or given to somebody else. Errors: `NotOurs`,
 * `DamageImpossible` when there is no table.
 */
export const damageContent = (session: Session, damage: 'dropped-table' | 'wrong-owner'): Promise<void> => {
  const { client, drill, database } = session;
  if (!drill) throw new NotOurs(`${database}: only a drill's copy may be damaged`, { database, damage });
  return inTransaction(client, 'BEGIN', async () => {
    const [table] = await tableNames(client);
    if (table === undefined) throw new DamageImpossible(`${database}: has no table`, { database, damage });
    const quoted = quotedTable(client, table);
    if (damage === 'dropped-table') await client.query(`DROP TABLE ${quoted} CASCADE`);
    else await giveAway(session, quoted);
  });
};

const giveAway = async ({ client }: Session, quoted: string): Promise<void> => {
  const { rowCount } = await client.query('SELECT FROM pg_roles WHERE rolname = $1', [stranger]);
  if (rowCount === 0) await client.query(`CREATE ROLE ${stranger} NOLOGIN`);
  await client.query(`GRANT ${stranger} TO CURRENT_USER`);
  await client.query(`ALTER TABLE ${quoted} OWNER TO ${stranger}`);
};
