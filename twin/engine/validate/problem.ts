/** One reason to refuse a definition, as ValidateStateMachineDefinition gives it. A problem of the whole has no location. */
export interface Problem {
  readonly code: string;
  readonly message: string;
  readonly location?: string;
}

export type Report = (problem: Problem) => void;

export const schema = (message: string, location?: string): Problem => ({
  code: 'SCHEMA_VALIDATION_FAILED',
  message,
  ...(location !== undefined && { location }),
});

/** As CreateStateMachine writes it; AWS prints `null` where there is no location. */
export const inWords = ({ code, message, location = 'null' }: Problem) => `${code}: ${message} at ${location}`;
