import * as v from 'valibot';
import { cloudwatchSignals } from '../../lib/adapters/cloudwatch/signals.ts';
import { dynamoBackups } from '../../lib/adapters/dynamodb/backups.ts';
import { dynamoCertificates } from '../../lib/adapters/dynamodb/certificates.ts';
import { dynamoDrills } from '../../lib/adapters/dynamodb/drills.ts';
import { dynamoLedger } from '../../lib/adapters/dynamodb/ledger.ts';
import { dynamoReleases } from '../../lib/adapters/dynamodb/releases.ts';
import { ecrImages } from '../../lib/adapters/ecr/images.ts';
import { bundledCatalogs } from '../../lib/adapters/file/catalogs.ts';
import { systemClock } from '../../lib/adapters/system/clock.ts';
import { databasesOf, recoveryPolicyOf } from '../../lib/catalog/find-database.ts';
import { findService } from '../../lib/catalog/find-service.ts';
import type { Catalog } from '../../lib/contracts/catalog.ts';
import { GatesNotPassed, ImageNotFound } from '../../lib/contracts/failures.ts';
import type { ServiceName } from '../../lib/contracts/names.ts';
import { Plan } from '../../lib/contracts/release.ts';
import { Check } from '../../lib/contracts/verdict.ts';
import { judgeGates } from '../../lib/domain/gates/judge-gates.ts';
import type { RecoveryFacts } from '../../lib/domain/gates/recovery.ts';
import type { Needs } from '../../lib/ports/index.ts';
import { lambda } from '../../lib/runtime/lambda.ts';
import { record } from '../../lib/runtime/record.ts';
import { step } from '../../lib/runtime/task.ts';

type GateNeeds = Needs<
  'catalogs' | 'images' | 'signals' | 'releases' | 'backups' | 'drills' | 'certificates' | 'ledger' | 'clock'
>;

/** Every check before anything is touched. All gates are judged and recorded, also after the first that says no. */
export const checkGates = step({
  name: 'CheckGates',
  input: v.object({ plan: Plan }),
  output: v.object({ checks: v.array(Check) }),
  async run(ports: GateNeeds, { plan }, call) {
    const { alarmNames, facts } = await factsFor(ports, plan);
    if (!facts.image)
      throw new ImageNotFound(`digest: ${plan.digest} is not in the registry of ${plan.service}; push it first`);
    const { passed, checks } = judgeGates(plan, alarmNames, facts);
    const says = `Gates ${passed ? 'passed' : 'did not pass'}: ${checks.map(({ name, verdict, reason }) => `${name} ${verdict} (${reason})`).join('; ')}`;
    await record(ports, call, {
      service: plan.service,
      key: `${plan.releaseId}/gates`,
      kind: 'gates',
      says,
      data: { passed, checks },
    });
    if (!passed) throw new GatesNotPassed(says, { checks });
    return { checks };
  },
});

const factsFor = async (ports: GateNeeds, plan: Plan) => {
  const catalog = await ports.catalogs.current();
  const alarmNames = findService(catalog, plan.service).alarms;
  const [image, alarms, badReason] = await Promise.all([
    ports.images.find(plan.service, plan.digest),
    ports.signals.alarms(alarmNames),
    ports.releases.badReason(plan.service, plan.digest),
  ]);
  const recovery = await recoveryOf(ports, catalog, plan.service);
  const certificates = plan.policy.gates.certificates ? await ports.certificates.all() : [];
  return {
    alarmNames,
    facts: { image, alarms, badReason, freezes: catalog.freezes, now: ports.clock.now(), recovery, certificates },
  };
};

/** How many backups and drills back one that counts may be, behind those that failed. */
const lookBack = 20;

const recoveryOf = (ports: GateNeeds, catalog: Catalog, service: ServiceName): Promise<RecoveryFacts[]> =>
  Promise.all(
    databasesOf(catalog, service).map(async (database) => ({
      database: database.name,
      policy: recoveryPolicyOf(catalog, database),
      backups: await ports.backups.recent(database.name, lookBack),
      drills: await ports.drills.recent(database.name, lookBack),
    })),
  );

export const handler = lambda(checkGates, {
  catalogs: bundledCatalogs,
  images: ecrImages,
  signals: cloudwatchSignals,
  releases: dynamoReleases,
  backups: dynamoBackups,
  drills: dynamoDrills,
  certificates: dynamoCertificates,
  ledger: dynamoLedger,
  clock: systemClock,
});
