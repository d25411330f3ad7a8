import { measuredIn } from '../child.ts';
import { type Bench, type Measured, type Measurement, median, rounded } from '../measurement.ts';
import { program } from '../program.ts';

const repetitions = 5;
const waitingExecutions = 10_000;

type Speed = { statesPerSecond: number };
type Waiting = { executions: number; startSeconds: number; emptyRssMb: number; rssMb: number };

/** Ours and theirs by turns, each time in a fresh process, so that a busy machine slows both. */
const speeds = async ({ signal }: Bench) => {
  const ours: number[] = [];
  const theirs: number[] = [];
  for (let i = 0; i < repetitions; i += 1) {
    ours.push((await measuredIn<Speed>(program('engine/ours.ts'), [], { signal })).statesPerSecond);
    theirs.push((await measuredIn<Speed>(program('engine/theirs.ts'), [], { signal })).statesPerSecond);
  }
  const durable = await measuredIn<Speed>(program('engine/ours.ts'), ['file'], { signal });
  return { ours: median(ours), theirs: median(theirs), durable: durable.statesPerSecond };
};

export const engine: Measurement = {
  name: 'engine',
  title: 'Engine: states per second, and what waiting executions cost',
  async run(bench): Promise<Measured> {
    const { ours, theirs, durable } = await speeds(bench);
    const { signal } = bench;
    const waiting = await measuredIn<Waiting>(program('engine/waiting.ts'), [String(waitingExecutions)], { signal });
    const ratio = rounded(ours / theirs);
    const [a, b, c] = [ours, theirs, durable].map((speed) => Math.round(speed));
    return {
      value: {
        statesPerSecond: a,
        peer: 'aws-local-stepfunctions 3.0.0',
        peerStatesPerSecond: b,
        ratio,
        durableStatesPerSecond: c,
        waiting: { ...waiting, startSeconds: rounded(waiting.startSeconds) },
      },
      lines: [
        `${a} states/s in JSONata with full history; aws-local-stepfunctions ${b} in JSONPath: ${ratio} times`,
        `${c} states/s when each step is on disk before the next`,
        `${waiting.executions} waiting executions: ${waiting.rssMb} MB (the empty engine: ${waiting.emptyRssMb} MB)`,
      ],
    };
  },
};
