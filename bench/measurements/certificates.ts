import { shellLoop } from '../certificates/shell-loop.ts';
import { startListeners } from '../certificates/start-listeners.ts';
import { measuredIn } from '../child.ts';
import { type Bench, type Measured, type Measurement, rounded } from '../measurement.ts';
import { program } from '../program.ts';

const endpoints = 10_000;
const listeners = 100;
/** Of the loop; it takes about as long as the probe for all. */
const loopEndpoints = 300;

/** As in a small function: what is in use stays under 40 MB, and without a limit the heap only grows because it may. */
const smallHeap = ['--max-old-space-size=128', '--max-semi-space-size=4'];

/** `seen`: endpoints of which both chains were read and both old versions were refused. */
type Probed = { endpoints: number; seen: number; seconds: number; mostMb: number };

const measure = async ({ signal }: Bench): Promise<Measured> => {
  const { places, stop } = await startListeners(listeners);
  try {
    const args = [String(endpoints), JSON.stringify(places)];
    const { seen, seconds, mostMb } = await measuredIn<Probed>(program('certificates/probe.ts'), args, {
      signal,
      nodeOptions: smallHeap,
    });
    const asked = Array.from(
      { length: loopEndpoints },
      (_, index) => places[index % places.length] ?? { host: '', port: 0 },
    );
    const loopPerSecond = await shellLoop(asked, signal);
    const perMinute = Math.round((endpoints / seconds) * 60);
    const loopPerMinute = loopPerSecond === undefined ? null : Math.round(loopPerSecond * 60);
    const ratio = loopPerMinute === null ? null : rounded(perMinute / loopPerMinute, 1);
    const value = { endpoints, seen, perMinute, mostMb: Math.round(mostMb), loopEndpoints, loopPerMinute, ratio };
    return { value, lines: linesOf(value) };
  } finally {
    stop();
  }
};

const linesOf = (value: {
  seen: number;
  perMinute: number;
  mostMb: number;
  loopPerMinute: number | null;
  ratio: number | null;
}): string[] => [
  `${value.perMinute} endpoints a minute, ${value.seen} of ${endpoints} seen whole; at most ${value.mostMb} MB`,
  value.loopPerMinute === null
    ? 'there is no openssl to compare with'
    : `openssl s_client with xargs -P 8: ${value.loopPerMinute} endpoints a minute, ${value.ratio} times fewer`,
];

export const certificates: Measurement = {
  name: 'certificates',
  title:
    'Certificates, on both sides: a handshake for each of two kinds of key with chain and staple, and TLS 1.0 and 1.1 tried; listeners in another process',
  run: measure,
};
