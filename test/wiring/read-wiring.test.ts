import { describe, expect, test } from '@jest/globals';
import { readWiring, twinPlace } from '../../twin/wiring/index.ts';
import { resolveIntrinsics } from '../../twin/wiring/intrinsics.ts';
import { resolveVariables } from '../../twin/wiring/variables.ts';

const wiring = readWiring();
const variable = (expression: string) => `\${${expression}}`;
const self = { provider: { stage: 'x' }, params: { default: { careful: true, size: 1 }, twin: { careful: false } } };
const sources = { place: twinPlace, root: '.', self };

describe('functions', () => {
  test('a key, its file and its task share one name', () => {
    const found = wiring.functions.find(({ key }) => key === 'rollbackChooseTarget');
    expect(found).toMatchObject({
      name: 'evenkeel-twin-rollbackChooseTarget',
      arn: 'arn:aws:lambda:eu-west-1:000000000000:function:evenkeel-twin-rollbackChooseTarget',
      module: 'functions/rollback/choose-target.ts',
      task: 'chooseTarget',
      timeoutSeconds: 25,
    });
  });

  test('an event pattern has the ARN of the machine that it refers to', () => {
    const runEnded = wiring.functions.find(({ key }) => key === 'triggerRunEnded');
    expect(JSON.stringify(runEnded?.events)).toContain(
      'arn:aws:states:eu-west-1:000000000000:stateMachine:evenkeel-twin-deployment',
    );
  });
});

describe('machines', () => {
  test.each(wiring.machines)('$key has no reference left', ({ definition }) => {
    const text = JSON.stringify(definition);
    expect(text).not.toMatch(/"Ref"|Fn::|\$\{/);
    expect(text).toContain(':function:evenkeel-twin-');
  });
});

describe('variables', () => {
  test.each([
    [variable("opt:colour, 'green'"), 'green'],
    [`name-${variable('sls:stage')}-x`, 'name-twin-x'],
    [variable('self:provider.stage'), 'x'],
    [variable('param:careful'), false],
    [variable('param:size'), 1],
  ])('%s gives %s', (text, expected) => {
    expect(resolveVariables(text, sources)).toBe(expected);
  });

  test.each(['ssm:/path', 'opt:nothing', 'param:nothing'])('%s is refused by name', (expression) => {
    expect(() => resolveVariables(variable(expression), sources)).toThrow(expression);
  });
});

test('a reference to nothing is refused by name', () => {
  expect(() => resolveIntrinsics({ Ref: 'Nothing' }, {})).toThrow('"Nothing"');
});
