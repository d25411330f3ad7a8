import { slots } from '../../lib/contracts/names.ts';
import type { ServiceStatus, TrafficCount } from '../operations/status.ts';
import { shortDigest } from './releases.ts';
import type { Style } from './style.ts';
import { table } from './table.ts';

/** One block for each service: its live release, who works on it, and both slots. */
export const statusTable = (
  services: readonly ServiceStatus[],
  addresses: Readonly<Record<string, string>>,
  style: Style,
): string => services.map((status) => block(status, addresses[status.service], style)).join('\n\n');

const block = (status: ServiceStatus, address: string | undefined, style: Style): string => {
  const { service, live, running, traffic } = status;
  return [
    `${style.bold(service)}${address ? `  ${style.cyan(address)}` : ''}`,
    `  live     ${live ? `${live.releaseId} in slot ${live.slot}` : style.yellow('nothing on record')}`,
    `  running  ${running ? style.yellow(running) : 'nothing'}`,
    `  traffic  ${trafficText(traffic)}`,
    table(slots.map((slot) => slotRow(status, slot, style))),
  ].join('\n');
};

const trafficText = ({ requests, failures, seconds }: TrafficCount): string =>
  `${requests} requests, ${failures} failed in the last ${seconds} s`;

const slotRow = ({ slots: states, weights }: ServiceStatus, slot: (typeof slots)[number], style: Style): string[] => {
  const { digest, ready, wanted, crashing } = states[slot];
  const pods = `${ready}/${wanted} ready`;
  return [
    `  ${slot}`,
    `${weights[slot]} %`,
    ready < wanted ? style.yellow(pods) : pods,
    digest ? shortDigest(digest) : style.dim('empty'),
    crashing ? style.red('crashing') : '',
  ];
};
