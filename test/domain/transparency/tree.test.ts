import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { checkConsistency, rangesOfProof } from '../../../lib/domain/transparency/consistency.ts';
import { Frontier, rootOf } from '../../../lib/domain/transparency/frontier.ts';
import { type Hash, leafHash } from '../../../lib/domain/transparency/hashes.ts';
import { hashOfPart, partsOf, tileAt, tilePath, tileWidth } from '../../../lib/domain/transparency/tiles.ts';

/* Leaves, roots and proofs of the reference implementation of RFC 6962. */
const leaves = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f'].map(
  (hex) => leafHash(Buffer.from(hex, 'hex')),
);
const roots = [
  'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
];
const proofs = [
  { first: 1, second: 1, proof: [] },
  {
    first: 1,
    second: 8,
    proof: [
      '96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7',
      '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
      '6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4',
    ],
  },
  {
    first: 6,
    second: 8,
    proof: [
      '0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a',
      'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0',
      'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
    ],
  },
  {
    first: 2,
    second: 5,
    proof: [
      '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
      'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b',
    ],
  },
];

const hex = (hash: Hash) => hash.toString('hex');
const headOf = (all: readonly Hash[], size: number) => ({ size, root: rootOf(all.slice(0, size)) });
const proofOf = (all: readonly Hash[], first: number, second: number) =>
  rangesOfProof(first, second).map(({ start, end }) => rootOf(all.slice(start, end)));
const aTree = (count: number) => Array.from({ length: count }, (_, index) => leafHash(Buffer.from(`leaf ${index}`)));

describe('the tree of RFC 6962', () => {
  test.each(roots.map((root, size) => ({ root, size })))('has with $size leaves the root $root', ({ root, size }) => {
    expect(hex(rootOf(leaves.slice(0, size)))).toBe(root);
  });

  test.each(proofs)('proves that $second leaves go on from $first', ({ first, second, proof }) => {
    expect(proofOf(leaves, first, second).map(hex)).toEqual(proof);
    const [from, to] = [headOf(leaves, first), headOf(leaves, second)];
    expect(
      checkConsistency(
        from,
        to,
        proof.map((hash) => Buffer.from(hash, 'hex')),
      ),
    ).toMatchObject({ consistent: true });
  });
});

const sizes = fc.tuple(fc.nat(40), fc.nat(40)).map(([a, b]) => [Math.min(a, b), Math.max(a, b)] as const);

describe('a consistency proof', () => {
  test('holds between any two sizes, and gives away what the old tree needs to grow', () => {
    const all = aTree(40);
    fc.assert(
      fc.property(sizes, ([first, second]) => {
        const checked = checkConsistency(headOf(all, first), headOf(all, second), proofOf(all, first, second));
        if (!checked.consistent) throw new Error('refused');
        if (first === second) return;
        const frontier = new Frontier(checked.peaks);
        for (const leaf of all.slice(first, second)) frontier.add(leaf);
        expect(frontier.size).toBe(second);
        expect(hex(frontier.root())).toBe(hex(headOf(all, second).root));
      }),
    );
  });

  test('fails when any leaf of the old tree was another', () => {
    const all = aTree(40);
    fc.assert(
      fc.property(sizes, fc.nat(39), ([first, second], changed) => {
        fc.pre(changed < first);
        const rewritten = all.map((leaf, index) => (index === changed ? leafHash(Buffer.from('other')) : leaf));
        const proof = proofOf(rewritten, first, second);
        expect(checkConsistency(headOf(all, first), headOf(rewritten, second), proof).consistent).toBe(false);
      }),
    );
  });

  test.each([
    ['is too short', (proof: Hash[]) => proof.slice(1)],
    ['is too long', (proof: Hash[]) => [...proof, ...proof]],
    ['is in another order', (proof: Hash[]) => [...proof].reverse()],
  ])('fails when it %s', (_, spoil) => {
    const proof = spoil(proofOf(leaves, 6, 8));
    expect(checkConsistency(headOf(leaves, 6), headOf(leaves, 8), proof)).toEqual({ consistent: false });
  });

  test('fails for a tree that shrank', () => {
    expect(checkConsistency(headOf(leaves, 6), headOf(leaves, 5), [])).toEqual({ consistent: false });
  });
});

describe('tiles', () => {
  test.each([
    [{ level: 0, index: 0, width: tileWidth }, 'tile/0/000'],
    [{ level: 1, index: 1_234_067, width: tileWidth }, 'tile/1/x001/x234/067'],
    [{ level: 'data' as const, index: 273, width: 112 }, 'tile/data/273.p/112'],
  ])('%o lies at %s', (tile, path) => {
    expect(tilePath(tile)).toBe(path);
  });

  test('are as wide as the example of the specification says', () => {
    const widths = [tileAt(0, 273, 70_000), tileAt(1, 0, 70_000), tileAt(1, 1, 70_000), tileAt(2, 0, 70_000)];
    expect(widths.map(({ width }) => width)).toEqual([112, 256, 17, 1]);
  });

  test('give every hash that a proof asks for', () => {
    const all = aTree(700);
    const tileOf = (level: number, index: number, width: number) =>
      Buffer.concat(
        Array.from({ length: width }, (_, place) => {
          const [span, start] = [tileWidth ** level, index * tileWidth + place];
          return rootOf(all.slice(start * span, (start + 1) * span));
        }),
      );
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 700 }), fc.integer({ min: 1, max: 700 }), (a, b) => {
        const [first, second] = [Math.min(a, b), Math.max(a, b)];
        for (const range of rangesOfProof(first, second)) {
          const hashes = partsOf(range, second).map((part) => {
            expect(part.tile.width).toBeGreaterThanOrEqual(part.from + part.count);
            return {
              size: part.leaves,
              hash: hashOfPart(part, tileOf(Number(part.tile.level), part.tile.index, part.tile.width)),
            };
          });
          expect(hex(new Frontier(hashes).root())).toBe(hex(rootOf(all.slice(range.start, range.end))));
        }
      }),
      { numRuns: 60 },
    );
  });
});
