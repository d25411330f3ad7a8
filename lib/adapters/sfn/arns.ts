import * as v from 'valibot';
import type { RunId } from '../../contracts/names.ts';
import { setting } from '../../runtime/config.ts';

export const machineArn = v.pipe(
  setting,
  v.regex(/^arn:[\w-]+:states:[^:]+:\d+:stateMachine:[^:]+$/, 'expected the ARN of a state machine'),
);

/** Step Functions makes an execution's ARN of its machine's ARN and its name. */
export const runOf = (stateMachineArn: string, name: string): RunId =>
  `${stateMachineArn.replace(':stateMachine:', ':execution:')}:${name}`;
