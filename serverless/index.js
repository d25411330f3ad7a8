/** What serverless.yml includes. Serverless loads only `.js`; the rest is TypeScript, stripped by Node. */
import { alarms } from './alarms.ts';
import { backupAlarms } from './backup-alarms.ts';
import { bundling } from './bundling.ts';
import { packageCatalog } from './catalog.ts';
import { accessEntries, environments, functionLogs, functionRoles, networks } from './functions.ts';
import { machineResources } from './machines.ts';
import { outputs } from './outputs.ts';
import { parameters } from './parameters.ts';
import { reconcileAlarms } from './reconcile-alarms.ts';

// Here, because each way to package comes by; a bad catalog ends it before anything is built.
packageCatalog();

const stack = {
  Parameters: parameters,
  Resources: {
    ...functionLogs,
    ...functionRoles,
    ...accessEntries,
    ...machineResources,
    ...alarms,
    ...backupAlarms,
    ...reconcileAlarms,
  },
  Outputs: outputs,
};

export { bundling, environments, networks, stack };
