import type { TwinAddresses } from '../twin/twin-control.ts';
import type { Style } from './style.ts';
import { table } from './table.ts';

/** What a newcomer needs next, with commands that can be copied as they are. `option`: what finds this twin again. */
export const welcomeText = (twin: TwinAddresses, seconds: number, option: string, style: Style): string => {
  const places = Object.entries(twin.addresses).map(([service, address]) => [`  ${service}`, style.cyan(address)]);
  const service = Object.keys(twin.addresses)[0] ?? 'SERVICE';
  const tries = [
    [`  npx evenkeel deploy ${service} @good-2${option}`, style.dim('a good release goes through')],
    [`  npx evenkeel deploy ${service} @late-errors-20${option}`, style.dim('a bad one comes back')],
    [`  npx evenkeel status${option}`, style.dim('who runs where')],
    [`  npx evenkeel history ${service}${option}`, style.dim('what happened')],
    ['  npm run tour', style.dim('all of it by itself, faults included, in a twin of its own')],
    [`  npx evenkeel down${option}`, style.dim('ends the twin; its state stays')],
  ];
  return [
    `${style.green('✔')} The twin is ready ${style.dim(`(${seconds.toFixed(1)} s)`)}`,
    '',
    table([...places, ['  AWS endpoint', style.cyan(twin.endpoint)], ['  state', style.cyan(twin.stateDir)]]),
    '',
    'Try next:',
    table(tries),
  ].join('\n');
};
