import type { Backup, BackupId } from '../contracts/backup.ts';
import type { Manifest } from '../contracts/content.ts';
import type { DatabaseName } from '../contracts/database.ts';
import type { Drill, DrillId, DrillOutcome } from '../contracts/drill.ts';
import type { Instant } from '../contracts/instant.ts';

type BackupChange = Partial<Omit<Backup, 'id' | 'database' | 'instance' | 'snapshot' | 'startedAt'>>;

/** What was backed up, and what drills showed of it. */
export interface Backups {
  /** Keeps a new record; one with the same id is left as it is. */
  begin(backup: Backup): Promise<void>;
  /** Changes some fields of a known backup. Errors: `RecordCorrupt` for one that was never begun. */
  change(id: BackupId, change: BackupChange): Promise<void>;
  find(id: BackupId): Promise<Backup | undefined>;
  /** Newest start first. Manifests are left out: they are for `find`. */
  recent(database: DatabaseName, limit: number): Promise<Backup[]>;
}

export interface Drills {
  /** Keeps a new drill before anything is made; one with the same id is left as it is. */
  open(drill: Drill): Promise<void>;
  /** The first end stays. Errors: `RecordCorrupt` for a drill that was never opened. */
  end(id: DrillId, outcome: DrillOutcome): Promise<void>;
  find(id: DrillId): Promise<Drill | undefined>;
  /** Newest start first. */
  recent(database: DatabaseName, limit: number): Promise<Drill[]>;
  /** Keeps what production held while the drill ran; the first stays. */
  keepProduction(id: DrillId, manifest: Manifest): Promise<void>;
  production(id: DrillId): Promise<Manifest | undefined>;
}

/** The second of a drill's three removers: fires once, by itself, whatever became of the run. */
export interface Removals {
  /** Arms it for `at`; the same drill again changes nothing. */
  arm(drill: DrillId, at: Instant): Promise<void>;
  /** One that is not armed is fine. */
  disarm(drill: DrillId): Promise<void>;
  /** Whether it is armed still, and for when. */
  armed(drill: DrillId): Promise<Instant | undefined>;
}
