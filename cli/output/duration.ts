const secondsPerMinute = 60;
const secondsPerHour = 3600;

/** `0.4 s`, `12 s`, `3 min 05 s`, `2 h 10 min`. */
export const duration = (ms: number): string => {
  const seconds = ms / 1000;
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  if (seconds < secondsPerMinute) return `${Math.round(seconds)} s`;
  if (seconds < secondsPerHour) return parts(Math.round(seconds), secondsPerMinute, 'min', 's');
  return parts(Math.round(seconds / secondsPerMinute), secondsPerMinute, 'h', 'min');
};

const parts = (total: number, per: number, large: string, small: string): string =>
  `${Math.floor(total / per)} ${large} ${String(total % per).padStart(2, '0')} ${small}`;

/** Milliseconds as the seconds that are printed in JSON, to the millisecond. */
export const inSeconds = (ms: number): number => Math.round(ms) / 1000;
