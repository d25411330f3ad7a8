import { request } from 'undici';
import { leaseOf } from '../../lib/contracts/lease.ts';
import type { Digest } from '../../lib/contracts/names.ts';
import { verifyChain } from '../../lib/domain/ledger/chain.ts';
import { readChain } from '../operations/chain.ts';
import type { Outcome } from '../operations/outcome.ts';
import { inSeconds } from '../output/duration.ts';
import type { Counts } from '../traffic/users.ts';
import type { Seen, Stage } from './stage.ts';

export type Expected = {
  outcome: Outcome;
  status: string;
  /** Who must answer users afterwards. */
  digest: Digest;
  /** What users met during the act. */
  met: Counts;
  /** `undefined`: a bad release reached users, so some failures are the point. */
  mostFailed?: number;
  mostSecondsToSafe?: number;
};

const requestsAfterwards = 50;

/** Ok is computed from what was observed: answers through the router, the record, and a ledger whose chain is whole. */
export const judge = async (stage: Stage, expected: Expected): Promise<Seen> => {
  const { outcome, met } = expected;
  const { ports } = await stage.plane();
  const [live, lease, chain, strangers] = await Promise.all([
    ports.releases.live(stage.service),
    ports.leases.current(leaseOf(stage.service)),
    readChain(ports, stage.service).then(verifyChain),
    answersNotFrom(stage, expected.digest),
  ]);
  const problems = [
    ...outcomeProblems(expected),
    ...(live?.digest === expected.digest ? [] : [`the live release is ${live?.digest}, not ${expected.digest}`]),
    ...(lease ? [`${lease.holder} still holds the service`] : []),
    ...(chain.ok ? [] : [`the ledger was changed at fact ${chain.sequence}: ${chain.reason}`]),
    ...(strangers === 0
      ? []
      : [`${strangers} of ${requestsAfterwards} answers afterwards were not from ${expected.digest}`]),
    ...trafficProblems(expected),
  ];
  const safe = outcome.timeToSafeMs === undefined ? {} : { timeToSafeSeconds: inSeconds(outcome.timeToSafeMs) };
  const facts = { release: outcome.name, status: outcome.status, requests: met.requests, failed: met.failed, ...safe };
  return { problems, facts };
};

const outcomeProblems = ({ outcome, status, mostSecondsToSafe }: Expected): string[] => {
  const { timeToSafeMs } = outcome;
  const late =
    mostSecondsToSafe !== undefined && !(timeToSafeMs !== undefined && timeToSafeMs < mostSecondsToSafe * 1000);
  return [
    ...(outcome.status === status ? [] : [`the release ended as ${outcome.status}, not ${status}: ${outcome.reason}`]),
    ...(late ? [`traffic was safe after ${timeToSafeMs ?? 'unknown'} ms, not within ${mostSecondsToSafe} s`] : []),
  ];
};

const trafficProblems = ({ met, mostFailed }: Expected): string[] => [
  ...(met.requests > 0 ? [] : ['nobody used the service']),
  ...(mostFailed === undefined || met.failed <= mostFailed
    ? []
    : [`${met.failed} requests of users failed; at most ${mostFailed} may`]),
];

/** Fresh requests through the public door, one after the other. */
const answersNotFrom = async ({ url }: Stage, digest: Digest): Promise<number> => {
  let strangers = 0;
  for (let i = 0; i < requestsAfterwards; i += 1) {
    const { statusCode, headers, body } = await request(url);
    await body.dump();
    if (statusCode !== 200 || headers['x-evenkeel-digest'] !== digest) strangers += 1;
  }
  return strangers;
};
