import { liveTwin } from '../../cli/twin/live-twin.ts';
import { newState } from '../../cli/twin/new-state.ts';
import { measuredIn } from '../child.ts';
import { type Bench, type Measured, type Measurement, rounded } from '../measurement.ts';
import { repository } from '../program.ts';

const cli = `${repository}cli/evenkeel.ts`;

const timed = async <T>(work: Promise<T>): Promise<{ seconds: number; result: T }> => {
  const startedAt = performance.now();
  const result = await work;
  return { seconds: rounded((performance.now() - startedAt) / 1000), result };
};

/** What a newcomer does: the very commands, each in a process of its own. */
const measure = async (state: string, { signal }: Bench) => {
  const evenkeel = <T>(...args: string[]) => measuredIn<T>(cli, [...args, '--state', state, '--json'], { signal });
  const up = await timed(evenkeel<{ addresses: Record<string, string> }>('up'));
  const [service = ''] = Object.keys(up.result.addresses);
  const deploy = await timed(evenkeel<{ status: string }>('deploy', service, '@good-2'));
  return { upSeconds: up.seconds, deploySeconds: deploy.seconds, status: deploy.result.status };
};

export const firstDeployment: Measurement = {
  name: 'first-deployment',
  title: 'From `npm start` to the first successful deployment, without any traffic of users',
  async run(bench): Promise<Measured> {
    const state = newState('bench');
    try {
      const measured = await measure(state, bench);
      const { upSeconds, deploySeconds, status } = measured;
      const seconds = rounded(upSeconds + deploySeconds);
      return {
        value: { ...measured, seconds },
        lines: [`${seconds} s: ready after ${upSeconds} s, ${status} ${deploySeconds} s later`],
      };
    } finally {
      await liveTwin(state).down({ wipe: true });
    }
  },
};
