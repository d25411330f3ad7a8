import type { ModelTwin } from '../../model/model-twin.ts';
import type { Story } from '../story.ts';

/** A run as invariants see it: the twin, and the ports that a fault took away for ever. */
export interface Judged {
  readonly twin: ModelTwin;
  readonly story: Story;
  readonly gone: ReadonlySet<string>;
  /** Calls, as `port.method`, that arrived after whoever made them was ended. */
  readonly late: ReadonlySet<string>;
}

const brokenEnds = ['FAILED', 'TIMED_OUT', 'ABORTED'];

/** Somebody was woken: a machine that ends badly and a dead letter each raise an alarm (serverless.yml). */
export const alarmed = ({ twin }: Judged): boolean =>
  twin.deadLetters.length > 0 ||
  [...twin.runs.values()].some(
    ({ status, stateMachineArn }) => brokenEnds.includes(status) && isWatchedByAlarm(twin, stateMachineArn),
  );

/** A preparation or a watch that ends badly is answered by the deployment that waits for it. */
const isWatchedByAlarm = ({ machineArn }: ModelTwin, stateMachineArn: string): boolean =>
  ![machineArn('preparation'), machineArn('watch')].includes(stateMachineArn);

/** One of these has gone for good, and somebody was woken. */
export const goneButLoud = (judged: Judged, ports: readonly string[]): boolean =>
  ports.some((port) => judged.gone.has(port)) && alarmed(judged);

/**
 * An undo needs who ran before, the right to write, and the write itself; and the catalog, which is a file in the bundle:
 * when that cannot be read, no function of this version works. Where nobody waits for the release any more, somebody
 * must be able to start the machine; and where nobody was told of its end, to ask how the run stands. It needs nothing else.
 */
const undoNeeds = ['releases', 'leases', 'traffic', 'catalogs', 'machines', 'runs'];

/**
 * The allowed way out when one of them has gone for good: nobody can bring traffic back, so the run must end, and
 * somebody must be woken.
 */
export const helplessButLoud = (judged: Judged): boolean => goneButLoud(judged, undoNeeds);
