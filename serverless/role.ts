import { type Resource, ref, type Statement } from './cloudformation.ts';

type Trust = { service: string; condition?: Record<string, unknown> };

/** A role that only `service` may take, with one inline policy, within the boundary that is set from outside. */
export const role = ({ service, condition }: Trust, statements: readonly Statement[]): Resource => ({
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
    PermissionsBoundary: ref('PermissionsBoundaryArn'),
    Policies: [{ PolicyName: 'permissions', PolicyDocument: { Version: '2012-10-17', Statement: statements } }],
  },
});
