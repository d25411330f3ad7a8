import type { Tag } from '@aws-sdk/client-rds';
import * as v from 'valibot';
import { DrillMark } from '../../contracts/database.ts';

/** IAM policies name these keys too: what does not carry them can be neither made nor removed by a machine. */
const drillKey = 'evenkeel:drill';
const removeByKey = 'evenkeel:remove-by';
const backupKey = 'evenkeel:backup';
/** On a copy whose login was made its own. */
const loginKey = 'evenkeel:login';

const tagOf = (tags: readonly Tag[] | undefined, key: string): string | undefined =>
  tags?.find(({ Key }) => Key === key)?.Value;

export const drillTags = ({ drill, removeBy }: DrillMark): Tag[] => [
  { Key: drillKey, Value: drill },
  { Key: removeByKey, Value: removeBy },
];
export const backupTags = (backup: string): Tag[] => [{ Key: backupKey, Value: backup }];

export const backupIn = (tags: readonly Tag[] | undefined): string | undefined => tagOf(tags, backupKey);

/** Both tags or no mark: half a mark is somebody else's doing, and gives nobody leave to remove anything. */
export const markIn = (tags: readonly Tag[] | undefined): DrillMark | undefined => {
  const mark = v.safeParse(DrillMark, { drill: tagOf(tags, drillKey), removeBy: tagOf(tags, removeByKey) });
  return mark.success ? mark.output : undefined;
};

export const ownLoginTags: Tag[] = [{ Key: loginKey, Value: 'own' }];
export const hasOwnLogin = (tags: readonly Tag[] | undefined): boolean => tagOf(tags, loginKey) === 'own';
