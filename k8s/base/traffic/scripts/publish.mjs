/*
 * Every ten seconds, on the grid of whole tens: what each slot answered in the last bucket, from Prometheus to CloudWatch.
 * It remembers nothing: each bucket comes from two looks at the same Prometheus, so that a restart loses none and counts
 * none twice. A bucket that could not be published is tried again for two minutes.
 */
import { createServer } from 'node:http';
import { setTimeout } from 'node:timers/promises';
import { putMetricData } from './cloudwatch.mjs';
import { growth, pointsOf } from './counts.mjs';

const bucketMs = 10_000;
/** What was scraped just before the end of a bucket is there by then. */
const settleMs = 1_500;
const triedForMs = 120_000;
const { PROMETHEUS_URLS = '', SERVICES = '', NAMESPACE, PORT = '8080' } = process.env;
const [urls, services] = [PROMETHEUS_URLS.split(' ').filter(Boolean), SERVICES.split(' ').filter(Boolean)];
if (urls.length === 0 || services.length === 0 || !NAMESPACE) {
  throw new Error('PROMETHEUS_URLS, SERVICES (both separated by spaces) and NAMESPACE must be set');
}

const ask = async (url, query, atMs) => {
  const body = new URLSearchParams({ query, time: String(atMs / 1000) });
  const answer = await fetch(`${url}/api/v1/query`, { method: 'POST', body, signal: AbortSignal.timeout(4_000) });
  if (!answer.ok) throw new Error(`${url} answered ${answer.status}: ${await answer.text()}`);
  return (await answer.json()).data.result;
};

/** The last value counts for five minutes: a scrape that failed must not look like a process that began again. */
const grown = async (url, series, endMs) => {
  const query = `last_over_time(${series}{namespace="${NAMESPACE}"}[5m])`;
  return growth(await ask(url, query, endMs - bucketMs), await ask(url, query, endMs));
};

const points = async (url, endMs) => {
  const up = await ask(url, `max by (job) (last_over_time(up{namespace="${NAMESPACE}"}[1m])) > 0`, endMs);
  return pointsOf({
    services,
    reached: up.map(({ metric }) => metric.job),
    requests: await grown(url, 'http_requests_total', endMs),
    durations: await grown(url, 'http_request_duration_seconds_bucket', endMs),
    timestamp: new Date(endMs - bucketMs),
  });
};

/** Replicas scrape at moments of their own, so both looks go to the same one: the first that answers. */
const pointsFromAny = async (endMs) => {
  const reasons = [];
  for (const url of urls) {
    try {
      return await points(url, endMs);
    } catch (error) {
      reasons.push(`${url}: ${error.message}`);
    }
  }
  throw new Error(reasons.join('; '));
};

let publishedMs = 0;
const say = (words) => console.log(JSON.stringify({ time: new Date().toISOString(), ...words }));
createServer(({ url }, response) => {
  const well = url === '/live' || Date.now() - publishedMs < 60_000;
  response.writeHead(well ? 200 : 503).end(well ? 'ok\n' : 'nothing was published for a minute\n');
}).listen(Number(PORT));

process.once('SIGTERM', () => process.exit(0));

for (let endMs = Math.ceil(Date.now() / bucketMs) * bucketMs; ; endMs += bucketMs) {
  await setTimeout(Math.max(0, endMs + settleMs - Date.now()));
  for (let done = false; !done; ) {
    try {
      const counted = await pointsFromAny(endMs);
      const unknown = services.filter((service) => !counted.some((point) => point.service === service));
      if (unknown.length > 0)
        say({
          error: `Prometheus reaches no pod of ${unknown.join(' ')} that counts requests: nothing is published of it`,
        });
      if (counted.length > 0) await putMetricData('Evenkeel/Traffic', counted);
      publishedMs = Date.now();
      done = true;
    } catch (error) {
      say({ error: error.message, bucket: new Date(endMs - bucketMs).toISOString() });
      done = Date.now() - endMs > triedForMs;
      if (!done) await setTimeout(2_000);
    }
  }
}
