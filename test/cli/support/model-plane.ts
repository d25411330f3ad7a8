import type { ControlPlane, Run, SampleImage } from '../../../cli/control-plane/control-plane.ts';
import { ApiError } from '../../../twin/engine/index.ts';
import type { ModelTwin } from '../../../twin/model/model-twin.ts';

/** Longer than any run, in virtual time. */
const patienceMs = 2 * 86_400_000;

/** The control plane that commands see, over the model twin: a wish is answered by letting its time pass. */
export const modelPlane = (twin: ModelTwin, samples?: readonly SampleImage[]): ControlPlane => ({
  kind: samples ? 'twin' : 'aws',
  ports: twin.world.ports,
  events: {
    async send(type: string, detail: object) {
      twin.publish({ source: 'evenkeel', type, detail });
      await twin.clock.run({ untilMs: twin.clock.now() + patienceMs });
    },
  },
  runs: {
    async find(name) {
      const found = await Promise.all(arnsOf(twin, name).map((arn) => described(twin, arn)));
      return found.find((run) => run !== undefined);
    },
    stop: async (run) => void (await twin.engine.stopExecution(run)),
  },
  ...(samples && { samples: async () => [...samples] }),
});

const arnsOf = (twin: ModelTwin, name: string): string[] =>
  (['deployment', 'rollback'] as const).map(
    (machine) => `${twin.machineArn(machine).replace(':stateMachine:', ':execution:')}:${name}`,
  );

const described = async ({ engine }: ModelTwin, run: string): Promise<Run | undefined> => {
  try {
    const { status } = await engine.describeExecution(run);
    return { run, status };
  } catch (error) {
    if (error instanceof ApiError && error.name === 'ExecutionDoesNotExist') return undefined;
    throw error;
  }
};
