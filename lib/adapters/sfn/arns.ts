import * as v from 'valibot';
import type { RunId } from '../../contracts/names.ts';
import type { MachineName } from '../../ports/machines.ts';
import { setting } from '../../runtime/config.ts';

export const machineArn = v.pipe(
  setting,
  v.regex(/^arn:[\w-]+:states:[^:]+:\d+:stateMachine:[^:]+$/, 'expected the ARN of a state machine'),
);

/** Step Functions makes an execution's ARN of its machine's ARN and its name. */
export const runOf = (stateMachineArn: string, name: string): RunId =>
  `${stateMachineArn.replace(':stateMachine:', ':execution:')}:${name}`;

/** By machine: the setting that has its ARN. */
export const settingOf = {
  deployment: 'DEPLOYMENT_MACHINE_ARN',
  rollback: 'ROLLBACK_MACHINE_ARN',
  backup: 'BACKUP_MACHINE_ARN',
  'restore-test': 'RESTORE_TEST_MACHINE_ARN',
  failover: 'FAILOVER_MACHINE_ARN',
  'certificate-check': 'CERTIFICATE_CHECK_MACHINE_ARN',
  remediation: 'REMEDIATION_MACHINE_ARN',
  reconcile: 'RECONCILE_MACHINE_ARN',
  escalation: 'ESCALATION_MACHINE_ARN',
} as const satisfies Record<MachineName, string>;
