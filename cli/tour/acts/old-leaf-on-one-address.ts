import { tlsOf } from '../../../twin/live/index.ts';
import { inSeconds } from '../../output/duration.ts';
import { badAddresses, checkCertificates, rotatedProblems, seeCertificate, watchedAt } from '../certificate.ts';
import type { Act, Stage } from '../stage.ts';

/** The one that takes up nothing. */
const forgetful = '127.0.0.3';

export const oldLeafOnOneAddress: Act = {
  name: 'old-leaf-on-one-address',
  title: 'A certificate was renewed, and one address of several serves the old one: it is named, and comes right',
  async run(stage) {
    const endpoint = await watchedAt(stage);
    const before = await seeCertificate(stage, endpoint);
    const address = await renewElsewhere(stage, endpoint.host);
    const found = await seeCertificate(stage, endpoint);
    const named = badAddresses(found);
    for (const { says } of found.reasons.filter(({ rule }) => rule === 'old-leaf')) stage.tell(says);
    const startedAt = performance.now();
    const outcome = await checkCertificates(stage);
    const servedAfterSeconds = inSeconds(performance.now() - startedAt);
    const after = await seeCertificate(stage, endpoint);
    const leaves = before.served.map(({ leaf }) => leaf);
    return {
      problems: [
        ...(found.health === 'BAD' ? [] : [`the old certificate was found ${found.health}, not BAD`]),
        ...(named.join() === address ? [] : [`named were ${named.join(', ') || 'none'}, not ${address}`]),
        ...rotatedProblems(after, leaves, outcome),
      ],
      facts: { named: named.join(', '), servedAfterSeconds },
    };
  },
};

/** A new certificate that all addresses but one take up by themselves. Where there is only one, that one does not. */
const renewElsewhere = async ({ stateDir }: Stage, host: string): Promise<string> => {
  const tls = tlsOf(stateDir);
  const all = Object.keys((await tls('places', {}))[host] ?? {});
  const left = all.includes(forgetful) ? forgetful : (all[0] ?? forgetful);
  await tls('renew', { host, requestId: `tour-${Date.now()}` });
  await tls('reload', { host, addresses: all.filter((address) => address !== left) });
  return left;
};
