/** An error of the Step Functions API, named as AWS names it. */
export class ApiError extends Error {
  override readonly name: string;

  constructor(name: string, message: string) {
    super(message);
    this.name = name;
  }
}

const api = (name: string) => (message: string) => new ApiError(name, message);

export const invalidArn = (arn: unknown) => new ApiError('InvalidArn', `Invalid Arn: '${arn}'`);
export const invalidName = (name: unknown) => new ApiError('InvalidName', `Invalid Name: '${name}'`);
export const invalidInput = (reason: string) =>
  new ApiError('InvalidExecutionInput', `Invalid State Machine Execution Input: '${reason}'`);
export const invalidOutput = (reason: string) => new ApiError('InvalidOutput', `Invalid Output: '${reason}'`);
export const invalidToken = () => new ApiError('InvalidToken', "Invalid Token: 'Invalid token'");
export const invalidDefinition = (problems: readonly string[]) =>
  new ApiError('InvalidDefinition', `Invalid State Machine Definition: '${problems.join(', ')}'`);
export const taskTimedOut = () =>
  new ApiError('TaskTimedOut', "Task Timed Out: 'Provided task does not exist anymore'");
export const taskDoesNotExist = () => new ApiError('TaskDoesNotExist', "Task Does Not Exist: 'Task does not exist'");
export const stateMachineDoesNotExist = (arn: string) =>
  new ApiError('StateMachineDoesNotExist', `State Machine Does Not Exist: '${arn}'`);
export const stateMachineAlreadyExists = (arn: string) =>
  new ApiError('StateMachineAlreadyExists', `State Machine Already Exists: '${arn}'`);
export const executionDoesNotExist = (arn: string) =>
  new ApiError('ExecutionDoesNotExist', `Execution Does Not Exist: '${arn}'`);
export const executionAlreadyExists = (arn: string) =>
  new ApiError('ExecutionAlreadyExists', `Execution Already Exists: '${arn}'`);
export const validationException = api('ValidationException');
