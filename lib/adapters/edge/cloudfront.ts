import { CloudFrontClient, CreateInvalidationCommand } from '@aws-sdk/client-cloudfront';
import { ActionImpossible, DependencyThrottled } from '../../contracts/failures.ts';
import type { Edge } from '../../ports/edge.ts';
import { adapter } from '../../runtime/adapter.ts';
import { clientDefaults } from '../aws/client-defaults.ts';
import { calling } from '../aws/failures.ts';
import { once } from '../once.ts';

/** CloudFront's API is in this region, wherever everything else is. */
const client = once(() => new CloudFrontClient({ ...clientDefaults, region: 'us-east-1' }));
const dependency = 'CloudFront';

const impossible = ['NoSuchDistribution', 'InvalidArgument', 'BatchTooLarge'];

const named = (error: unknown, distribution: string): unknown => {
  if (!(error instanceof Error)) return error;
  const text = `distribution ${distribution}: ${error.message}`;
  if (impossible.includes(error.name)) return new ActionImpossible(text, { distribution }, { cause: error });
  if (error.name !== 'TooManyInvalidationsInProgress') return error;
  return new DependencyThrottled(text, { distribution }, { cause: error });
};

/** Of one reference and one content CloudFront makes one invalidation, however often it is asked for. */
const purge: Edge['purge'] = (distribution, path, CallerReference) =>
  calling(dependency, async () => {
    const InvalidationBatch = { CallerReference, Paths: { Quantity: 1, Items: [path] } };
    const command = new CreateInvalidationCommand({ DistributionId: distribution, InvalidationBatch });
    try {
      await client().send(command);
    } catch (error) {
      throw named(error, distribution);
    }
  });

export const cloudFrontEdge = adapter({}, (): Edge => ({ purge }));
