import { measuredIn } from '../child.ts';
import { type Measured, type Measurement, rounded } from '../measurement.ts';
import { program } from '../program.ts';

const [resources, tellings, rules] = [500, 100, 1000];

type Storm = {
  events: number;
  seconds: number;
  eventsPerSecond: number;
  changesKept: number;
  incidents: number;
  resourcesWithAnIncident: number;
  attempts: number;
  incidentsWithAnAttempt: number;
  closings: number;
  deadLetters: number;
  peakRssMb: number;
};
type Decision = { rules: number; decisionMs: number; matchingMs: number; peerMatchingMs: number };

export const storm: Measurement = {
  name: 'storm',
  title: 'Alarms: a storm of them, and one decision among many rules',
  async run({ signal }): Promise<Measured> {
    const decision = await measuredIn<Decision>(program('storm/decision.ts'), [String(rules)], { signal });
    const seen = await measuredIn<Storm>(program('storm/storm.ts'), [String(resources), String(tellings)], { signal });
    const ratio = rounded(decision.peerMatchingMs / decision.matchingMs);
    const [decisionMs, matchingMs, peerMatchingMs] = [
      rounded(decision.decisionMs, 3),
      rounded(decision.matchingMs, 3),
      rounded(decision.peerMatchingMs, 3),
    ];
    return {
      value: {
        decision: { rules, decisionMs, matchingMs, peer: 'json-rules-engine 7.3.1', peerMatchingMs, ratio },
        storm: {
          ...seen,
          resources,
          seconds: rounded(seen.seconds),
          eventsPerSecond: Math.round(seen.eventsPerSecond),
        },
      },
      lines: [
        `one decision at ${rules} rules: ${decisionMs} ms with all guards; the rules alone ${matchingMs} ms, json-rules-engine ${peerMatchingMs} ms: ${ratio} times`,
        `${seen.events} alarm events over ${resources} resources: ${Math.round(seen.eventsPerSecond)}/s, at most ${seen.peakRssMb} MB`,
        `${seen.changesKept} of ${2 * resources} changes kept, ${seen.incidents} incidents, ${seen.attempts} attempts, ${seen.closings} closing messages, ${seen.deadLetters} dead letters`,
      ],
    };
  },
};
