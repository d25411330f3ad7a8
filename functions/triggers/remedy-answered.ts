import { dynamoIncidents } from '../../lib/adapters/dynamodb/incidents.ts';
import { dynamoLedger } from '../../lib/adapters/dynamodb/ledger.ts';
import { bundledCatalogs } from '../../lib/adapters/file/catalogs.ts';
import { systemClock } from '../../lib/adapters/system/clock.ts';
import { RemedyAnswered } from '../../lib/contracts/events.ts';
import { chainOf } from '../../lib/domain/remediation/chain-of.ts';
import { entitled } from '../../lib/domain/remediation/entitled.ts';
import { answerFact, askedKeyOf, refusedFact } from '../../lib/domain/remediation/question.ts';
import type { Needs } from '../../lib/ports/index.ts';
import { findFact } from '../../lib/runtime/find-fact.ts';
import { lambda } from '../../lib/runtime/lambda.ts';
import { controlPlane, trigger } from '../../lib/runtime/trigger.ts';

/**
 * A person says whether a rung may act. Rule: only who may be called for the playbook may answer for it, and only while it is asked;
 * anybody else's word is on record, and counts for nothing.
 */
export const remedyAnswered = trigger({
  name: 'RemedyAnswered',
  event: RemedyAnswered,
  async run(ports: Needs<'catalogs' | 'incidents' | 'ledger' | 'clock'>, { detail }, call) {
    const { remediation } = await ports.catalogs.current();
    const incident = await ports.incidents.find(detail.incident);
    const about = { run: call.run, at: ports.clock.now() };
    const service = incident ? chainOf(incident.alarm) : controlPlane;
    const asked = await findFact(ports, service, ({ key }) => key === askedKeyOf(detail.incident, detail.rung));
    const problem = entitled(detail, incident, asked !== undefined, remediation);
    const fact = problem ? refusedFact(detail, problem) : answerFact(detail, about.at);
    await ports.ledger.append({ ...fact, ...about, service });
  },
});

export const handler = lambda(remedyAnswered, {
  catalogs: bundledCatalogs,
  incidents: dynamoIncidents,
  ledger: dynamoLedger,
  clock: systemClock,
});
