/** Amazon States Language in JSONata mode: durable executions, real or virtual time, AWS's history. See docs/engine.md. */

export { stepFunctionsApi } from './api/http.ts';
export { type Clock, realClock, scaledClock, VirtualClock } from './clock.ts';
export { ApiError } from './errors.ts';
export type { Json, JsonObject } from './json.ts';
export type { Engine, ErrorAndCause, MachineDescription, StartRequest } from './runtime/contract.ts';
export { createEngine } from './runtime/engine.ts';
export { type Entry, fileJournal, type Journal, memoryJournal } from './runtime/journal.ts';
export type { Call, CallSdk, EngineOptions, InvokeLambda, LambdaOutcome, SdkCall } from './runtime/ports.ts';
export type { ExecutionDescription, ExecutionStatusChange, HistoryEvent } from './runtime/render.ts';
export { type Problem, problemsOf } from './validate/index.ts';
