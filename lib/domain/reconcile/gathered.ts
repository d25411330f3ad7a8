import type { Finding, Looked } from '../../contracts/reconcile.ts';

/** What one run makes good. The others are found again by the next. */
const most = 20;

type Found = { what: string; found: readonly Finding[] | undefined };

/** What all looks came to, those first that keep others waiting. `undefined`: it could not be read. The same thing seen twice is one. */
export const gathered = (looks: readonly Found[], oldestMessageSeconds: number | undefined): Looked => {
  const all = looks.flatMap(({ found = [] }) => found);
  const once = [...new Map(all.map((finding) => [JSON.stringify(finding), finding])).values()];
  const blind = looks.filter(({ found }) => found === undefined).map(({ what }) => what);
  return {
    findings: once.slice(0, most),
    more: Math.max(0, once.length - most),
    blind: oldestMessageSeconds === undefined ? [...blind, 'messages'] : blind,
    oldestMessageSeconds: oldestMessageSeconds ?? 0,
  };
};
