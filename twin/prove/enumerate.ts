import type { PortCall, PublishedEvent } from '../model/interference.ts';
import type { ModelTwin } from '../model/model-twin.ts';
import { seededRandom } from '../model/random.ts';
import { callFaults, type Fault, type Schedule } from './schedule.ts';
import type { Story } from './story.ts';

/** Late enough to meet the middle of a run, and to come after its end. */
const middleSeconds = 45;
const afterEndSeconds = 900;

/** Events that tell what somebody else finds out as well, so that losing one must do no harm. */
const hasSecondSource = ({ type, spare }: PublishedEvent): boolean =>
  spare === true || type === 'CloudWatch Alarm State Change';

const eventFaultsOf = (event: PublishedEvent): Fault[] => {
  const on = 'event' as const;
  const { index } = event;
  const twice = [0, middleSeconds, afterEndSeconds].map((seconds) => ({ on, index, kind: 'twice' as const, seconds }));
  // Longer than the time to the next act: the two events change places.
  const delayed = [middleSeconds, afterEndSeconds].map((seconds) => ({ on, index, kind: 'delayed' as const, seconds }));
  const lost = hasSecondSource(event) ? [{ on, index, kind: 'lost' as const, seconds: 0 }] : [];
  return [...twice, ...delayed, ...lost];
};

type Ran = Pick<ModelTwin, 'calls' | 'heard'>;

/** Of a poll, a call in the middle finds what the one before it found. */
const worthFailing = (calls: readonly PortCall[], { beside = [], polls = [] }: Story): PortCall[] => {
  const asked = calls.filter(({ task }) => !beside.includes(task));
  const inMiddle = (call: PortCall) => {
    const same = asked.filter((other) => nameOf(other) === nameOf(call));
    return polls.includes(call.task) && !same.slice(0, 2).includes(call) && call !== same.at(-1);
  };
  return asked.filter((call) => !inMiddle(call));
};
const nameOf = ({ task, port, method }: PortCall): string => `${task} ${port} ${method}`;

/** Everything that can go wrong in a run that went well: each fault of each call, each fault of each event. */
export const singleFaults = ({ calls, heard }: Ran, story: Story): Fault[] => [
  ...worthFailing(calls, story).flatMap(({ index }) =>
    callFaults.map((kind) => ({ on: 'call' as const, index, kind })),
  ),
  ...heard.filter(({ type }) => !story.beside?.includes(type)).flatMap(eventFaultsOf),
];

/** `count` pairs of different faults, drawn by seed. The second may never come to pass, because the first changed the run. */
export const samplePairs = (story: string, faults: readonly Fault[], count: number, seed: number): Schedule[] => {
  const random = seededRandom(seed);
  const draw = () => faults[Math.floor(random() * faults.length)] as Fault;
  return Array.from({ length: count }, () => ({ story, seed, faults: [draw(), draw()] }));
};
