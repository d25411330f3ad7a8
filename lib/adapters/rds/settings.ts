import * as v from 'valibot';
import { setting } from '../../runtime/config.ts';

/** Where restores go, and nothing else: a restore cannot be asked for any other place. */
export const isolationSettings = {
  DRILL_SUBNET_GROUP: setting,
  DRILL_SECURITY_GROUP_ID: v.pipe(setting, v.startsWith('sg-', 'expected the id of a security group, sg-…')),
  DRILL_PARAMETER_GROUP: setting,
};

const noneOr = (pattern: RegExp, expected: string) =>
  v.pipe(
    setting,
    v.check((value) => value === 'none' || pattern.test(value), `expected ${expected}, or none`),
  );

/** Where copies of snapshots go, and under which key; `none` where a stage keeps no copies. */
export const secondRegionSettings = {
  SECOND_REGION: noneOr(/^[a-z]{2}(-[a-z]+)+-\d$/, 'a region'),
  COPY_KEY_ARN: noneOr(/^arn:[\w-]+:kms:/, 'the ARN of a key in that region'),
};

type Isolation = Record<keyof typeof isolationSettings, string>;
type SecondRegion = Record<keyof typeof secondRegionSettings, string>;
export type RdsSettings = Isolation & SecondRegion;
export type { Isolation, SecondRegion };
