import { QUERY_EVALUATION_ERROR, StateError } from '../../failure.ts';
import { isObject, type Json } from '../../json.ts';
import { chain, type MaybePromise } from '../../maybe-promise.ts';
import { unexpectedType } from '../../program/template.ts';
import type { Batcher, MapState } from '../../program/types.ts';
import type { Scope } from '../../query/scope.ts';

/** What a Map state decides when it starts. */
export interface MapPlan {
  readonly items: Json[];
  readonly maxConcurrency: number;
  readonly tolerated?: number;
}

/** AWS's ceilings, which a MaxConcurrency of 0 (or none) stands for. */
const CEILING = { inline: 40, distributed: 10_000 };

export function planMap(state: MapState, scope: Scope): MaybePromise<MapPlan> {
  return chain(itemsOf(state, scope), (items) =>
    chain(state.maxConcurrency?.(scope) ?? 0, (concurrency) =>
      chain(toleratedOf(state, scope, items.length), (tolerated) => ({
        items,
        maxConcurrency: concurrency || (state.distributed ? CEILING.distributed : CEILING.inline),
        ...(tolerated !== undefined && { tolerated }),
      })),
    ),
  );
}

function itemsOf(state: MapState, scope: Scope): MaybePromise<Json[]> {
  return chain(state.items?.(scope) ?? scope.input, (items) => {
    if (Array.isArray(items)) return items;
    if (state.distributed && isObject(items)) return Object.entries(items).map(([Key, Value]) => ({ Key, Value }));
    throw state.items ? unexpectedType(null, 'Items', 'array', items) : notAnArray();
  });
}

const notAnArray = () =>
  new StateError(QUERY_EVALUATION_ERROR, 'The state input of a Map without Items must be an array.', 'Items');

/** The smaller of both limits; a distributed Map tolerates none by default, an inline one has no threshold. */
function toleratedOf(state: MapState, scope: Scope, length: number): MaybePromise<number | undefined> {
  return chain(state.toleratedCount?.(scope), (count) =>
    chain(state.toleratedPercentage?.(scope), (percentage) => {
      const limits = [count, percentage === undefined ? undefined : Math.floor((length * percentage) / 100)];
      const given = limits.filter((limit) => limit !== undefined);
      if (given.length === 0) return state.distributed ? 0 : undefined;
      return Math.min(...given);
    }),
  );
}

/** Groups selected items into inputs `{ BatchInput?, Items }`. */
export function batch(batcher: Batcher, items: Json[], scope: Scope): MaybePromise<Json[]> {
  return chain(batcher.maxItems?.(scope) ?? Number.POSITIVE_INFINITY, (maxItems) =>
    chain(batcher.maxBytes?.(scope) ?? Number.POSITIVE_INFINITY, (maxBytes) =>
      chain(batcher.input?.(scope), (input) =>
        group(items, maxItems || 1, maxBytes).map((group) => batchOf(group, input)),
      ),
    ),
  );
}

const batchOf = (items: Json[], input: Json | undefined): Json => ({
  ...(input !== undefined && { BatchInput: input }),
  Items: items,
});

function group(items: Json[], maxItems: number, maxBytes: number): Json[][] {
  const groups: Json[][] = [];
  let bytes = 0;
  for (const item of items) {
    const size = Buffer.byteLength(JSON.stringify(item));
    const current = groups.at(-1);
    if (current && current.length < maxItems && bytes + size <= maxBytes) {
      current.push(item);
      bytes += size;
    } else {
      groups.push([item]);
      bytes = size;
    }
  }
  return groups;
}
