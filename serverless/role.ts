import type { Resource, Statement } from './cloudformation.ts';

type Trust = { service: string; condition?: Record<string, unknown> };

/** A role that only `service` may take, with one inline policy. */
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
    Policies: [{ PolicyName: 'permissions', PolicyDocument: { Version: '2012-10-17', Statement: statements } }],
  },
});
