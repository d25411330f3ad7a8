import { type Resource, ref, type Statement } from './cloudformation.ts';

/** The parameter that has the ARN, by whom the boundary is for; `actors` are the functions that act on what an alarm is about. */
export const boundaries = {
  actors: 'ActorBoundaryArn',
  functions: 'FunctionBoundaryArn',
  machines: 'MachineBoundaryArn',
} as const;
export type Boundary = keyof typeof boundaries;

type Trust = { service: string; condition?: Record<string, unknown> };

/** A role that only `service` may take, with one inline policy, within a boundary that is set from outside. */
export const role = (
  { service, condition }: Trust,
  boundary: Boundary,
  statements: readonly Statement[],
): Resource => ({
  Type: 'AWS::IAM::Role',
  Properties: {
    AssumeRolePolicyDocument: {
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Principal: { Service: service },
          Action: 'sts:AssumeRole',
          ...(condition && { Condition: condition }),
        },
      ],
    },
    // Whoever deploys may make roles under this path only.
    Path: `/evenkeel/\${sls:stage}/`,
    PermissionsBoundary: ref(boundaries[boundary]),
    Policies: [{ PolicyName: 'permissions', PolicyDocument: { Version: '2012-10-17', Statement: statements } }],
  },
});
