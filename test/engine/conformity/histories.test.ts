import { expect, test } from '@jest/globals';
import { breaks, FUNCTION, INVOKE, returns, run, type States } from '../support/lab.ts';

/**
 * The events of whole executions, as `id<previousEventId Type`. The orders and the chains of previous events are
 * those that GetExecutionHistory shows on AWS for machines of the same build.
 */
interface Case {
  readonly states: States;
  readonly input?: object;
  readonly status?: string;
  readonly output?: unknown;
  readonly history: string;
}

const pass = (more = {}) => ({ Type: 'Pass', End: true, ...more });
const branch = (states: States) => ({ StartAt: Object.keys(states)[0] ?? '', States: states });
const undefinedOutput = { v: '{% $states.input.missing %}' };
const failing = { Type: 'Fail', Error: 'MyError', Cause: 'my cause' };
const task = (name: string, more = {}) => ({ Type: 'Task', Resource: FUNCTION + name, End: true, ...more });
const invoke = (name: string, more = {}) => ({
  Type: 'Task',
  Resource: INVOKE,
  Arguments: { FunctionName: name },
  End: true,
  ...more,
});

const CASES: Record<string, Case> = {
  'a pass state': {
    states: { A: pass() },
    history: '1<0 ExecutionStarted, 2<0 PassStateEntered, 3<2 PassStateExited, 4<3 ExecutionSucceeded',
  },
  'a choice that nothing matches': {
    states: { C: { Type: 'Choice', Choices: [{ Condition: '{% false %}', Next: 'A' }] }, A: pass() },
    status: 'FAILED',
    history: '1<0 ExecutionStarted, 2<0 ChoiceStateEntered, 3<2 ExecutionFailed',
  },
  'a fail state': {
    states: { F: failing },
    status: 'FAILED',
    history: '1<0 ExecutionStarted, 2<0 FailStateEntered, 3<2 ExecutionFailed',
  },
  'a function by its ARN': {
    states: { T: task('echo') },
    history:
      '1<0 ExecutionStarted, 2<0 TaskStateEntered, 3<2 LambdaFunctionScheduled, 4<3 LambdaFunctionStarted, 5<4 LambdaFunctionSucceeded, 6<5 TaskStateExited, 7<6 ExecutionSucceeded',
  },
  'a failing function by its ARN, caught': {
    states: { T: task('broken', { Catch: [{ ErrorEquals: ['Broken'], Next: 'Z' }] }), Z: pass() },
    history:
      '1<0 ExecutionStarted, 2<0 TaskStateEntered, 3<2 LambdaFunctionScheduled, 4<3 LambdaFunctionStarted, 5<4 LambdaFunctionFailed, 6<5 TaskStateExited, 7<6 PassStateEntered, 8<7 PassStateExited, 9<8 ExecutionSucceeded',
  },
  'a function through the service': {
    states: { T: invoke('echo') },
    history:
      '1<0 ExecutionStarted, 2<0 TaskStateEntered, 3<2 TaskScheduled, 4<3 TaskStarted, 5<4 TaskSucceeded, 6<5 TaskStateExited, 7<6 ExecutionSucceeded',
  },
  'a function that times out': {
    states: { T: task('never', { TimeoutSeconds: 5 }) },
    status: 'FAILED',
    history:
      '1<0 ExecutionStarted, 2<0 TaskStateEntered, 3<2 LambdaFunctionScheduled, 4<3 LambdaFunctionStarted, 5<4 LambdaFunctionTimedOut, 6<5 ExecutionFailed',
  },
  'an expression that fails in each attempt of a task': {
    states: {
      T: invoke('echo', {
        Arguments: { FunctionName: undefinedOutput.v },
        Retry: [{ ErrorEquals: ['States.ALL'], MaxAttempts: 1 }],
      }),
    },
    status: 'FAILED',
    history:
      '1<0 ExecutionStarted, 2<0 TaskStateEntered, 3<2 EvaluationFailed, 4<3 EvaluationFailed, 5<4 ExecutionFailed',
  },
  'two branches, side by side': {
    states: { P: { Type: 'Parallel', Branches: [branch({ A: pass() }), branch({ B: pass() })], Next: 'Z' }, Z: pass() },
    output: [{}, {}],
    history:
      '1<0 ExecutionStarted, 2<0 ParallelStateEntered, 3<2 ParallelStateStarted, 4<3 PassStateEntered, 5<4 PassStateExited, 6<3 PassStateEntered, 7<6 PassStateExited, 8<7 ParallelStateSucceeded, 9<7 ParallelStateExited, 10<9 PassStateEntered, 11<10 PassStateExited, 12<11 ExecutionSucceeded',
  },
  'a fail state in a branch': {
    states: { P: { Type: 'Parallel', Branches: [branch({ F: failing })], End: true } },
    status: 'FAILED',
    history:
      '1<0 ExecutionStarted, 2<0 ParallelStateEntered, 3<2 ParallelStateStarted, 4<3 FailStateEntered, 5<4 ParallelStateFailed, 6<5 ExecutionFailed',
  },
  'a failing expression in a branch, caught': {
    states: {
      P: {
        Type: 'Parallel',
        Branches: [branch({ U: pass({ Output: undefinedOutput }) })],
        Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Z' }],
        End: true,
      },
      Z: pass(),
    },
    history:
      '1<0 ExecutionStarted, 2<0 ParallelStateEntered, 3<2 ParallelStateStarted, 4<3 PassStateEntered, 5<4 EvaluationFailed, 6<5 ParallelStateFailed, 7<6 ParallelStateExited, 8<7 PassStateEntered, 9<8 PassStateExited, 10<9 ExecutionSucceeded',
  },
  'a parallel state that is retried once': {
    states: {
      P: {
        Type: 'Parallel',
        Branches: [branch({ F: failing })],
        Retry: [{ ErrorEquals: ['States.ALL'], MaxAttempts: 1 }],
        End: true,
      },
    },
    status: 'FAILED',
    history:
      '1<0 ExecutionStarted, 2<0 ParallelStateEntered, 3<2 ParallelStateStarted, 4<3 FailStateEntered, 5<4 ParallelStateStarted, 6<5 FailStateEntered, 7<6 ParallelStateFailed, 8<7 ExecutionFailed',
  },
  'a task that fails in a branch, caught outside': {
    states: {
      P: {
        Type: 'Parallel',
        Branches: [branch({ T: invoke('broken') })],
        Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Z' }],
        End: true,
      },
      Z: pass(),
    },
    history:
      '1<0 ExecutionStarted, 2<0 ParallelStateEntered, 3<2 ParallelStateStarted, 4<3 TaskStateEntered, 5<4 TaskScheduled, 6<5 TaskStarted, 7<6 TaskFailed, 8<7 TaskStateAborted, 9<7 ParallelStateFailed, 10<9 ParallelStateExited, 11<10 PassStateEntered, 12<11 PassStateExited, 13<12 ExecutionSucceeded',
  },
  'a catching clause that fails itself': {
    states: {
      P: {
        Type: 'Parallel',
        Branches: [branch({ F: failing })],
        Catch: [
          { ErrorEquals: ['Other'], Next: 'Z' },
          { ErrorEquals: ['States.ALL'], Output: undefinedOutput, Next: 'Z' },
        ],
        End: true,
      },
      Z: pass(),
    },
    status: 'FAILED',
    history:
      '1<0 ExecutionStarted, 2<0 ParallelStateEntered, 3<2 ParallelStateStarted, 4<3 FailStateEntered, 5<4 ParallelStateFailed, 6<4 EvaluationFailed, 7<6 ParallelStateFailed, 8<7 ExecutionFailed',
  },
  'iterations one after the other': {
    states: { M: { Type: 'Map', Items: [1, 2], MaxConcurrency: 1, ItemProcessor: branch({ A: pass() }), End: true } },
    output: [1, 2],
    history:
      '1<0 ExecutionStarted, 2<0 MapStateEntered, 3<2 MapStateStarted, 4<3 MapIterationStarted, 5<4 PassStateEntered, 6<5 PassStateExited, 7<6 MapIterationSucceeded, 8<6 MapIterationStarted, 9<8 PassStateEntered, 10<9 PassStateExited, 11<10 MapIterationSucceeded, 12<11 MapStateSucceeded, 13<11 MapStateExited, 14<13 ExecutionSucceeded',
  },
  'a map over nothing': {
    states: { M: { Type: 'Map', Items: [], ItemProcessor: branch({ A: pass() }), End: true } },
    output: [],
    history:
      '1<0 ExecutionStarted, 2<0 MapStateEntered, 3<2 MapStateStarted, 4<3 MapStateSucceeded, 5<3 MapStateExited, 6<5 ExecutionSucceeded',
  },
  'an iteration that fails': {
    states: {
      M: {
        Type: 'Map',
        Items: [1, 2],
        MaxConcurrency: 1,
        ItemProcessor: branch({ U: pass({ Output: undefinedOutput }) }),
        End: true,
      },
    },
    status: 'FAILED',
    history:
      '1<0 ExecutionStarted, 2<0 MapStateEntered, 3<2 MapStateStarted, 4<3 MapIterationStarted, 5<4 PassStateEntered, 6<5 EvaluationFailed, 7<6 MapIterationFailed, 8<6 MapStateFailed, 9<8 ExecutionFailed',
  },
  'items that cannot be evaluated': {
    states: {
      M: { Type: 'Map', Items: '{% $states.input.missing %}', ItemProcessor: branch({ A: pass() }), End: true },
    },
    status: 'FAILED',
    history: '1<0 ExecutionStarted, 2<0 MapStateEntered, 3<2 EvaluationFailed, 4<3 MapStateFailed, 5<4 ExecutionFailed',
  },
  'iterations cut short by the timeout of one': {
    states: {
      M: {
        Type: 'Map',
        Items: [1, 2],
        ItemProcessor: branch({ T: invoke('never', { TimeoutSeconds: 5 }) }),
        End: true,
      },
    },
    status: 'FAILED',
    history:
      '1<0 ExecutionStarted, 2<0 MapStateEntered, 3<2 MapStateStarted, 4<3 MapIterationStarted, 5<3 MapIterationStarted, 6<4 TaskStateEntered, 7<6 TaskScheduled, 8<5 TaskStateEntered, 9<8 TaskScheduled, 10<7 TaskStarted, 11<9 TaskStarted, 12<10 TaskTimedOut, 13<12 MapIterationFailed, 14<12 TaskStateAborted, 15<12 MapIterationAborted, 16<12 TaskStateAborted, 17<12 MapStateFailed, 18<17 ExecutionFailed',
  },
  'a distributed map': {
    states: {
      M: {
        Type: 'Map',
        Items: [1, 2],
        ItemProcessor: {
          ...branch({ A: pass() }),
          ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
        },
        End: true,
      },
    },
    output: [1, 2],
    history:
      '1<0 ExecutionStarted, 2<0 MapStateEntered, 3<2 MapStateStarted, 4<3 MapRunStarted, 5<4 MapRunSucceeded, 6<5 MapStateSucceeded, 7<4 MapStateExited, 8<7 ExecutionSucceeded',
  },
};

const functions = {
  echo: returns,
  broken: () => breaks('Broken', 'no'),
  never: () => new Promise<never>(() => {}),
};

test.each(Object.entries(CASES))('%s', async (_name, { states, input, status = 'SUCCEEDED', output, history }) => {
  const done = await run(states, { functions, ...(input && { input }) });

  expect(done.history.join(', ')).toBe(history);
  expect(done.status).toBe(status);
  if (output !== undefined) expect(done.output).toEqual(output);
});
