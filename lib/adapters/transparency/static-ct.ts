import type { KeyObject } from 'node:crypto';
import { readCheckpoint } from '../../domain/transparency/checkpoint.ts';
import { type Range, rangesOfProof } from '../../domain/transparency/consistency.ts';
import { type LogEntry, readDataTile } from '../../domain/transparency/entry.ts';
import { Frontier } from '../../domain/transparency/frontier.ts';
import { type Hash, hashBytes } from '../../domain/transparency/hashes.ts';
import { hashOfPart, partsOf, type Tile, tileAt, tilePath, tileWidth } from '../../domain/transparency/tiles.ts';
import { overAll } from '../http/in-parallel.ts';
import { type Get, type LogSource, requestsAtOnce } from './source.ts';

/** A log by c2sp.org/static-ct-api. Nobody computes proofs for us: they are made from tiles, which prove themselves by the result. */
export const staticCtSource = (get: Get, key: KeyObject): LogSource => {
  /** A tile that was not full yet may be dropped as soon as it is. */
  const tileOf = async (tile: Tile): Promise<Buffer> => {
    const full = { ...tile, width: tileWidth };
    const found = (await get(tilePath(tile))) ?? (tile.width < tileWidth ? await get(tilePath(full)) : undefined);
    if (found) return found;
    throw new Error(`${tilePath(tile)} is not there`);
  };

  const hashTile = async (tile: Tile): Promise<Buffer> => {
    const found = await tileOf(tile);
    if (found.length >= tile.width * hashBytes) return found;
    throw new Error(`${tilePath(tile)} has ${found.length} bytes, expected ${tile.width * hashBytes}`);
  };

  const dataTile = async (tile: Tile): Promise<LogEntry[]> => {
    const entries = readDataTile(await tileOf(tile));
    if (entries.length >= tile.width) return entries;
    throw new Error(`${tilePath(tile)} has ${entries.length} entries, expected ${tile.width}`);
  };

  return {
    async head() {
      const note = await get('checkpoint');
      const head = note && readCheckpoint(note.toString('utf8'), key);
      if (head) return head;
      throw new Error("its checkpoint is not signed with the log's key");
    },
    async proof(first, second) {
      const ranges = rangesOfProof(first, second);
      const tiles = new Map(ranges.flatMap((range) => tilesOf(range, second)));
      const read = await overAll(
        requestsAtOnce,
        [...tiles],
        async ([path, tile]) => [path, await hashTile(tile)] as const,
      );
      const byPath = new Map(read);
      return ranges.map((range) => hashOfRange(range, second, byPath));
    },
    async *entries(start, end, size) {
      const last = Math.ceil(end / tileWidth);
      for (let index = Math.floor(start / tileWidth); index < last; index += requestsAtOnce) {
        const count = Math.min(requestsAtOnce, last - index);
        const tiles = Array.from({ length: count }, (_, place) => tileAt('data', index + place, size));
        const from = index * tileWidth;
        const found = (await overAll(requestsAtOnce, tiles, dataTile)).flat();
        yield found.slice(Math.max(0, start - from), end - from);
      }
    },
  };
};

const tilesOf = (range: Range, size: number): [string, Tile][] =>
  partsOf(range, size).map(({ tile }) => [tilePath(tile), tile]);

const hashOfRange = (range: Range, size: number, tiles: ReadonlyMap<string, Buffer>): Hash => {
  const parts = partsOf(range, size);
  const peaks = parts.map((part) => ({
    size: part.leaves,
    hash: hashOfPart(part, tiles.get(tilePath(part.tile)) ?? Buffer.alloc(0)),
  }));
  return new Frontier(peaks).root();
};
