import { alarmStateChanged, type NewEvent } from '../../twin/bus/index.ts';

const place = { region: 'eu-west-1', accountId: '000000000000' };
const firstMs = Date.parse('2026-05-01T10:00:00.000Z');

export type Storm = { resources: number; tellings: number };

/** The alarm of each resource fires and is over: two changes, each told so often. */
const tellingOf = (index: number, { resources }: Storm): NewEvent => {
  const resource = index % resources;
  const fires = Math.floor(index / resources) % 2 === 0;
  const [state, previous] = fires ? (['alarm', 'ok'] as const) : (['ok', 'alarm'] as const);
  const change = { name: `storm-${resource}`, state, previous, reason: 'the storm' };
  return alarmStateChanged(change, place, firstMs + resource * 1000 + (fires ? 0 : 500));
};

/** A step that shares no factor with the count visits each index once, far from its neighbours. */
const stepFor = (count: number): number => {
  const common = (a: number, b: number): number => (b === 0 ? a : common(b, a % b));
  let step = Math.floor(count * 0.618) + 1;
  while (common(step, count) !== 1) step += 1;
  return step;
};

/** All tellings, out of order, the same in each run. */
export function* stormEvents(storm: Storm): Generator<NewEvent> {
  const count = storm.resources * 2 * storm.tellings;
  const step = stepFor(count);
  for (let nth = 0; nth < count; nth += 1) yield tellingOf((nth * step) % count, storm);
}
