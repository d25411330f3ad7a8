import pg from 'pg';
import { databaseAddress } from '../../twin/live/index.ts';

const noneIsLeft = '53300';

/** Sessions that somebody opened on the database and does nothing with. */
export type Held = AsyncDisposable & { sessions: number };

/** Opens up to so many, fewer only where no more are given. Whoever holds them gives them back. */
export const holdConnections = async (stateDir: string, most: number): Promise<Held> => {
  const address = await databaseAddress(stateDir);
  const clients: pg.Client[] = [];
  const open = async (): Promise<boolean> => {
    const client = new pg.Client(address);
    client.on('error', () => undefined);
    const opened = await client.connect().then(
      () => true,
      (error: { code?: string }) => {
        if (error.code === noneIsLeft) return false;
        throw error;
      },
    );
    if (opened) clients.push(client);
    return opened;
  };
  while (clients.length < most && (await open()));
  return {
    sessions: clients.length,
    [Symbol.asyncDispose]: async () => void (await Promise.all(clients.map((client) => client.end()))),
  };
};
