import * as v from 'valibot';
import { dynamoCertificates } from '../../lib/adapters/dynamodb/certificates.ts';
import { bundledCatalogs } from '../../lib/adapters/file/catalogs.ts';
import { systemClock } from '../../lib/adapters/system/clock.ts';
import { certificateSectionOf } from '../../lib/catalog/certificate-section.ts';
import { RenewalWish } from '../../lib/contracts/certificate.ts';
import { judgeAll } from '../../lib/domain/certificates/judge-all.ts';
import { wishesOf } from '../../lib/domain/certificates/wishes.ts';
import type { Needs } from '../../lib/ports/index.ts';
import { lambda } from '../../lib/runtime/lambda.ts';
import { step } from '../../lib/runtime/task.ts';

type JudgeNeeds = Needs<'catalogs' | 'certificates' | 'clock'>;

/** Joins what is meant with what is served, and says what must be done about it before anybody is told. */
export const judgeInventory = step({
  name: 'JudgeInventory',
  input: v.object({}),
  output: v.object({ wishes: v.array(RenewalWish), left: v.number() }),
  async run({ catalogs, certificates, clock }: JudgeNeeds, _, call) {
    const section = certificateSectionOf(await catalogs.current());
    const readings = await certificates.readings(call.run);
    const [before, findings] = [await certificates.all(), await certificates.findings(call.run)];
    const now = clock.now();
    return wishesOf(judgeAll({ section, readings, before, findings, now }), section.policy, now);
  },
});

export const handler = lambda(judgeInventory, {
  catalogs: bundledCatalogs,
  certificates: dynamoCertificates,
  clock: systemClock,
});
