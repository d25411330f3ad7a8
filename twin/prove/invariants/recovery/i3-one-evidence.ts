import { toldOf } from '../../../../lib/contracts/evidence.ts';
import { evidenceProblems } from '../../../../lib/domain/recovery/evidence.ts';
import { modelKeyId, modelPublicKey } from '../../../model/ports/signer.ts';
import { readSentinels } from '../../../model/world/content.ts';
import type { Judged } from '../judged.ts';
import type { Report } from '../violation.ts';

/** Each chain of evidence is whole, signed, and tells of no drill or failover twice. */
export const evidenceIsWhole = ({ twin }: Judged, report: Report): void => {
  for (const [database, chain] of twin.world.evidence) {
    const problems = evidenceProblems(chain, { [modelKeyId]: modelPublicKey });
    if (problems.length > 0) report('I3', `evidence of ${database}: ${problems.join('; ')}`);
    const told = chain.map(toldOf);
    const twice = told.filter((one, at) => told.indexOf(one) !== at);
    if (twice.length > 0) report('I3', `evidence of ${database} tells twice of ${twice.join(', ')}`);
  }
};

/** An auditor is told of every drill that ended, whoever ended it: no end is on record before it is sealed. */
export const everyDrillHasEvidence = ({ twin }: Judged, report: Report): void => {
  const { drills, evidence } = twin.world;
  const told = new Set([...evidence.values()].flat().map(toldOf));
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
