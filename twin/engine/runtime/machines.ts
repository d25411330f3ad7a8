import { stateMachineDoesNotExist } from '../errors.ts';
import type { JsonObject } from '../json.ts';
import { compileProgram } from '../program/compile.ts';
import type { Program } from '../program/types.ts';
import type { MachineDescription } from './contract.ts';

/** A machine and all the definitions it ever had: running executions keep theirs. */
export interface Machine {
  readonly arn: string;
  readonly name: string;
  readonly roleArn: string;
  readonly createdMs: number;
  readonly revisions: Program[];
  updatedMs: number;
  deleted: boolean;
}

interface Registration {
  readonly arn: string;
  readonly name: string;
  readonly definition: JsonObject;
  readonly roleArn: string;
  readonly atMs: number;
}

export class Machines {
  readonly #byArn = new Map<string, Machine>();

  /** Creates the machine, or gives it a new definition. */
  register({ arn, name, definition, roleArn, atMs }: Registration): Machine {
    const program = compileProgram(definition);
    const known = this.#byArn.get(arn);
    if (known && !known.deleted) {
      known.revisions.push(program);
      known.updatedMs = atMs;
      return known;
    }
    // Executions of a deleted machine of this name still run on the definitions it had.
    const revisions = [...(known?.revisions ?? []), program];
    const machine = { arn, name, roleArn, createdMs: atMs, updatedMs: atMs, revisions, deleted: false };
    this.#byArn.set(arn, machine);
    return machine;
  }

  delete(arn: string): void {
    const machine = this.#byArn.get(arn);
    if (machine) machine.deleted = true;
  }

  find(arn: string): Machine | undefined {
    const machine = this.#byArn.get(arn);
    return machine?.deleted ? undefined : machine;
  }

  get(arn: string): Machine {
    const machine = this.find(arn);
    if (!machine) throw stateMachineDoesNotExist(arn);
    return machine;
  }

  /** A definition that the machine has or had, even if it was deleted since. */
  revision(arn: string, revision: number): { machine: Machine; program: Program } {
    const machine = this.#byArn.get(arn);
    const program = machine?.revisions[revision];
    if (!machine || !program) throw stateMachineDoesNotExist(arn);
    return { machine, program };
  }

  list(): Machine[] {
    return [...this.#byArn.values()].filter(({ deleted }) => !deleted);
  }
}

/** Creating a machine twice is creating it once. */
export const isSameDefinition = ({ revisions }: Machine, definition: JsonObject) =>
  JSON.stringify(revisions.at(-1)?.definition) === JSON.stringify(definition);

export function describeMachine(machine: Machine, revision: number): MachineDescription {
  return {
    stateMachineArn: machine.arn,
    name: machine.name,
    status: 'ACTIVE',
    type: 'STANDARD',
    definition: JSON.stringify(machine.revisions[revision]?.definition),
    roleArn: machine.roleArn,
    creationDate: new Date(machine.createdMs),
  };
}
