import { arnOf, type Resources, stackName } from './cloudformation.ts';

const fourteenDaysInSeconds = 1_209_600;

/** Kept when the stack goes: it holds the only record of what runs, and the fencing tokens must never restart. */
const controlTable = {
  Type: 'AWS::DynamoDB::Table',
  DeletionPolicy: 'Retain',
  UpdateReplacePolicy: 'Retain',
  Properties: {
    TableName: `${stackName}-control`,
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: [
      { AttributeName: 'pk', AttributeType: 'S' },
      { AttributeName: 'sk', AttributeType: 'S' },
    ],
    KeySchema: [
      { AttributeName: 'pk', KeyType: 'HASH' },
      { AttributeName: 'sk', KeyType: 'RANGE' },
    ],
    DeletionProtectionEnabled: true,
    PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
    SSESpecification: { SSEEnabled: true },
  },
};

/** Events that no trigger could take: unreadable ones, and those whose trigger failed too often. */
const eventDeadLetters = {
  Type: 'AWS::SQS::Queue',
  DeletionPolicy: 'Retain',
  UpdateReplacePolicy: 'Retain',
  Properties: {
    QueueName: `${stackName}-event-dead-letters`,
    MessageRetentionPeriod: fourteenDaysInSeconds,
    SqsManagedSseEnabled: true,
  },
};

/** EventBridge puts an event that it could not deliver here itself; Lambda uses the role of the trigger. */
const eventDeadLettersPolicy = {
  Type: 'AWS::SQS::QueuePolicy',
  Properties: {
    Queues: [{ Ref: 'EventDeadLetters' }],
    PolicyDocument: {
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Principal: { Service: 'events.amazonaws.com' },
          Action: 'sqs:SendMessage',
          Resource: arnOf('EventDeadLetters'),
          Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
        },
      ],
    },
  },
};

export const storage: Resources = {
  ControlTable: controlTable,
  EventDeadLetters: eventDeadLetters,
  EventDeadLettersPolicy: eventDeadLettersPolicy,
};
