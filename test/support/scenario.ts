import type { DeployWish } from '../../lib/contracts/events.ts';
import { type ReleaseId, releaseIdOf, type ServiceName, undoNameOf } from '../../lib/contracts/names.ts';
import type { ReleaseStatus } from '../../lib/contracts/release.ts';
import { modelCatalog } from '../../twin/model/catalog.ts';
import { createModelTwin, loadDeployed, type ModelTwin, type ModelTwinOptions } from '../../twin/model/model-twin.ts';
import { type Behaviour, behaviours } from '../../twin/model/world/behaviour.ts';

/** An image of the service under test: a digest, and what it does once it runs. */
export interface Version {
  readonly digest: string;
  readonly behaviour: Behaviour;
}

/** `hexDigit` tells versions apart in digests. */
export const aVersion = (hexDigit: string, behaviour: Behaviour = behaviours.good): Version => ({
  digest: `sha256:${hexDigit.repeat(64)}`,
  behaviour,
});

const deployed = loadDeployed();
/** A story that has not come to its end by then never will. */
const patienceMs = 2 * 86_400_000;

/**
 * A story on the model twin. `given` says what was before, `when` what happens, `ends` lets time pass until nothing is
 * left to happen and tells how it came out; `twin` is there for whatever else a test wants to look at.
 */
export const aScenario = async (options: Partial<ModelTwinOptions> = {}) => {
  const twin = await createModelTwin({ deployed: await deployed, catalog: modelCatalog(), ...options });
  return { twin, given: new Given(twin), when: new When(twin), ends: endOf(twin) };
};

class Given {
  readonly #twin: ModelTwin;

  constructor(twin: ModelTwin) {
    this.#twin = twin;
  }

  service(name: ServiceName) {
    const { world } = this.#twin;
    const service = {
      running: ({ digest, behaviour }: Version, replicas = 4) => {
        world.publish(digest, behaviour);
        world.adopt(name, digest, replicas);
        return service;
      },
      /** Requests of users per second. */
      traffic: (perSecond: number) => {
        world.services.get(name).setUsers(perSecond);
        return service;
      },
    };
    return service;
  }

  image({ digest, behaviour }: Version, scan?: Parameters<ModelTwin['world']['publish']>[2]): void {
    this.#twin.world.publish(digest, behaviour, scan);
  }
}

class When {
  readonly #twin: ModelTwin;

  constructor(twin: ModelTwin) {
    this.#twin = twin;
  }

  /** CI asks for the version; the image is pushed first. */
  deployed(version: Version, { service = 'shop', requestId = 'r1', times = 1 } = {}): ReleaseId {
    this.#twin.world.publish(version.digest, version.behaviour);
    const detail: DeployWish = { service, digest: version.digest, requestedBy: 'ci', requestId };
    for (let time = 0; time < times; time += 1)
      this.#twin.publish({ source: 'evenkeel', type: 'DeployRequested', detail });
    return releaseIdOf(service, requestId);
  }

  rolledBack({ service = 'shop', requestId = 'b1', requestedBy = 'alice', reason = 'looks wrong' } = {}): void {
    const detail = { service, requestedBy, requestId, reason };
    this.#twin.publish({ source: 'evenkeel', type: 'RollbackRequested', detail });
  }

  alarmFires(alarmName: string): void {
    this.#twin.world.alarms.set(alarmName, { name: alarmName, state: 'alarm', acts: true });
    const detail = { alarmName, state: { value: 'ALARM' } };
    this.#twin.publish({ source: 'aws.cloudwatch', type: 'CloudWatch Alarm State Change', detail });
  }

  /** Somebody stops the run of the release itself. */
  async stopped(releaseId: ReleaseId): Promise<void> {
    await this.#twin.engine.stopExecution(this.#run('deployment', releaseId));
  }

  async watcherDies(releaseId: ReleaseId): Promise<void> {
    await this.#twin.engine.stopExecution(this.#run('watch', `shift-${releaseId}`));
  }

  async secondsPass(seconds: number): Promise<void> {
    await this.#twin.clock.run({ untilMs: this.#twin.clock.now() + seconds * 1000 });
  }

  /** Lets time pass until this share of traffic goes to the release's slot. */
  async shiftReaches(releaseId: ReleaseId, weight: number): Promise<void> {
    const { clock, world } = this.#twin;
    const there = () => {
      const release = world.records.byId.get(releaseId);
      return release !== undefined && world.services.get(release.service).effective()[release.slot] === weight;
    };
    await clock.run({ until: orNever(clock, there) });
    if (!there()) throw new Error(`${releaseId} never had ${weight} % of traffic`);
  }

  async statusIs(releaseId: ReleaseId, status: ReleaseStatus): Promise<void> {
    const { clock, world } = this.#twin;
    const there = () => world.records.byId.get(releaseId)?.status === status;
    await clock.run({ until: orNever(clock, there) });
    if (!there()) throw new Error(`${releaseId} was never ${status}`);
  }

  async runStarts(name: string): Promise<void> {
    const { clock, runs } = this.#twin;
    const there = () => [...runs.values()].some((run) => run.name === name);
    await clock.run({ until: orNever(clock, there) });
    if (!there()) throw new Error(`${name} never started`);
  }

  #run(machine: 'deployment' | 'watch', name: string): string {
    return `${this.#twin.machineArn(machine).replace(':stateMachine:', ':execution:')}:${name}`;
  }
}

const orNever = (clock: ModelTwin['clock'], there: () => boolean) => {
  const endMs = clock.now() + patienceMs;
  return () => there() || clock.now() > endMs;
};

/** Lets time pass until nothing is left to happen, and gives the whole outcome. */
const endOf =
  (twin: ModelTwin) =>
  async (releaseId: ReleaseId = releaseIdOf('shop', 'r1')) => {
    const { clock, world, runs, deadLetters } = twin;
    await clock.run({ until: orNever(clock, () => false) });
    const release = world.records.byId.get(releaseId);
    const service = world.services.get(release?.service ?? 'shop');
    const statusOf = (name: string) => [...runs.values()].find((run) => run.name === name)?.status;
    return {
      status: release?.status,
      reason: release?.reason,
      timeToSafeMs: release?.timeToSafeMs,
      weights: service.effective(),
      live: world.records.live.get(release?.service ?? 'shop')?.digest,
      wanted: { blue: service.state('blue').wanted, green: service.state('green').wanted },
      leases: [...world.leases.values()],
      messages: [...world.messages.values()],
      undo: statusOf(undoNameOf(releaseId)),
      run: statusOf(releaseId),
      running: [...runs.values()].filter(({ status }) => status === 'RUNNING').map(({ name }) => name),
      deadLetters,
    };
  };
