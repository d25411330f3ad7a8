import * as v from 'valibot';
import { Escalation, MaintenanceWindow, Rota } from './on-call.ts';
import { GuardPolicy, Playbook } from './playbook.ts';

/** What is done about alarms: the section `remediation` of the catalog. */
export const RemediationSection = v.strictObject({
  playbooks: v.array(Playbook),
  guards: v.record(v.string(), GuardPolicy),
  rotas: v.record(v.string(), Rota),
  escalations: v.record(v.string(), Escalation),
  maintenance: v.array(MaintenanceWindow),
  /** Kinds of resource whose settings Terraform owns: a change that it would undo becomes a text for a pull request. */
  ownedByTerraform: v.array(
    v.picklist(['scale-service', 'raise-floor', 'scale-node-group', 'extend-storage', 'pause-schedule']),
  ),
});
export type RemediationSection = v.InferOutput<typeof RemediationSection>;
