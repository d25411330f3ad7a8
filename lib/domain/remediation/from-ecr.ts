import type { AlarmChange } from '../../contracts/alarm.ts';
import type { ImageScanned } from '../../contracts/events.ts';
import { labelsOf, sayingOf } from './labels.ts';

/** Rule: a scan that did not come to its end is `unknown`, never good. */
export const fromEcr = ({ time, detail }: ImageScanned): AlarmChange => {
  const { CRITICAL = 0, HIGH = 0 } = detail['finding-severity-counts'];
  const complete = detail['scan-status'] === 'COMPLETE';
  return {
    source: 'ecr',
    name: 'image-scan',
    resource: { kind: 'other', id: detail['repository-name'].slice(0, 200) },
    state: complete ? (CRITICAL > 0 ? 'firing' : 'over') : 'unknown',
    at: time,
    labels: labelsOf({
      digest: detail['image-digest'],
      status: detail['scan-status'],
      critical: CRITICAL,
      high: HIGH,
    }),
    says: sayingOf(`scan ${detail['scan-status']}: ${CRITICAL} critical, ${HIGH} high`),
  };
};
