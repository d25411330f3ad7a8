import { type DBInstance, DescribeEventsCommand, type RDSClient } from '@aws-sdk/client-rds';
import { type Instant, toMs } from '../../contracts/instant.ts';
import type { Restart } from '../../ports/data-tier.ts';
import { calling } from '../aws/failures.ts';
import { dependency } from './reading.ts';

/**
 * What RDS says when it is done.
 * Rule: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_Events.Messages.html, RDS-EVENT-0006, -0013 and -0049.
 */
const says: Readonly<Record<Restart, RegExp>> = {
  'in-place': /restarted|failover (started|completed)/i,
  'to-standby': /failover (started|completed)/i,
};

/** A reboot has no token of its own, so whether it was done already is what RDS saw since then. One that is under way counts. */
export const isRestarted = async (
  client: RDSClient,
  { DBInstanceIdentifier, DBInstanceStatus }: DBInstance,
  how: Restart,
  since: Instant,
): Promise<boolean> => {
  if (DBInstanceStatus === 'rebooting') return true;
  const command = new DescribeEventsCommand({
    SourceIdentifier: DBInstanceIdentifier,
    SourceType: 'db-instance',
    StartTime: new Date(since),
    EventCategories: ['availability', 'failover'],
  });
  const { Events = [] } = await calling(dependency, () => client.send(command));
  return Events.some(({ Message = '', Date: at }) => says[how].test(Message) && at && at.getTime() >= toMs(since));
};
