import { pause } from '../../cli/operations/pause.ts';
import { worldOf } from '../../cli/tour/drill.ts';
import type { Stage } from '../../cli/tour/stage.ts';
import type { Backup } from '../../lib/contracts/backup.ts';
import type { DrillPlan } from '../../lib/contracts/drill.ts';
import type { RecoveryPolicy } from '../../lib/contracts/recovery-policy.ts';
import { chooseBackup } from '../../lib/domain/recovery/choose-backup.ts';
import { liveLogins } from '../../twin/live/databases/login.ts';
import { storedWorks } from '../../twin/live/databases/works.ts';
import type { DatabaseAddress } from '../../twin/live/postgres/address.ts';
import { openStore } from '../../twin/live/store/database.ts';

/** What a drill restored, and by which policy it is judged. */
export type Copy = { plan: DrillPlan; policy: RecoveryPolicy };

const betweenLooksMs = 100;

/**
 * A copy as a drill makes it, which stays until it is removed: it is on record as that of an open drill, so no remover takes it, and
 * other drills go on beside it.
 */
export const restored = async (stage: Stage, backup: Backup, policy: RecoveryPolicy): Promise<Copy> => {
  const { backups, databases, drills, clock } = worldOf(stage);
  const { name: database, instance } = stage.database;
  const wish = {
    database,
    choose: { kind: 'backup', id: backup.id },
    requestedBy: 'bench',
    requestId: `by-hand-${backup.id}`,
  } as const;
  const facts = { instance: await databases.find(instance), backups: await backups.recent(database, 10) };
  const choice = chooseBackup(wish, { ...facts, now: clock.now(), random: 0, policy });
  if (choice.action === 'refuse') throw new Error(`bench: ${choice.reason}`);
  const { plan } = choice;
  await drills.open({ plan, status: 'open' });
  const { drill, removeBy, source } = plan;
  await databases.restore({ as: plan.instance, source, sizeClass: policy.drill.sizeClass, mark: { drill, removeBy } });
  for (;;) {
    const copy = await databases.find(plan.instance);
    if (copy?.status === 'available') return { plan, policy };
    if (copy?.status === 'failed') throw new Error(`bench: ${plan.instance}: ${copy.statusReason}`);
    await pause(betweenLooksMs, stage.signal);
  }
};

/** The login that was made for it. */
export const loginOf = async ({ stateDir }: Stage, { instance }: DrillPlan): Promise<DatabaseAddress> => {
  const store = openStore(stateDir);
  try {
    return await liveLogins(stateDir, storedWorks(store))(instance);
  } finally {
    store.close();
  }
};

export const removed = async (stage: Stage, { instance }: DrillPlan): Promise<void> => {
  const { databases } = worldOf(stage);
  await databases.remove(instance);
  while (await databases.find(instance)) await pause(betweenLooksMs, stage.signal);
};
