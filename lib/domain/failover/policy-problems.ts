import type { FailoverPolicy } from '../../contracts/failover-policy.ts';

/** What contradicts itself in a database's failover section. `field` is below the section. */
export const failoverProblems = (
  instance: string,
  { replica, records, drillRecord }: FailoverPolicy,
): { field: string; message: string }[] => [
  ...(replica === instance
    ? [{ field: 'replica', message: `must be another instance than the database's own, got ${replica}` }]
    : []),
  ...(records.includes(drillRecord)
    ? [
        {
          field: 'drillRecord',
          message: `must be a name that no user knows, got ${drillRecord}, which is one of records`,
        },
      ]
    : []),
  ...(new Set(records).size < records.length
    ? [{ field: 'records', message: `must name each record once, got ${records.join(', ')}` }]
    : []),
];
