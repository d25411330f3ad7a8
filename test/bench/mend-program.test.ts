import { expect, test } from '@jest/globals';
import { withWritableDynamic } from '../../scripts/mend-program.ts';

const [load, dynamic] = [1, 2];
const [r, w, x] = [4, 2, 1];
const segmentBytes = 56;
const firstSegment = 64;

type Segment = [type: number, flags: number, from: number, bytes: number];

/** The header of a program with these segments, as ELF has it. */
const aProgram = (segments: readonly Segment[]): Buffer => {
  const file = Buffer.alloc(firstSegment + segments.length * segmentBytes);
  file.writeBigUInt64LE(BigInt(firstSegment), 32);
  file.writeUInt16LE(segmentBytes, 54);
  file.writeUInt16LE(segments.length, 56);
  for (const [index, [type, flags, from, bytes]] of segments.entries()) {
    const at = firstSegment + index * segmentBytes;
    file.writeUInt32LE(type, at);
    file.writeUInt32LE(flags, at + 4);
    file.writeBigUInt64LE(BigInt(from), at + 16);
    file.writeBigUInt64LE(BigInt(bytes), at + 40);
  }
  return file;
};

/** As pg_verifybackup is packed: its dynamic section begins in the first page and ends in the second. */
const packed: Segment[] = [
  [load, r | w, 0x3ff000, 0xf38],
  [dynamic, r | w, 0x3fff60, 0x220],
  [load, r, 0x400ea6, 0x8fa],
  [load, r | x, 0x402000, 0x11ed5],
  [load, r, 0x414000, 0xbd68],
];

test('the page in which the dynamic section ends may be written to, and no other gains a right', () => {
  const mended = packed.map((segment, index): Segment => {
    const [type, flags, from, bytes] = segment;
    return index === 2 ? [type, flags | w, from, bytes] : segment;
  });
  expect(withWritableDynamic(aProgram(packed))).toEqual(aProgram(mended));
});

test('a program that is packed well stays as it is', () => {
  const well = aProgram(
    packed.map((segment) => (segment[0] === dynamic ? [dynamic, r | w, 0x3ff100, 0x220] : segment)),
  );
  expect(withWritableDynamic(well)).toEqual(well);
});
