import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { createChooser } from '../../../twin/live/router/chooser.ts';
import { newRoute, type Route } from '../../../twin/live/router/route.ts';

const routeWith = (green: number): Route => ({ ...newRoute(8080), weights: { blue: 100 - green, green } });

const choose = (route: Route, times: number) => {
  const chooser = createChooser();
  return Array.from({ length: times }, () => chooser.slot(route));
};

describe('choosing a slot', () => {
  test('of 100 requests exactly the weight goes to a slot', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 100 }), (green) => {
        expect(choose(routeWith(green), 100).filter((slot) => slot === 'green')).toHaveLength(green);
      }),
    );
  });

  test('a slot without weight gets nothing, whatever the weights were before', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 99 }), fc.integer({ min: 1, max: 250 }), (green, before) => {
        const chooser = createChooser();
        for (let i = 0; i < before; i += 1) chooser.slot(routeWith(green));
        const after = Array.from({ length: 100 }, () => chooser.slot(routeWith(0)));
        expect(new Set(after)).toEqual(new Set(['blue']));
      }),
    );
  });

  test('a small share is spread out, not sent in a row', () => {
    const at = choose(routeWith(10), 100).flatMap((slot, index) => (slot === 'green' ? [index] : []));
    const gaps = at.slice(1).map((index, i) => index - (at[i] ?? 0));
    expect(new Set(gaps)).toEqual(new Set([10]));
  });
});

describe('choosing a pod', () => {
  test('each request starts one pod further', () => {
    const chooser = createChooser();
    const blue = [1, 2, 3].map((port) => ({ pod: `pod-${port}`, port }));
    const route: Route = { ...newRoute(8080), endpoints: { blue, green: [] } };
    const firsts = Array.from({ length: 4 }, () => chooser.endpoints(route, 'blue')[0]?.port);
    expect(firsts).toEqual([1, 2, 3, 1]);
  });
});
