import * as v from 'valibot';
import { RecordCorrupt } from '../../contracts/failures.ts';
import { problemsOf } from '../../runtime/problems.ts';

/* The few fields of Kubernetes objects that the cluster adapter reads. */

export const fenceAnnotation = 'evenkeel.dev/fencing-token';
export const digestAnnotation = 'evenkeel.dev/digest';
/** What `kubectl rollout restart` writes: its tools then say when and by what the pods were started anew. */
export const restartedAnnotation = 'kubectl.kubernetes.io/restartedAt';
/** On an autoscaler: the moment of the last scaling up. */
export const scaledAnnotation = 'evenkeel.dev/scaled-at';
export const revisionAnnotation = 'deployment.kubernetes.io/revision';
export const hashLabel = 'pod-template-hash';

const texts = v.optional(v.record(v.string(), v.string()), {});
const Meta = v.object({
  name: v.string(),
  uid: v.optional(v.string()),
  resourceVersion: v.string(),
  generation: v.optional(v.number(), 0),
  deletionTimestamp: v.optional(v.string()),
  annotations: texts,
  labels: texts,
});
const PodSpec = v.object({ containers: v.array(v.object({ name: v.string(), image: v.string() })) });

export const Fenced = v.object({
  metadata: v.object({
    resourceVersion: v.string(),
    annotations: v.optional(
      v.object({
        [fenceAnnotation]: v.optional(
          v.pipe(v.string(), v.digits('expected a fencing token'), v.transform(Number)),
          '0',
        ),
      }),
      {},
    ),
  }),
});

export const Deployment = v.object({
  metadata: Meta,
  spec: v.object({
    replicas: v.optional(v.number(), 1),
    selector: v.object({ matchLabels: v.record(v.string(), v.string()) }),
    template: v.object({ spec: PodSpec }),
  }),
  status: v.optional(v.object({ observedGeneration: v.optional(v.number(), 0) }), {}),
});
export type Deployment = v.InferOutput<typeof Deployment>;

export const Autoscaler = v.object({
  metadata: Meta,
  spec: v.object({ minReplicas: v.optional(v.number(), 1), maxReplicas: v.number() }),
});
export type Autoscaler = v.InferOutput<typeof Autoscaler>;

export const ReplicaSets = v.object({ items: v.array(v.object({ metadata: Meta })) });
export type ReplicaSets = v.InferOutput<typeof ReplicaSets>;

const ContainerStatus = v.object({
  restartCount: v.number(),
  state: v.optional(v.object({ waiting: v.optional(v.object({ reason: v.optional(v.string()) })) }), {}),
});
export const Pods = v.object({
  items: v.array(
    v.object({
      metadata: Meta,
      status: v.object({
        conditions: v.optional(v.array(v.object({ type: v.string(), status: v.string() })), []),
        containerStatuses: v.optional(v.array(ContainerStatus), []),
        initContainerStatuses: v.optional(v.array(ContainerStatus), []),
      }),
    }),
  ),
});
export type Pod = v.InferOutput<typeof Pods>['items'][number];

export const Page = v.object({
  metadata: v.object({ continue: v.optional(v.string()) }),
  items: v.array(v.unknown()),
});

/** Errors: `RecordCorrupt` with every field that is not as Kubernetes documents it. */
export const readObject = <S extends v.GenericSchema>(schema: S, path: string, body: unknown): v.InferOutput<S> => {
  const parsed = v.safeParse(schema, body);
  if (parsed.success) return parsed.output;
  const problems = problemsOf(parsed.issues);
  throw new RecordCorrupt(`Kubernetes: ${path}: ${problems.join('; ')}`, { path, problems });
};
