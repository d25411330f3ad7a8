/** A value that CloudFormation fills in when it deploys. */
export type Value = string | { Ref: string } | { 'Fn::GetAtt': [string, string] } | { 'Fn::Sub': string };
export type Statement = {
  Effect: 'Allow';
  Action: readonly string[];
  Resource: Value | readonly Value[];
  Condition?: Record<string, Record<string, unknown>>;
};
export type Resource = { Type: string; Properties: Record<string, unknown> } & Record<string, unknown>;
export type Resources = Record<string, Resource>;

export const ref = (logicalId: string): Value => ({ Ref: logicalId });
export const arnOf = (logicalId: string): Value => ({ 'Fn::GetAtt': [logicalId, 'Arn'] });
export const sub = (text: string): Value => ({ 'Fn::Sub': text });
/** The ARN of something in this account and region, e.g. `accountArn('states', 'stateMachine:shop')`. */
export const accountArn = (service: string, rest: string): Value =>
  sub(`arn:\${AWS::Partition}:${service}:\${AWS::Region}:\${AWS::AccountId}:${rest}`);

export const allow = (Action: readonly string[], Resource: Statement['Resource']): Statement => ({
  Effect: 'Allow',
  Action,
  Resource,
});

/** Only if the condition holds. */
export const provided = (statement: Statement, Condition: NonNullable<Statement['Condition']>): Statement => ({
  ...statement,
  Condition,
});

/** `deploymentPlan` to `DeploymentPlan`, as Serverless names its resources; `restore-test` to `RestoreTest`. */
export const pascal = (key: string): string => key.replace(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase());

/** Filled in by Serverless before CloudFormation sees it. */
export const stackName = `evenkeel-\${sls:stage}`;
