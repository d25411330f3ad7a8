/** The least growth that RDS takes. */
const leastShare = 0.1;

/** What a disk has, and what it is to have. */
export type Extension = { fromGib: number; toGib: number };

/** The size that a disk grows to, in whole GiB; undefined when the limit leaves less room than a disk can grow by. */
export const extendedGib = (
  gib: number,
  { byPercent, atMostGib }: { byPercent: number; atMostGib: number },
): number | undefined => {
  const wanted = Math.min(Math.ceil(gib * (1 + byPercent / 100)), atMostGib);
  return wanted >= gib * (1 + leastShare) ? wanted : undefined;
};
