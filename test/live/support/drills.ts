import { randomUUID } from 'node:crypto';
import { twinCatalogs } from '../../../cli/twin/catalog.ts';
import { leftOfDrills } from '../../../cli/twin/left-of-drills.ts';
import { type Backup, backupIdOf } from '../../../lib/contracts/backup.ts';
import { type DrillChoice, drillIdOf } from '../../../lib/contracts/drill.ts';
import type { DatabaseWorld } from './database.ts';
import { runOnEngine } from './machines.ts';

/** Of the twin's catalog. */
const database = 'items';

/** The machines of backups and drills over a world of its own: real databases, real files, and the real order of steps. */
export const drillsIn = (current: () => DatabaseWorld) => {
  const machine = async (name: 'backup' | 'restore-test', id: string, wish: object) =>
    runOnEngine(current().ports, await twinCatalogs.current(), name, id, wish);
  const asked = () => ({ database, requestedBy: 'alice', requestId: randomUUID().slice(0, 8) });
  return {
    async takeBackup(): Promise<Backup> {
      const wish = asked();
      const id = backupIdOf(database, wish.requestId);
      await machine('backup', id, wish);
      const backup = await current().ports.backups.find(id);
      if (backup?.status === 'complete') return backup;
      throw new Error(`${id}: expected it to be complete: ${backup?.reason}`);
    },
    /** How a drill ended: its run, its sealed evidence, its last words, and what it left on the machine. */
    async drilled(choose: DrillChoice) {
      const { ports, folder } = current();
      const wish = { ...asked(), choose };
      const drill = drillIdOf(database, wish.requestId);
      const { status, error } = await machine('restore-test', drill, wish);
      const evidence = await ports.evidence.find(database, drill);
      const facts = await ports.ledger.read(database, 0, 1000);
      const told = facts.findLast(({ kind, run }) => kind === 'ended' && run.endsWith(drill))?.says;
      return { status, error, told, outcome: evidence?.drill?.outcome, left: await leftOfDrills(folder) };
    },
  };
};

export const nothingLeft = { processes: [], folders: [] };
