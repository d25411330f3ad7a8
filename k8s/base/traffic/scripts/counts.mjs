/* What two looks at Prometheus, one bucket apart, say about each slot. Pure: no clock and no network. */

const keyOf = (labels) => JSON.stringify(Object.entries(labels).sort());

/** How much each series grew. One that is new, or whose process began again, grew by all that it shows. */
export const growth = (before, after) => {
  const old = new Map(before.map(({ metric, value: [, text] }) => [keyOf(metric), Number(text)]));
  return after.map(({ metric, value: [, text] }) => {
    const [now, then] = [Number(text), old.get(keyOf(metric)) ?? 0];
    return { labels: metric, by: now >= then ? now - then : now };
  });
};

const sum = (grown) => grown.reduce((total, { by }) => total + by, 0);

/**
 * Milliseconds and how many requests took them: the upper border of each bucket of the histogram, so that nothing looks
 * faster than it was, and twice the highest border for what lies above it.
 */
export const latencies = (grown) => {
  const upTo = new Map();
  for (const { labels, by } of grown) {
    const border = labels.le === '+Inf' ? Number.POSITIVE_INFINITY : Number(labels.le);
    upTo.set(border, (upTo.get(border) ?? 0) + by);
  }
  const borders = [...upTo.keys()].sort((one, other) => one - other);
  const highest = borders.filter(Number.isFinite).at(-1) ?? 0;
  return borders
    .map((border, index) => ({
      value: (Number.isFinite(border) ? border : 2 * highest) * 1000,
      count: upTo.get(border) - (upTo.get(borders[index - 1]) ?? 0),
    }))
    .filter(({ count }) => count > 0);
};

/**
 * One point for each metric of each slot. No request is a zero, never a gap; but of a service that Prometheus does not
 * reach in any slot, or that counts nothing, nothing is known, and nothing is said.
 */
export const pointsOf = ({ services, reached, requests, durations, timestamp }) =>
  services
    .filter((service) => reached.includes(service) && requests.some(({ labels }) => labels.job === service))
    .flatMap((service) =>
      ['blue', 'green'].flatMap((slot) => {
        const own = ({ labels }) => labels.job === service && labels.slot === slot;
        const counted = requests.filter(own);
        const point = (name, rest) => ({ name, service, slot, timestamp, ...rest });
        const took = latencies(durations.filter(own));
        return [
          point('Requests', { unit: 'Count', value: sum(counted) }),
          point('Failures', { unit: 'Count', value: sum(counted.filter(({ labels }) => /^5..$/.test(labels.code))) }),
          ...(took.length > 0 ? [point('Latency', { unit: 'Milliseconds', took })] : []),
        ];
      }),
    );
