import { expect, test } from '@jest/globals';
import { scaleOutSeconds } from '../../../scripts/infra/kubernetes/rules/scale-out.ts';

const scaler = (scaleUp: object) => ({ minReplicas: 2, maxReplicas: 16, behavior: { scaleUp } });
const doubling = { type: 'Percent', value: 100, periodSeconds: 15 };

test('doubling from 2 to 16 takes three steps, two periods apart, after the metrics and before the start', () => {
  expect(scaleOutSeconds(scaler({ policies: [doubling] }))).toBe(30 + 2 * 15 + 30);
});

test('of several policies the one that adds most counts', () => {
  const many = { type: 'Pods', value: 14, periodSeconds: 15 };
  expect(scaleOutSeconds(scaler({ policies: [doubling, many] }))).toBe(60);
});

test('of several policies the one that adds least counts when it is asked for', () => {
  const many = { type: 'Pods', value: 14, periodSeconds: 15 };
  expect(scaleOutSeconds(scaler({ selectPolicy: 'Min', policies: [doubling, many] }))).toBe(90);
});

test('the stabilization window comes first', () => {
  expect(scaleOutSeconds(scaler({ stabilizationWindowSeconds: 60, policies: [doubling] }))).toBe(150);
});

test.each([{ selectPolicy: 'Disabled', policies: [doubling] }, { policies: [] }])('%j never scales out', (scaleUp) => {
  expect(scaleOutSeconds(scaler(scaleUp))).toBe(Number.POSITIVE_INFINITY);
});
