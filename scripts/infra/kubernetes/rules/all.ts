import { containerRules } from './containers.ts';
import { namespaceRules } from './namespace.ts';
import { nodeRules } from './nodes.ts';
import type { Rule } from './rule.ts';
import { slotRules } from './slots.ts';
import { volumeRules } from './volumes.ts';

export const rules: readonly Rule[] = [
  ...containerRules,
  ...slotRules,
  ...namespaceRules,
  ...volumeRules,
  ...nodeRules,
];
