/*
 * One loop in two query languages: a Pass that counts, a Task that a function answers at once, a Choice that goes
 * round. Three states a round. The other engine does not know JSONata, so its copy is written in JSONPath.
 */
const rounds = 1000;
/** Of one execution: every round, and the Succeed. */
export const statesPerExecution = rounds * 3 + 1;
export const lastCount = rounds;
/** The first ones let the compiler warm up and are not counted. */
export const warmUps = 3;
export const executions = 15;

const resource = 'arn:aws:lambda:eu-west-1:000000000000:function:work';

export const inJsonata = {
  QueryLanguage: 'JSONata',
  StartAt: 'Count',
  States: {
    Count: { Type: 'Pass', Output: { count: '{% $states.input.count + 1 %}' }, Next: 'Work' },
    Work: {
      Type: 'Task',
      Resource: resource,
      Arguments: '{% $states.input %}',
      Output: '{% $states.result %}',
      Next: 'Enough?',
    },
    'Enough?': {
      Type: 'Choice',
      Choices: [{ Condition: `{% $states.input.count < ${rounds} %}`, Next: 'Count' }],
      Default: 'Done',
    },
    Done: { Type: 'Succeed' },
  },
};

export const inJsonPath = {
  StartAt: 'Count',
  States: {
    Count: { Type: 'Pass', Parameters: { 'count.$': 'States.MathAdd($.count, 1)' }, Next: 'Work' },
    Work: { Type: 'Task', Resource: resource, Next: 'Enough?' },
    'Enough?': {
      Type: 'Choice',
      Choices: [{ Variable: '$.count', NumericLessThan: rounds, Next: 'Count' }],
      Default: 'Done',
    },
    Done: { Type: 'Succeed' },
  },
} as const;

/** Runs the execution again and again, one at a time, and says how many states it goes through in a second. */
export const statesPerSecond = async (execute: (number: number) => Promise<{ count: number }>): Promise<number> => {
  let startedAt = 0;
  for (let number = 0; number < warmUps + executions; number += 1) {
    if (number === warmUps) startedAt = performance.now();
    const { count } = await execute(number);
    if (count !== lastCount) throw new Error(`execution ${number} ended with ${count}, not ${lastCount}`);
  }
  return (executions * statesPerExecution) / ((performance.now() - startedAt) / 1000);
};
