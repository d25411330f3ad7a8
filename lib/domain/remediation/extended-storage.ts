/** The least growth that RDS takes, in percent. */
const leastPercent = 10;

const grown = (gib: number, percent: number): number => Math.ceil((gib * (100 + percent)) / 100);

/** What a disk has, and what it is to have. */
export type Extension = { fromGib: number; toGib: number };

/** The size that a disk grows to, in whole GiB; undefined when the limit leaves less room than a disk can grow by. */
export const extendedGib = (
  gib: number,
  { byPercent, atMostGib }: { byPercent: number; atMostGib: number },
): number | undefined => {
  const wanted = Math.min(grown(gib, byPercent), atMostGib);
  return wanted >= grown(gib, leastPercent) ? wanted : undefined;
};
