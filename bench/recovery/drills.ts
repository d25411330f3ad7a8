import { startDrill, worldOf } from '../../cli/tour/drill.ts';
import { awaitEndOf } from '../../cli/tour/followed.ts';
import type { Stage } from '../../cli/tour/stage.ts';
import type { Backup } from '../../lib/contracts/backup.ts';
import type { Damage } from '../../lib/contracts/drill.ts';
import { secondsBetween } from '../../lib/contracts/instant.ts';
import type { LedgerEntry } from '../../lib/contracts/ledger.ts';
import { phaseSeconds } from '../../lib/domain/recovery/measure.ts';
import { rounded } from '../measurement.ts';

/** `firstSeconds`, `fullSeconds`: from the copy's first answer to the verdict before and after all tables were read. */
export type Drilled = {
  damage: Damage | 'none';
  status: string;
  phases: Record<string, number>;
  firstVerdict: string;
  firstSeconds: number;
  fullSeconds: number;
};

const pageEntries = 1000;

const factsOf = async (stage: Stage, drill: string): Promise<LedgerEntry[]> => {
  const { ledger } = worldOf(stage);
  const all: LedgerEntry[] = [];
  for (;;) {
    const page = await ledger.read(stage.database.name, all.at(-1)?.sequence ?? 0, pageEntries);
    all.push(...page);
    if (page.length < pageEntries) return all.filter(({ data }) => data.drill === drill);
  }
};

/** A whole drill by the control plane, as it went by its own record and its own ledger. */
export const drilled = async (stage: Stage, { id }: Backup, damage?: Damage): Promise<Drilled> => {
  const subject = await startDrill(stage, { kind: 'backup', id }, damage);
  const { status, reason } = await awaitEndOf({ ...stage, tell: () => undefined }, subject);
  const drill = await worldOf(stage).drills.find(subject.name);
  if (!drill?.outcome) throw new Error(`bench: drill ${subject.name} ended as ${status}: ${reason}`);
  const facts = await factsOf(stage, subject.name);
  const found = (kind: string) => facts.find((fact) => fact.kind === kind);
  const after = (kind: string) =>
    rounded(secondsBetween(drill.outcome?.phases.answeredAt ?? '', found(kind)?.at ?? ''), 3);
  return {
    damage: damage ?? 'none',
    status,
    phases: phaseSeconds(drill.plan, drill.outcome.phases),
    firstVerdict: String(found('first-verdict')?.data.verdict),
    firstSeconds: after('first-verdict'),
    fullSeconds: after('content-verdict'),
  };
};
