import {
  certificateCheckNameOf,
  type Endpoint,
  endpointName,
  type InventoryEntry,
} from '../../lib/contracts/certificate.ts';
import { goodAuthority, strangeAuthority } from '../model/certificates/authority.ts';
import type { ModelTwin } from '../model/model-twin.ts';
import { deploy, prepareReleases, service } from './release-stories.ts';
import type { Act, Story } from './story.ts';

const about = 'certificates' as const;
const polls = ['AwaitIssue', 'AwaitServed'];
const dayMs = 86_400_000;

export const shopPlace: Endpoint = { host: 'shop.example.com', port: 443, protocol: 'https' };
const apiPlace: Endpoint = { host: 'api.example.com', port: 443, protocol: 'https' };
export const check = (requestId: string): string => certificateCheckNameOf(requestId);

/** Served by the service's own pods, which read it when they start. */
export const ofPods: Omit<InventoryEntry, 'certificate'> = {
  id: 'cert-manager:shop/shop-tls',
  source: 'cert-manager',
  names: ['shop.example.com'],
  renewer: 'cert-manager',
  uses: [],
  endpoints: [shopPlace],
  service,
};
/** Served by a load balancer, which takes up a new one by itself. */
export const ofBalancer: Omit<InventoryEntry, 'certificate'> = {
  id: 'acm:api',
  source: 'acm',
  names: ['*.example.com'],
  renewer: 'acm',
  uses: [],
  endpoints: [apiPlace],
};

const fresh = { days: 90, oldDays: 10 };
const due = { days: 90, oldDays: 70 };

/** Two good certificates, and the two endpoints that must go red. */
export const prepareCertificates = (twin: ModelTwin): void => {
  prepareReleases(twin);
  const { world } = twin.world.certificates;
  twin.world.services.get(service).setUsers(0);
  world.hold(ofPods, fresh);
  world.hold(ofBalancer, fresh);
  const nowMs = twin.clock.now();
  serve(twin, 'expired.test', goodAuthority.issue(['expired.test'], nowMs - 20 * dayMs, nowMs - dayMs, 7001));
  serve(
    twin,
    'wrong-chain.test',
    strangeAuthority.issue(['wrong-chain.test'], nowMs - dayMs, nowMs + 20 * dayMs, 7002),
  );
};

type Issued = ReturnType<typeof goodAuthority.issue>;

const serve = ({ world }: ModelTwin, host: string, issued: Issued): void => {
  const endpoint: Endpoint = { host, port: 443, protocol: 'https' };
  world.certificates.world.addresses.set(host, ['192.0.2.9']);
  world.certificates.world.stuck.set(`${endpointName(endpoint)} 192.0.2.9`, issued);
};

const ask = (atSeconds: number, requestId: string, controls = false): Act => ({
  atSeconds,
  what: `a check of all certificates is asked for as ${requestId}`,
  act: (twin) =>
    twin.publish({
      source: 'evenkeel',
      type: 'CertificateCheckRequested',
      detail: { requestedBy: 'alice', requestId, controls },
    }),
});

const change = (atSeconds: number, what: string, act: Act['act']): Act => ({ atSeconds, what, act });

const growsOld = (atSeconds: number, entry: typeof ofPods): Act =>
  change(atSeconds, `${entry.id} is due`, (twin) => {
    twin.world.certificates.world.drop(entry.id);
    twin.world.certificates.world.hold(entry, due);
  });

const reissued = (atSeconds: number): Act =>
  change(
    atSeconds,
    'a new certificate of the pods is issued by somebody else',
    (twin) => void twin.world.certificates.world.hold(ofPods, { days: 90, oldDays: 0 }),
  );

const oldLeaf = (atSeconds: number): Act =>
  change(atSeconds, 'a new one is issued, and one address of three goes on with the old one', (twin) => {
    const { world } = twin.world.certificates;
    const before = world.servedAt(apiPlace, '192.0.2.2');
    world.hold(ofBalancer, { days: 90, oldDays: 0 });
    world.stuck.set(`${endpointName(apiPlace)} 192.0.2.2`, before);
  });

const vanishes = (atSeconds: number): Act =>
  change(atSeconds, `${ofBalancer.id} is gone from its source`, (twin) =>
    twin.world.certificates.world.vanish(ofBalancer.id),
  );

const refuses = (atSeconds: number): Act =>
  change(
    atSeconds,
    `nobody renews ${ofBalancer.id}`,
    (twin) => void twin.world.certificates.world.refuses.add(ofBalancer.id),
  );

const users = (atSeconds: number): Act =>
  change(atSeconds, 'users come', (twin) => twin.world.services.get(service).setUsers(40));

/** Later than an event may be delayed; the last one, after the grace of what is UNKNOWN. */
const [changes, again, last] = [1500, 1800, 9000];
const ofRelease = [
  'Plan',
  'CheckGates',
  'TakeLease',
  'FillSlot',
  'CheckRollout',
  'SmokeTest',
  'DrillForward',
  'DrillBack',
];
const afterwards = ['SetWeight', 'Observe', 'Promote', 'RetireSlot', 'RecordOutcome', 'DeployRequested'];

export const certificateStories: readonly Story[] = [
  { name: 'certificates-good', about, polls, acts: [ask(1, 'c1', true)], ends: { [check('c1')]: 'checked' } },
  {
    name: 'certificate-rotation',
    about,
    polls,
    acts: [growsOld(0, ofPods), ask(1, 'c1'), ask(last, 'c2')],
    ends: { [check('c1')]: 'checked', [check('c2')]: 'checked' },
  },
  {
    name: 'old-leaf-on-one-address',
    about,
    polls,
    acts: [ask(1, 'c0'), oldLeaf(changes), ask(again, 'c1'), ask(last, 'c2')],
    ends: { [check('c0')]: 'checked', [check('c1')]: 'went-bad', [check('c2')]: 'checked' },
  },
  {
    name: 'certificate-vanished',
    about,
    polls,
    acts: [ask(1, 'c0'), vanishes(changes), ask(again, 'c1'), ask(last, 'c2')],
    ends: { [check('c0')]: 'checked', [check('c1')]: 'checked', [check('c2')]: 'went-bad' },
  },
  {
    name: 'renewal-refused',
    about,
    polls,
    acts: [growsOld(0, ofBalancer), refuses(0), ask(1, 'c1'), ask(last, 'c2')],
    ends: { [check('c1')]: 'checked', [check('c2')]: 'checked' },
  },
  {
    // The release goes on unharmed, and so does its time; what is asked of the check is made to fail.
    name: 'release-meanwhile',
    about,
    polls,
    beside: [...ofRelease, ...afterwards, 'CertificateCheckRequested'],
    acts: [users(0), deploy(changes, 'v2', 'r1'), reissued(changes + 10), ask(changes + 30, 'c1'), ask(last, 'c2')],
    ends: { 'shop-r1': 'promoted', [check('c1')]: 'went-bad', [check('c2')]: 'checked' },
  },
];

/** Looked at when a story is over and people have answered it: whatever is left behind keeps it from ending well. */
export const nextCertificates = {
  ends: { [check('next')]: 'checked' },
  act(twin: ModelTwin): void {
    const { world } = twin.world.certificates;
    world.stuck.delete(`${endpointName(apiPlace)} 192.0.2.2`);
    world.refuses.clear();
    world.drop(ofPods.id);
    world.drop(ofBalancer.id);
    world.hold(ofPods, fresh);
    world.hold(ofBalancer, fresh);
    twin.world.certificates.states.clear();
    ask(0, 'next').act(twin);
  },
};
