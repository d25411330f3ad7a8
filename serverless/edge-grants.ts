import { accountArn, allow, type Statement, stackName, sub } from './cloudformation.ts';

/** Distributions have ids that nobody knows before; forgetting what is kept is all that is allowed. */
export const edgeStatements: readonly Statement[] = [
  allow(['cloudfront:CreateInvalidation'], sub(`arn:\${AWS::Partition}:cloudfront::\${AWS::AccountId}:distribution/*`)),
];

/**
 * CloudFormation names rules and cuts long names, so IAM cannot tell those with a rate or a cron line from those that listen to events;
 * the adapter does.
 */
export const scheduleStatements: readonly Statement[] = [
  allow(['events:DescribeRule', 'events:DisableRule'], accountArn('events', `rule/${stackName}-*`)),
];
