import { allContainers, failing, failingObjects, ofKind, servingContainers, title, workloads } from './reading.ts';
import type { Rule } from './rule.ts';

const probe = (field: string, name: string): Rule => ({
  name: `every container has a ${name} probe`,
  broken: (overlay) => failing(servingContainers(overlay), ({ container }) => container[field] !== undefined),
});

const amounts = ['cpu', 'memory'];

/** What each container and pod must say about itself. */
export const containerRules: readonly Rule[] = [
  probe('startupProbe', 'startup'),
  probe('livenessProbe', 'liveness'),
  probe('readinessProbe', 'readiness'),
  {
    name: 'every container states its requests and limits',
    broken: (overlay) =>
      failing(allContainers(overlay), ({ container: { resources } }) =>
        amounts.every((amount) => resources?.requests?.[amount] && resources?.limits?.[amount]),
      ),
  },
  {
    name: 'every root file system is read-only',
    broken: (overlay) =>
      failing(allContainers(overlay), ({ container }) => container.securityContext?.readOnlyRootFilesystem === true),
  },
  {
    name: 'every container drops all capabilities and gains none',
    broken: (overlay) =>
      failing(allContainers(overlay), ({ container: { securityContext: context } }) =>
        Boolean(
          context?.capabilities?.drop?.includes('ALL') &&
            !context.capabilities.add &&
            context.allowPrivilegeEscalation === false,
        ),
      ),
  },
  {
    name: 'every pod runs as a user who is not root, with the default seccomp profile',
    broken: (overlay) =>
      workloads(overlay)
        .filter(({ template: { spec } }) => {
          const { runAsNonRoot, runAsUser, seccompProfile } = spec.securityContext ?? {};
          return !(runAsNonRoot && runAsUser > 0 && seccompProfile?.type === 'RuntimeDefault');
        })
        .map(({ object }) => title(object)),
  },
  {
    name: 'no image is without a version',
    broken: (overlay) =>
      failing(
        allContainers(overlay),
        ({ container: { image } }) => image === undefined || /(@sha256:[0-9a-f]{64}|:[\w.-]*\d[\w.-]*)$/.test(image),
      ),
  },
  {
    name: 'a pod has a token of the cluster only when its account has a role',
    broken: (overlay) => {
      const bound = ofKind(overlay, 'RoleBinding', 'ClusterRoleBinding').flatMap(({ subjects }) =>
        (subjects ?? []).map(({ name }) => name),
      );
      return workloads(overlay)
        .filter(({ template: { spec } }) =>
          spec.automountServiceAccountToken === false ? false : !bound.includes(spec.serviceAccountName),
        )
        .map(({ object }) => title(object));
    },
  },
  {
    name: 'secrets come as files, never as variables',
    broken: (overlay) =>
      failing(allContainers(overlay), ({ container: { env = [], envFrom = [] } }) =>
        [...env.map(({ valueFrom }: { valueFrom?: object }) => valueFrom ?? {}), ...envFrom].every(
          (source) => !('secretKeyRef' in source || 'secretRef' in source),
        ),
      ),
  },
  {
    name: 'a job ends in time and does not run twice at once',
    broken: (overlay) =>
      failingObjects(ofKind(overlay, 'CronJob'), ({ spec }) =>
        Boolean(spec.concurrencyPolicy === 'Forbid' && spec.timeZone && spec.jobTemplate.spec.activeDeadlineSeconds),
      ),
  },
];
