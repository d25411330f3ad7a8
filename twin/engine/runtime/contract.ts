import type { ListRequest, listed, Page } from './queries.ts';
import type { ExecutionDescription, HistoryEvent } from './render.ts';

/** A machine as DescribeStateMachine gives it. `definition` is JSON text. */
export interface MachineDescription {
  readonly stateMachineArn: string;
  readonly name: string;
  readonly status: 'ACTIVE';
  readonly type: 'STANDARD';
  readonly definition: string;
  readonly roleArn: string;
  readonly creationDate: Date;
}

export interface StartRequest {
  readonly stateMachineArn: string;
  readonly name?: string;
  /** JSON text, as AWS takes it, or the object or array itself. Default: `{}`. */
  readonly input?: string | object;
}

export interface ErrorAndCause {
  readonly error?: string;
  readonly cause?: string;
}

/** The Step Functions API, for Standard machines in JSONata mode. Errors are ApiErrors, named as AWS names them. */
export interface Engine {
  /**
   * `definition`: JSON text or the object. Refuses with InvalidDefinition, naming all problems at once, and with
   * StateMachineAlreadyExists when a machine of the name has another definition.
   */
  createStateMachine(
    name: string,
    definition: unknown,
    options?: { roleArn?: string },
  ): Promise<{ stateMachineArn: string; creationDate: Date }>;
  /** Running executions keep the definition with which they started. */
  updateStateMachine(stateMachineArn: string, definition: unknown): Promise<{ updateDate: Date }>;
  deleteStateMachine(stateMachineArn: string): Promise<void>;
  describeStateMachine(stateMachineArn: string): Promise<MachineDescription>;
  describeStateMachineForExecution(executionArn: string): Promise<MachineDescription>;
  listStateMachines(): Promise<Omit<MachineDescription, 'definition' | 'roleArn' | 'status'>[]>;
  startExecution(request: StartRequest): Promise<{ executionArn: string; startDate: Date }>;
  describeExecution(executionArn: string): Promise<ExecutionDescription>;
  listExecutions(request: ListRequest): Promise<ReturnType<typeof listed>>;
  getExecutionHistory(
    executionArn: string,
    options?: Page & { reverseOrder?: boolean },
  ): Promise<{ events: HistoryEvent[]; nextToken?: string }>;
  stopExecution(executionArn: string, reason?: ErrorAndCause): Promise<{ stopDate: Date }>;
  /** `output`: JSON text. */
  sendTaskSuccess(token: string, output: string): Promise<void>;
  sendTaskFailure(token: string, reason?: ErrorAndCause): Promise<void>;
  sendTaskHeartbeat(token: string): Promise<void>;
  /** Takes up what the journal tells of. Call once, before anything else. */
  resume(): Promise<void>;
  /** Stops timers and calls and closes the journal; executions go on after the next `resume`. */
  close(): Promise<void>;
}
