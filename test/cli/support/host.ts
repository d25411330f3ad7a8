import type { ControlPlane } from '../../../cli/control-plane/control-plane.ts';
import type { Host } from '../../../cli/host.ts';
import { run } from '../../../cli/run.ts';
import type { TwinControl } from '../../../cli/twin/twin-control.ts';

export type Ended = { code: number; out: string; err: string };

type HostOptions = {
  plane?: ControlPlane;
  control?: TwinControl;
  alarmHistory?: Host['alarmHistory'];
  /** Text or bytes by path; what a command writes is there afterwards. */
  files?: Map<string, string | Uint8Array>;
  isTTY?: boolean;
  environment?: Record<string, string>;
  signal?: AbortSignal;
};

const missing = (what: string) => async (): Promise<never> => {
  throw new Error(`this test has no ${what}`);
};

const inMemory = (files: Map<string, string | Uint8Array>): Host['files'] => ({
  async read(path) {
    const found = files.get(path);
    if (found === undefined) throw new Error('no such file');
    return Buffer.from(found);
  },
  async write(path, text) {
    if (path.startsWith('/nowhere/')) throw new Error('no such folder');
    files.set(path, text);
  },
});

/** Runs one command line on a machine that is all in memory. */
export const evenkeel = async (options: HostOptions, ...argv: string[]): Promise<Ended> => {
  const {
    plane,
    control,
    alarmHistory = missing('account'),
    files = new Map(),
    isTTY = false,
    environment = {},
    signal = new AbortController().signal,
  } = options;
  const said = { out: '', err: '' };
  const stream = (name: 'out' | 'err') => ({
    isTTY,
    columns: 100,
    write: (text: string) => {
      said[name] += text;
    },
  });
  const host: Host = {
    out: stream('out'),
    err: stream('err'),
    environment,
    signal,
    files: inMemory(files),
    user: () => 'alice',
    alarmHistory,
    openPlane: plane ? async () => plane : missing('control plane'),
    twin: control ? async () => control : missing('twin'),
  };
  return { code: await run(argv, host), ...said };
};

/** What a script reads: one value for each line. */
export const documents = ({ out }: Ended): Record<string, unknown>[] =>
  out
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
