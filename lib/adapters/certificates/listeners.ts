import {
  DescribeListenerCertificatesCommand,
  DescribeListenersCommand,
  DescribeLoadBalancersCommand,
  DescribeRulesCommand,
  type Listener,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import type { Endpoint, InventoryEntry } from '../../contracts/certificate.ts';
import { loadBalancerClient } from '../elbv2/client.ts';
import { overAll } from '../http/in-parallel.ts';
import { acmIdOf } from './acm.ts';
import { endpointsFor } from './endpoints.ts';
import { allPages } from './pages.ts';

const dependency = 'Elastic Load Balancing';
const atOnce = 4;

/** Every listener that speaks TLS, of application and of network load balancers. */
export const listenerEntries = async (): Promise<InventoryEntry[]> => {
  const balancers = await allPages(dependency, async (Marker) => {
    const found = await loadBalancerClient().send(new DescribeLoadBalancersCommand({ Marker }));
    return { items: found.LoadBalancers, next: found.NextMarker };
  });
  const listeners = await overAll(atOnce, balancers, ({ LoadBalancerArn = '' }) => listenersOf(LoadBalancerArn));
  return overAll(atOnce, listeners.flat().filter(speaksTls), entryOf);
};

const listenersOf = (LoadBalancerArn: string): Promise<Listener[]> =>
  allPages(dependency, async (Marker) => {
    const found = await loadBalancerClient().send(new DescribeListenersCommand({ LoadBalancerArn, Marker }));
    return { items: found.Listeners, next: found.NextMarker };
  });

const speaksTls = ({ Protocol }: Listener): boolean => Protocol === 'HTTPS' || Protocol === 'TLS';

const entryOf = async ({ ListenerArn: arn = '', Port = 443, Protocol }: Listener): Promise<InventoryEntry> => {
  const protocol: Endpoint['protocol'] = Protocol === 'HTTPS' ? 'https' : 'tls';
  const names = protocol === 'https' ? await hostsOf(arn) : [];
  return {
    id: `listener:${arn}`,
    source: 'listener',
    names,
    renewer: 'unknown',
    uses: (await certificatesOf(arn)).map(idOf),
    endpoints: endpointsFor(names, Port, protocol),
  };
};

/** The default one and those that are chosen by name. */
const certificatesOf = async (ListenerArn: string): Promise<string[]> => {
  const found = await allPages(dependency, async (Marker) => {
    const page = await loadBalancerClient().send(new DescribeListenerCertificatesCommand({ ListenerArn, Marker }));
    return { items: page.Certificates, next: page.NextMarker };
  });
  return [...new Set(found.flatMap(({ CertificateArn }) => CertificateArn ?? []))];
};

/** IAM keeps some old ones; no source of ours knows them, so they are missed. */
const idOf = (arn: string): string => (/:acm:/.test(arn) ? acmIdOf(arn) : `iam:${arn}`);

/** A listener does not say for which names it is meant, but its rules do. */
const hostsOf = async (ListenerArn: string): Promise<string[]> => {
  const rules = await allPages(dependency, async (Marker) => {
    const page = await loadBalancerClient().send(new DescribeRulesCommand({ ListenerArn, Marker }));
    return { items: page.Rules, next: page.NextMarker };
  });
  const conditions = rules.flatMap(({ Conditions = [] }) => Conditions).filter(({ Field }) => Field === 'host-header');
  const hosts = conditions.flatMap(({ HostHeaderConfig, Values }) => HostHeaderConfig?.Values ?? Values ?? []);
  return [...new Set(hosts.map((host) => host.toLowerCase()))];
};
