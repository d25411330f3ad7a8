import { parseCatalog } from '../../lib/catalog/parse-catalog.ts';
import { InputInvalid } from '../../lib/contracts/failures.ts';
import { fromMs, plusSeconds, toMs } from '../../lib/contracts/instant.ts';
import { leaseOf } from '../../lib/contracts/lease.ts';
import { exitCodes } from '../exit-codes.ts';
import type { Host } from '../host.ts';
import { assertService } from '../input/checked.ts';
import { readText } from '../input/files.ts';
import { parseCounts } from '../input/series.ts';
import { countsOf, type ForecastWish, forecastService, type Known, slotStart } from '../operations/forecast.ts';
import { forecastText } from '../output/forecast.ts';
import { type CommonOptions, type Context, contextOf, newCommand, type Registration } from './command.ts';

type Options = CommonOptions & {
  history?: string;
  catalog: string;
  slot: number;
  season: number;
  requestsPerPod?: number;
};

const description = {
  name: 'forecast',
  summary: 'what traffic a service will have, how wrong such forecasts were, and what follows. Acts on nothing',
  examples: [
    'forecast mcp-manager --target aws --requests-per-pod 20',
    'forecast mcp-manager --slot 60 --season 10',
    'forecast mcp-manager --history requests.jsonl --json',
  ],
};

/** Exit code: 0 when there is a forecast, whatever it says. */
export const forecastCommand: Registration = (host, finish) =>
  newCommand(description)
    .argument('<service>', 'a service of the catalog')
    .option('--history <file>', 'requests of the past, one JSON object in each line, in place of what was counted')
    .option('--catalog <file>', 'whose services and guards, with --history', 'config/catalog.yml')
    .option('--slot <seconds>', 'how long a slot of time is', numberOf('--slot', 10, 86_400, 10), 3600)
    .option('--season <slots>', 'slots until it is the same time again', numberOf('--season', 10, 336), 24)
    .option('--requests-per-pod <n>', 'what a pod answers well in a second', numberOf('--requests-per-pod', 1, 100_000))
    .action(async (service: string, options: Options) => {
      const context = contextOf(host, options);
      const { slot: slotSeconds, season, requestsPerPod } = options;
      const wish = { service, slotSeconds, season, ...(requestsPerPod !== undefined && { requestsPerPod }) };
      const known = options.history
        ? await ofFile(host, wish, options.history, options.catalog)
        : await ofPlane(context, wish);
      const forecast = forecastService(wish, known);
      context.output.result({ service, ...forecast }, forecastText(service, forecast, context.output.style));
      finish(exitCodes.ok);
    });

const numberOf =
  (option: string, least: number, most: number, step = 1) =>
  (text: string) => {
    const value = Number(text);
    if (Number.isInteger(value / step) && value >= least && value <= most) return value;
    throw new InputInvalid(`${option}: expected ${least} to ${most} in steps of ${step}, got "${text}"`, { option });
  };

const ofPlane = async ({ plane }: Context, wish: ForecastWish): Promise<Known> => {
  const { ports } = await plane();
  await assertService(ports, wish.service);
  const now = ports.clock.now();
  const lease = await ports.leases.current(leaseOf(wish.service));
  const holder = lease && lease.until > now ? lease.holder : null;
  return { catalog: await ports.catalogs.current(), holder, ...(await countsOf(ports, wish, now)) };
};

/** The newest slot of a file counts as whole; who holds the service is not in it. */
const ofFile = async (host: Host, { slotSeconds }: ForecastWish, history: string, file: string): Promise<Known> => {
  const counts = parseCounts(await readText(host.files, '--history', history));
  const moments = counts.map(({ start }) => toMs(start));
  if (moments.length === 0) throw new InputInvalid('history: expected at least one count, got none');
  const [first, last] = [moments.reduce((a, b) => Math.min(a, b)), moments.reduce((a, b) => Math.max(a, b))];
  const catalog = parseCatalog(await readText(host.files, '--catalog', file), file);
  const to = plusSeconds(slotStart(fromMs(last), slotSeconds), slotSeconds);
  return { catalog, counts, from: slotStart(fromMs(first), slotSeconds), to, holder: undefined };
};
