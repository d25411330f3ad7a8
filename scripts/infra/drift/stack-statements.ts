import { pascal, type Resources, type Statement } from '../../../serverless/cloudformation.ts';
import { parameters } from '../../../serverless/parameters.ts';
import { type Boundary, boundaries } from '../../../serverless/role.ts';
import { serviceFunctions, serviceMachines } from '../../../serverless/service.ts';

/** Where a stack is, and the values of the parameters that it reads, by name in the store. */
export type StackPlace = {
  stage: string;
  region: string;
  account: string;
  values: Readonly<Record<string, string>>;
};

export type RoleStatement = { role: string; boundary: Boundary; statement: Statement };

const boundaryOf = ({ PermissionsBoundary }: Record<string, unknown>): Boundary => {
  const { Ref: id } = PermissionsBoundary as { Ref: string };
  const [whose] = Object.entries(boundaries).find(([, parameter]) => parameter === id) ?? unknown(id);
  return whose as Boundary;
};

/** All that roles among these resources may do, with the role and whose boundary it is in. */
export const statementsOf = (resources: Resources): RoleStatement[] =>
  Object.entries(resources).flatMap(([role, { Type, Properties }]) => {
    if (Type !== 'AWS::IAM::Role') return [];
    const policies = (Properties.Policies ?? []) as { PolicyDocument: { Statement: Statement[] } }[];
    const boundary = boundaryOf(Properties);
    return policies.flatMap(({ PolicyDocument }) =>
      PolicyDocument.Statement.map((statement) => ({ role, boundary, statement })),
    );
  });

/** The ARNs that CloudFormation would put in. Errors: a value that nobody knows. */
export const resourcesIn = (statement: Statement, place: StackPlace): string[] =>
  [statement.Resource].flat().flatMap((value) => resolved(value, place));

const resolved = (value: unknown, place: StackPlace): string[] => {
  if (typeof value === 'string') return [filled(value, place)];
  const { Ref, 'Fn::GetAtt': attribute, 'Fn::Sub': text } = value as Record<string, unknown>;
  if (typeof Ref === 'string') return parameterOf(Ref, place) ?? [arnOf(Ref, place)];
  if (Array.isArray(attribute)) return [arnOf(String(attribute[0]), place)];
  if (typeof text === 'string') return [filled(text, place)];
  throw new Error(`a resource of a kind that nobody knows: ${JSON.stringify(value)}`);
};

const parameterOf = (id: string, { values }: StackPlace): string[] | undefined => {
  const parameter = parameters[id];
  if (!parameter) return undefined;
  const value = values[parameter.Default.split('/').at(-1) ?? ''];
  if (value === undefined) throw new Error(`the parameter ${id} is written by nobody`);
  return value.split(',');
};

const filled = (text: string, place: StackPlace): string =>
  text.replaceAll(/\$\{([^}]+)\}/g, (_, name: string) => {
    const pseudo: Record<string, string> = {
      'sls:stage': place.stage,
      'AWS::Partition': 'aws',
      'AWS::Region': place.region,
      'AWS::AccountId': place.account,
      'AWS::URLSuffix': 'amazonaws.com',
    };
    return pseudo[name] ?? parameterOf(name, place)?.[0] ?? unknown(name);
  });

const unknown = (name: string): never => {
  throw new Error(`nobody knows ${name}`);
};

/** Of what the stack makes itself, by its logical id. */
const arnOf = (id: string, { stage, region, account }: StackPlace): string => {
  const arn = (service: string, rest: string) => `arn:aws:${service}:${region}:${account}:${rest}`;
  const own: Record<string, string> = {
    ControlTable: arn('dynamodb', `table/evenkeel-${stage}-control`),
    EventDeadLetters: arn('sqs', `evenkeel-${stage}-event-dead-letters`),
  };
  const machine = serviceMachines.find((one) => one.id === id);
  const fn = serviceFunctions.find(({ key }) => `${pascal(key)}LambdaFunction` === id);
  if (machine) return arn('states', `stateMachine:evenkeel-${stage}-${machine.key}`);
  if (fn) return arn('lambda', `function:evenkeel-${stage}-${fn.key}`);
  return own[id] ?? unknown(id);
};
