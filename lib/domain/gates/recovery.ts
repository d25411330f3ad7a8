import type { Backup } from '../../contracts/backup.ts';
import type { DatabaseName } from '../../contracts/database.ts';
import type { Drill } from '../../contracts/drill.ts';
import type { Instant } from '../../contracts/instant.ts';
import type { RecoveryPolicy } from '../../contracts/recovery-policy.ts';
import { judgeBackupAge, judgeDrillAge } from '../recovery/freshness.ts';
import { overall } from '../verdict/worst.ts';
import type { Answered } from './answered.ts';

/** What is known of a database that the service uses. */
export type RecoveryFacts = {
  database: DatabaseName;
  policy: RecoveryPolicy;
  backups: readonly Backup[];
  drills: readonly Drill[];
};

/** Rule: what a release may break can be brought back. */
export const backupFresh = (facts: readonly RecoveryFacts[], now: Instant): Answered =>
  ofAll(facts, ({ backups, policy }) => judgeBackupAge(backups, policy, now));

/** Rule: a backup that was never restored is a hope. */
export const restoreDrillFresh = (facts: readonly RecoveryFacts[], now: Instant): Answered =>
  ofAll(facts, ({ drills, policy }) => judgeDrillAge(drills, policy, now));

const ofAll = (facts: readonly RecoveryFacts[], judge: (one: RecoveryFacts) => Answered): Answered => {
  if (facts.length === 0) return { verdict: 'inconclusive', reason: 'the catalog names no database of this service' };
  const answers = facts.map((one) => ({ ...judge(one), database: one.database }));
  return {
    verdict: overall(answers),
    reason: answers.map(({ database, reason }) => `${database}: ${reason}`).join('; '),
  };
};
