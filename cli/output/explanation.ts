import type { StoryLine } from '../../lib/domain/story/tell-story.ts';
import type { Explanation } from '../operations/explain.ts';
import { outcomeText } from './run.ts';
import type { Style } from './style.ts';
import { table } from './table.ts';

export const explanationText = ({ name, story, outcome, chain }: Explanation, style: Style): string =>
  [
    `${style.bold(name)}${story[0] ? style.dim(`  began ${story[0].at}`) : ''}`,
    '',
    table(story.map((line) => storyRow(line, style))),
    '',
    outcome ? outcomeText(outcome, style) : style.yellow('It goes on: no end is on record yet'),
    chainText(chain, style),
  ].join('\n');

const storyRow = ({ sinceStartSeconds, kind, says }: StoryLine, style: Style): string[] => [
  style.dim(`+${sinceStartSeconds.toFixed(1)} s`),
  style.cyan(kind),
  says,
];

const chainText = (chain: Explanation['chain'], style: Style): string =>
  chain.ok
    ? `${style.green('✔')} The ledger of ${chain.service} is whole: ${chain.entries} facts, each hash verified`
    : `${style.red('✖')} The ledger of ${chain.service} was changed at fact ${chain.sequence}: ${chain.reason}`;
