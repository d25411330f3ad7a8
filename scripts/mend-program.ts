/**
 * pg_verifybackup of the package ends with a segmentation fault before it begins: whoever packed it moved its dynamic section so
 * that the end lies in a page that is mapped without the right to write, and the loader writes there. This gives that page the right;
 * nothing of the program itself is changed.
 */
import { execFile } from 'node:child_process';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { promisify } from 'node:util';

/** Numbers of the ELF format (64 bits, little-endian), as elf.h calls them. */
const e_phoff = 32;
const e_phentsize = 54;
const e_phnum = 56;
const PT_LOAD = 1;
const PT_DYNAMIC = 2;
const PF_W = 2;
const pageBytes = 4096n;

type Segment = { at: number; type: number; flags: number; from: bigint; to: bigint };

const segmentsOf = (file: Buffer): Segment[] => {
  const first = Number(file.readBigUInt64LE(e_phoff));
  const size = file.readUInt16LE(e_phentsize);
  return Array.from({ length: file.readUInt16LE(e_phnum) }, (_, index) => {
    const at = first + index * size;
    const from = file.readBigUInt64LE(at + 16);
    const to = from + file.readBigUInt64LE(at + 40);
    return { at, type: file.readUInt32LE(at), flags: file.readUInt32LE(at + 4), from, to };
  });
};

const pageOf = (address: bigint): bigint => address - (address % pageBytes);

/** The same file, in which every page that holds a part of the dynamic section may be written to. */
export const withWritableDynamic = (file: Buffer): Buffer => {
  const mended = Buffer.from(file);
  const segments = segmentsOf(file);
  const dynamic = segments.find(({ type }) => type === PT_DYNAMIC);
  for (const { at, type, flags, from, to } of segments) {
    const shares = dynamic && pageOf(from) < dynamic.to && dynamic.from < pageOf(to) + pageBytes;
    if (type === PT_LOAD && shares) mended.writeUInt32LE(flags | PF_W, at + 4);
  }
  return mended;
};

const starts = (program: string): Promise<boolean> =>
  promisify(execFile)(program, ['--version']).then(
    () => true,
    () => false,
  );

/** Mends a program that does not start. Errors: that it does not start all the same. */
export const mendProgram = async (program: string): Promise<void> => {
  if (await starts(program)) return;
  const draft = `${program}.${process.pid}`;
  await writeFile(draft, withWritableDynamic(await readFile(program)), { mode: 0o755 });
  await rename(draft, program);
  if (!(await starts(program))) throw new Error(`${program} does not start`);
};
