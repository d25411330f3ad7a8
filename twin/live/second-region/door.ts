import { createServer, type Server, type ServerResponse } from 'node:http';
import pg from 'pg';
import type { LoginFor } from '../../../lib/adapters/postgres/login.ts';
import { standby } from '../databases/standby.ts';

const giveUpAfterMs = 2000;

/** What users of the second region reach: answers every path with rows of the region's own database, as the samples do. */
export const secondDoor = (loginFor: LoginFor): Server =>
  createServer((_, response) => {
    readItems(loginFor).then(
      (items) => respond(response, 200, { items }),
      (error: Error) => respond(response, 503, { error: error.message }),
    );
  });

/** A connection for each request: after a promotion the same server is another one. */
const readItems = async (loginFor: LoginFor): Promise<unknown[]> => {
  const { drill: _, ssl: __, ...login } = await loginFor(standby);
  const client = new pg.Client({ ...login, connectionTimeoutMillis: giveUpAfterMs, query_timeout: giveUpAfterMs });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return (await client.query('SELECT id, name FROM items ORDER BY id LIMIT 20')).rows;
  } finally {
    await client.end().catch(() => undefined);
  }
};

const respond = (response: ServerResponse, status: number, body: unknown): void => {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
};
