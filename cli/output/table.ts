import { stripVTControlCharacters } from 'node:util';

const gap = '  ';
const widthOf = (cell: string): number => stripVTControlCharacters(cell).length;

/** Columns aligned by what is seen, whatever colours are in the cells. The last column runs on. */
export const table = (rows: readonly (readonly string[])[]): string => {
  const columns = Math.max(0, ...rows.map((row) => row.length));
  const widths = Array.from({ length: columns }, (_, i) => Math.max(...rows.map((row) => widthOf(row[i] ?? ''))));
  const pad = (cell: string, i: number) => cell + ' '.repeat((widths[i] ?? 0) - widthOf(cell));
  return rows.map((row) => row.map(pad).join(gap).trimEnd()).join('\n');
};
