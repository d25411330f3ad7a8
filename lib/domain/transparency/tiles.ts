import type { Range } from './consistency.ts';
import { rootOf } from './frontier.ts';
import { type Hash, hashBytes } from './hashes.ts';

/* The tree in tiles (c2sp.org/static-ct-api, "Merkle Tree"). */

export const tileWidth = 256;
const tileHeight = 8;

/** `width` is below `tileWidth` for the last tile of a level only. */
export type Tile = { level: number | 'data'; index: number; width: number };

const digits = 3;

/** As `tile/0/x001/067.p/12`. */
export const tilePath = ({ level, index, width }: Tile): string => {
  const text = String(index);
  const parts = text.padStart(Math.ceil(text.length / digits) * digits, '0').match(/\d{3}/g) ?? [];
  const last = parts.pop();
  const partial = width === tileWidth ? '' : `.p/${width}`;
  return `tile/${level}/${[...parts.map((part) => `x${part}`), last].join('/')}${partial}`;
};

/** The tile of a tree of `size` leaves, as wide as it is then. */
export const tileAt = (level: number | 'data', index: number, size: number): Tile => {
  const count = Math.floor(size / tileWidth ** (level === 'data' ? 0 : level));
  return { level, index, width: Math.min(tileWidth, count - index * tileWidth) };
};

/** A whole subtree of so many leaves, and the hashes of a tile that it is made of. */
export type Part = { leaves: number; tile: Tile; from: number; count: number };

/** The whole subtrees from left to right that a range is made of. It must start where a subtree of its size may start. */
export const partsOf = ({ start, end }: Range, size: number): Part[] => {
  const parts: Part[] = [];
  for (let at = start; at < end; ) {
    const height = Math.floor(Math.log2(end - at));
    parts.push(partAt(at, height, size));
    at += 2 ** height;
  }
  return parts;
};

const partAt = (start: number, height: number, size: number): Part => {
  const level = Math.floor(height / tileHeight);
  const place = start / tileWidth ** level;
  const index = Math.floor(place / tileWidth);
  return {
    leaves: 2 ** height,
    tile: tileAt(level, index, size),
    from: place % tileWidth,
    count: 2 ** (height % tileHeight),
  };
};

export const hashOfPart = ({ from, count }: Part, tile: Buffer): Hash =>
  rootOf(Array.from({ length: count }, (_, place) => hashAt(tile, from + place)));

const hashAt = (tile: Buffer, place: number): Hash => tile.subarray(place * hashBytes, (place + 1) * hashBytes);
