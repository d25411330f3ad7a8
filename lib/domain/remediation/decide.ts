import { type Decision, decisions, type GuardName, guardNames } from '../../contracts/incident.ts';
import type { Facts, Guard, Said } from './facts.ts';
import { attempts, breaker, cooldown, flapping, fleet, ownDoing } from './guards-of-history.ts';
import { freeze, maintenance, mode, ownership, release } from './guards-of-now.ts';

const guards: Readonly<Record<GuardName, Guard>> = {
  freeze,
  maintenance,
  release,
  breaker,
  cooldown,
  attempts,
  flapping,
  fleet,
  ownership,
  'own-doing': ownDoing,
  mode,
};

const unknown: Said = { verdict: 'ask', reason: 'what it must know could not be read' };

/** May this act run now? Rule: every guard is asked, the worst word wins, and who does not know asks. */
export const decide = (facts: Facts): Decision => {
  const said = guardNames.map((guard) => ({ guard, ...(guards[guard](facts) ?? unknown) }));
  const worst = Math.max(...said.map(({ verdict }) => decisions.indexOf(verdict)));
  return { verdict: decisions[worst] ?? 'deny', guards: said };
};
