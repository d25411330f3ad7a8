import { expect, test } from '@jest/globals';
import validate from 'asl-validator';
import { readText } from '../support/sources.ts';
import { machineFiles } from './machines.ts';

/** Functions and machines are references until CloudFormation fills them in; the validator knows ARNs only. */
const filledIn = (text: string): string =>
  text
    .replace(/\{\s*"Fn::GetAtt":\s*\["(\w+)",\s*"Arn"\]\s*\}/g, '"arn:aws:lambda:eu-west-1:000000000000:function:$1"')
    .replace(/\{\s*"Ref":\s*"(\w+)"\s*\}/g, '"arn:aws:states:eu-west-1:000000000000:stateMachine:$1"');

const problemsIn = (definition: object) => {
  const { isValid, errors } = validate(definition);
  return { isValid, errors };
};

test.each(machineFiles)('%s is Amazon States Language', (file) => {
  expect(problemsIn(JSON.parse(filledIn(readText(`statemachines/${file}`))))).toEqual({ isValid: true, errors: [] });
});

test('a machine with a state that leads nowhere is refused', () => {
  const machine = { QueryLanguage: 'JSONata', StartAt: 'A', States: { A: { Type: 'Pass', Next: 'Nowhere' } } };
  expect(problemsIn(machine).isValid).toBe(false);
});
