/*
 * Evidence is an e-value, kept as its natural logarithm: a number whose mean is at most 1 while the hypothesis holds, at
 * whatever moment one looks. Such a number reaches 1/alpha at any time with probability at most alpha (Ville 1939), so
 * one may look after every request (Wald 1945; Ramdas, Grünwald, Vovk, Shafer, "Game-theoretic statistics and safe
 * anytime-valid inference", 2023). A mean of e-values, with weights fixed beforehand, is an e-value again.
 */

/** ln of the sum of e^x. Nothing to add up is ln 0. */
const logSum = (logs: readonly number[]): number => {
  const top = logs.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  if (top === Number.NEGATIVE_INFINITY) return top;
  return top + Math.log(logs.reduce((sum, log) => sum + Math.exp(log - top), 0));
};

/** ln of the mean of e-values that are given as logarithms. */
export const logMean = (logs: readonly number[]): number => logSum(logs) - Math.log(logs.length);

/** The sum of each element and all after it. */
export const sumsToEnd = (values: readonly number[]): number[] => {
  const sums: number[] = [];
  let sum = 0;
  for (let index = values.length - 1; index >= 0; index -= 1) {
    sum += values[index] ?? 0;
    sums.push(sum);
  }
  return sums.reverse();
};

/**
 * A fault may begin at any time, so evidence may begin at any bucket: a mean over all beginnings, the j-th with weight
 * 1/(j(j+1)). Without it, an hour of good answers would have to be outweighed before a late fault is seen. It costs
 * ln(j(j+1)), about 8 in the first ten minutes (the mixture form of an e-detector: Shin, Ramdas, Rinaldo 2023).
 * `fromEach[j]` is ln of the evidence of bucket j and all later ones.
 */
export const fromAnyBeginning = (fromEach: readonly number[]): number =>
  logSum(fromEach.map((log, index) => log - Math.log((index + 1) * (index + 2))));
