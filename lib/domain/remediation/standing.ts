import type { Attempt } from '../../contracts/incident.ts';
import type { Playbook } from '../../contracts/playbook.ts';

/** Of 95 %. */
const z = 1.96;
/** With fewer nothing is known of a rate. */
const fewest = 5;

/**
 * The lower end of Wilson's score interval for a share of which `good` of `all` were seen (E. B. Wilson, Journal of the American
 * Statistical Association 22, 1927, p. 209-212): unlike the usual one it holds for few and for extreme ones too.
 */
export const wilsonLower = (good: number, all: number): number => {
  if (all === 0) return 0;
  const share = good / all;
  const centre = share + z ** 2 / (2 * all);
  const spread = z * Math.sqrt((share * (1 - share)) / all + z ** 2 / (4 * all ** 2));
  return Math.max(0, (centre - spread) / (1 + z ** 2 / all));
};

type Standing = { mode: Playbook['mode']; reason?: string };

/**
 * The mode that a playbook has earned. Rule: one of which it cannot be shown that it does more good than doing nothing (as was seen in
 * shadow) asks from now on, and says so with the figures.
 */
export const standing = ({ name, mode }: Pick<Playbook, 'name' | 'mode'>, attempts: readonly Attempt[]): Standing => {
  const judged = attempts.filter(({ playbook, help }) => playbook === name && help !== undefined);
  const [acted, shadowed] = [judged.filter(({ shadow }) => !shadow), judged.filter(({ shadow }) => shadow)];
  if (mode !== 'act' || acted.length < fewest || shadowed.length < fewest) return { mode };
  const helped = acted.filter(({ help }) => help === 'helped').length;
  const byItself = shadowed.filter(({ help }) => help === 'helped').length / shadowed.length;
  const least = wilsonLower(helped, acted.length);
  if (least >= byItself) return { mode };
  const reason = `helped ${helped} of ${acted.length} times, so in ${percent(least)} at least; ${percent(byItself)} of ${shadowed.length} were over by themselves`;
  return { mode: 'ask', reason };
};

const percent = (share: number): string => `${Math.round(share * 100)} %`;
