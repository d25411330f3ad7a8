import { accountArn, allow, type Statement, stackName, sub } from './cloudformation.ts';

/** Distributions have ids that nobody knows before; forgetting what is kept is all that is allowed. */
export const edgeStatements: readonly Statement[] = [
  allow(['cloudfront:CreateInvalidation'], sub(`arn:\${AWS::Partition}:cloudfront::\${AWS::AccountId}:distribution/*`)),
];

/** The names that CloudFormation makes for rules with a rate or a cron line; those that listen to events are called otherwise. */
export const scheduleStatements: readonly Statement[] = [
  allow(['events:DescribeRule', 'events:DisableRule'], accountArn('events', `rule/${stackName}-*EventsRuleSchedule*`)),
];
