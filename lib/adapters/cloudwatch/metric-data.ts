import {
  GetMetricDataCommand,
  type GetMetricDataCommandInput,
  type MetricDataQuery,
  type MetricDataResult,
} from '@aws-sdk/client-cloudwatch';
import { AccessDenied, DependencyUnavailable } from '../../contracts/failures.ts';
import { calling } from '../aws/failures.ts';
import { cloudWatchClient } from './client.ts';

/** Values by query id and moment (milliseconds). A moment without a data point has no value. */
export type Series = Map<string, Map<number, number>>;

const dependency = 'CloudWatch';

/** All data points of [fromMs, toMs), all pages. Errors: `DependencyUnavailable` when any series is not complete. */
export const readSeries = async (queries: MetricDataQuery[], fromMs: number, toMs: number): Promise<Series> => {
  const series: Series = new Map(queries.map(({ Id }) => [Id ?? '', new Map()]));
  const last = new Map<string, MetricDataResult>();
  const input: GetMetricDataCommandInput = {
    MetricDataQueries: queries,
    StartTime: new Date(fromMs),
    EndTime: new Date(toMs),
  };
  let next: Pick<GetMetricDataCommandInput, 'NextToken'> = {};
  do {
    const command = new GetMetricDataCommand({ ...input, ...next });
    const page = await calling(dependency, () => cloudWatchClient().send(command));
    for (const result of page.MetricDataResults ?? []) {
      addPoints(series, result);
      last.set(result.Id ?? '', result);
    }
    next = page.NextToken ? { NextToken: page.NextToken } : {};
  } while (next.NextToken);
  for (const id of series.keys()) assertComplete(id, last.get(id));
  return series;
};

const addPoints = (series: Series, { Id = '', Timestamps = [], Values = [] }: MetricDataResult): void => {
  Timestamps.forEach((at, index) => {
    const value = Values[index];
    if (value !== undefined) series.get(Id)?.set(at.getTime(), value);
  });
};

/**
 * `PartialData` is normal on every page but the last; at the end it means that points are missing, and a missing
 * point must never be read as a zero.
 */
const assertComplete = (id: string, result: MetricDataResult | undefined): void => {
  const status = result?.StatusCode ?? 'no answer';
  if (status === 'Complete') return;
  const Kind = status === 'Forbidden' ? AccessDenied : DependencyUnavailable;
  throw new Kind(`${dependency}: metric ${id}: status ${status}, expected Complete`, { id, status });
};
