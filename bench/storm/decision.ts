import { Engine } from 'json-rules-engine';
import { decide } from '../../lib/domain/remediation/decide.ts';
import { playbookFor } from '../../lib/domain/remediation/playbook-for.ts';
import { median } from '../measurement.ts';
import { change, factsOf, nameOf, playbooksOf } from './rules.ts';

/* One decision over so many rules, ours and the peer's by turns. Argument: how many rules. Prints milliseconds, the median. */

const rules = Number(process.argv[2] ?? 1000);
const [warmUps, turns] = [20, 301];

const playbooks = playbooksOf(rules);
const ours = (): void => {
  const playbook = playbookFor(change, playbooks);
  if (!playbook || decide(factsByPlaybook).verdict !== 'allow') throw new Error('ours: it decided otherwise');
};
const last = playbooks.at(-1);
if (!last) throw new Error('there must be a rule');
const factsByPlaybook = factsOf(last);
const oursMatchesAlone = (): void => {
  if (playbookFor(change, playbooks) !== last) throw new Error('ours: it found another');
};

const peer = new Engine();
for (let rule = 0; rule < rules; rule += 1) {
  peer.addRule({
    conditions: {
      all: [
        { fact: 'kind', operator: 'equal', value: 'service' },
        { fact: 'name', operator: 'equal', value: nameOf(rule, rules) },
      ],
    },
    event: { type: `rule-${rule}` },
  });
}
const theirs = async (): Promise<void> => {
  const { events } = await peer.run({ kind: change.resource.kind, name: change.name });
  if (events.length !== 1 || events[0]?.type !== last.name) throw new Error('theirs: it found another');
};

const timed = async (work: () => void | Promise<void>): Promise<number> => {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
};

const figures = { ours: [] as number[], oursMatching: [] as number[], theirs: [] as number[] };
for (let turn = -warmUps; turn < turns; turn += 1) {
  const [all, matching, peers] = [await timed(ours), await timed(oursMatchesAlone), await timed(theirs)];
  if (turn < 0) continue;
  figures.ours.push(all);
  figures.oursMatching.push(matching);
  figures.theirs.push(peers);
}
console.log(
  JSON.stringify({
    rules,
    decisionMs: median(figures.ours),
    matchingMs: median(figures.oursMatching),
    peerMatchingMs: median(figures.theirs),
  }),
);
