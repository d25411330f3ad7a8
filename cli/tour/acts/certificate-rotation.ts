import { tlsOf } from '../../../twin/live/index.ts';
import { inSeconds } from '../../output/duration.ts';
import { countsBetween } from '../../traffic/users.ts';
import { checkCertificates, rotatedProblems, seeCertificate, watchedAt } from '../certificate.ts';
import type { Act, Stage } from '../stage.ts';

/** Of 90 days: more than two thirds of its life are over. */
const ageDays = 70;

export const certificateRotation: Act = {
  name: 'certificate-rotation',
  title: 'A certificate is due: a new one is asked for, issued, taken up by every pod, and seen at every address',
  async run(stage) {
    const endpoint = await watchedAt(stage);
    await growOld(stage, endpoint.host);
    const before = await seeCertificate(stage, endpoint);
    const users = stage.users.counts();
    const startedAt = performance.now();
    const outcome = await checkCertificates(stage);
    const servedAfterSeconds = inSeconds(performance.now() - startedAt);
    const after = await seeCertificate(stage, endpoint);
    const met = countsBetween(users, stage.users.counts());
    const leaves = before.served.map(({ leaf }) => leaf);
    return {
      problems: [
        ...(before.reasons.some(({ rule }) => rule === 'due') ? [] : ['the certificate was not due before']),
        ...rotatedProblems(after, leaves, outcome),
        ...(met.failed === 0 ? [] : [`${met.failed} requests of users failed`]),
      ],
      facts: { servedAfterSeconds, addresses: after.served.length, requests: met.requests, failed: met.failed },
    };
  },
};

/** Time cannot be hurried, so the authority issues one that began long ago, and every address takes it up. */
const growOld = async ({ stateDir }: Stage, host: string): Promise<void> => {
  const tls = tlsOf(stateDir);
  await tls('renew', { host, requestId: `tour-${Date.now()}`, ageDays });
  const places = await tls('places', {});
  await tls('reload', { host, addresses: Object.keys(places[host] ?? {}) });
};
