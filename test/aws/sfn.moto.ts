import { CreateStateMachineCommand, SFNClient, StopExecutionCommand } from '@aws-sdk/client-sfn';
import { sfnMachines } from '../../lib/adapters/sfn/machines.ts';
import { describeMachines } from '../contracts/machines.contract.ts';
import { uniqueName } from './account.ts';

const client = new SFNClient();

const newMachine = async (): Promise<string> => {
  const definition = JSON.stringify({
    StartAt: 'Pause',
    States: { Pause: { Type: 'Wait', Seconds: 3600, End: true } },
  });
  const roleArn = 'arn:aws:iam::123456789012:role/machine';
  const made = await client.send(new CreateStateMachineCommand({ name: uniqueName('machine'), definition, roleArn }));
  return made.stateMachineArn ?? '';
};

describeMachines('Step Functions', async () => ({
  port: sfnMachines.create({
    DEPLOYMENT_MACHINE_ARN: await newMachine(),
    ROLLBACK_MACHINE_ARN: await newMachine(),
    BACKUP_MACHINE_ARN: await newMachine(),
    RESTORE_TEST_MACHINE_ARN: await newMachine(),
    FAILOVER_MACHINE_ARN: await newMachine(),
    CERTIFICATE_CHECK_MACHINE_ARN: await newMachine(),
    REMEDIATION_MACHINE_ARN: await newMachine(),
    ESCALATION_MACHINE_ARN: await newMachine(),
  }),
  input: { service: 'shop', attempt: 1 },
  otherInput: { service: 'shop', attempt: 2 },
  end: async (run) => {
    await client.send(new StopExecutionCommand({ executionArn: run }));
  },
}));
