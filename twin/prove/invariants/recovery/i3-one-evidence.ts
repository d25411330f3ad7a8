import { evidenceProblems } from '../../../../lib/domain/recovery/evidence.ts';
import { modelKeyId, modelPublicKey } from '../../../model/ports/signer.ts';
import { readSentinels } from '../../../model/world/content.ts';
import { alarmed, type Judged } from '../judged.ts';
import type { Report } from '../violation.ts';

/** Each chain of evidence is whole, signed, and tells of no drill twice. */
export const evidenceIsWhole = ({ twin }: Judged, report: Report): void => {
  for (const [database, chain] of twin.world.evidence) {
    const problems = evidenceProblems(chain, { [modelKeyId]: modelPublicKey });
    if (problems.length > 0) report('I3', `evidence of ${database}: ${problems.join('; ')}`);
    const drills = chain.map(({ drill }) => drill.plan.drill);
    const twice = drills.filter((drill, at) => drills.indexOf(drill) !== at);
    if (twice.length > 0) report('I3', `evidence of ${database} tells twice of ${twice.join(', ')}`);
  }
};

/** An auditor is told of every drill that ended, or somebody was woken. */
export const everyDrillHasEvidence = (judged: Judged, report: Report): void => {
  if (alarmed(judged)) return;
  const { drills, evidence } = judged.twin.world;
  const told = new Set([...evidence.values()].flat().map(({ drill }) => drill.plan.drill));
  for (const { plan, status } of drills.values())
    if (status === 'ended' && !told.has(plan.drill)) report('I3', `there is no evidence of drill ${plan.drill}`);
};

/** Sentinels are one chain, whoever writes them how often. */
export const sentinelsAreOneChain = ({ twin }: Judged, report: Report): void => {
  for (const [id, production] of twin.world.instances.production) {
    const { broken } = readSentinels(production.at(twin.clock.now()));
    if (broken) report('I3', `sentinels of ${id}: ${broken}`);
  }
};
