import type { ApiServer } from '../../../test/kubernetes/api-server.ts';
import type { Anything, KubernetesObject, Overlay } from './manifests.ts';
import { isRestricted } from './rules/namespace.ts';
import { ofKind, operated, title, workloads } from './rules/reading.ts';

export type PodReport = {
  podsAccepted: number;
  podsRefused: string[];
  violationsRefused: number;
  violationsAdmitted: string[];
};

/** The quota's controller is not there: without a first count, nothing would be admitted at all. */
const countFrom0 = async ({ admin }: ApiServer, { metadata, spec }: KubernetesObject): Promise<void> => {
  const used = Object.fromEntries(Object.keys(spec.hard).map((resource) => [resource, '0']));
  const path = `/api/v1/namespaces/${metadata.namespace}/resourcequotas/${metadata.name}/status`;
  await admin('PATCH', path, { status: { hard: spec.hard, used } });
};

type Violation = { name: string; of(spec: Anything): Anything };
const first = (spec: Anything, change: object) => ({
  ...spec,
  containers: spec.containers.map((container: Anything, index: number) =>
    index === 0 ? { ...container, securityContext: { ...container.securityContext, ...change } } : container,
  ),
});

/** Each breaks one thing that `restricted` asks for. A pod of each must be turned away, or the check checks nothing. */
const violations: readonly Violation[] = [
  { name: 'as root', of: (spec) => first(spec, { runAsNonRoot: false }) },
  { name: 'privileged', of: (spec) => first(spec, { privileged: true, allowPrivilegeEscalation: true }) },
  { name: 'capabilities kept', of: (spec) => first(spec, { capabilities: {} }) },
  { name: 'no seccomp profile', of: (spec) => first(spec, { seccompProfile: { type: 'Unconfined' } }) },
  { name: 'network of the node', of: (spec) => ({ ...spec, hostNetwork: true }) },
  {
    name: 'folder of the node',
    of: (spec) => ({ ...spec, volumes: [...(spec.volumes ?? []), { name: 'node', hostPath: { path: '/' } }] }),
  },
];

/** Makes one real pod of each template, which passes all admission, and tries what must not pass. */
export const makePods = async (api: ApiServer, overlay: Overlay): Promise<PodReport> => {
  await Promise.all(ofKind(overlay, 'ResourceQuota').map((quota) => countFrom0(api, quota)));
  const report: PodReport = { podsAccepted: 0, podsRefused: [], violationsRefused: 0, violationsAdmitted: [] };
  for (const { object, template } of [...workloads(overlay), ...operated(overlay)]) {
    const refusal = await make(api, object, template, object.metadata.name, template.spec);
    if (refusal) report.podsRefused.push(`${title(object)}: ${refusal}`);
    else report.podsAccepted += 1;
    // A namespace that lets a pod read a folder of the node refuses none of these: there, rules must find them.
    const restricted = ofKind(overlay, 'Namespace').some(
      (one) => one.metadata.name === object.metadata.namespace && isRestricted(one),
    );
    for (const { name, of } of restricted ? violations : []) {
      const answer = await make(api, object, template, `violating-${object.metadata.name}`, of(template.spec));
      if (answer?.includes('violates PodSecurity')) report.violationsRefused += 1;
      else report.violationsAdmitted.push(`${title(object)}: ${name}: ${answer ?? 'made'}`);
    }
  }
  return report;
};

/** None when the pod was made, or the reason why not. */
const make = async (
  api: ApiServer,
  { metadata: { namespace } }: KubernetesObject,
  { metadata }: Anything,
  name: string,
  spec: Anything,
): Promise<string | undefined> => {
  const pod = { metadata: { name, labels: metadata.labels, annotations: metadata.annotations }, spec };
  const path = `/api/v1/namespaces/${namespace}/pods?fieldValidation=Strict`;
  const { status, body } = await api.ask({ method: 'POST', path, contentType: 'application/json', body: pod });
  return status < 300 ? undefined : `${status} ${(body as { message?: string }).message}`;
};
