/** What the check is made of: published packages only, each at one version and with the hash that it must have. */

export type GoSource = {
  module: string;
  version: string;
  /** As in go.sum. */
  sum: string;
  /** Files in the module, or folders of them, that hold the definitions of custom resources. */
  definitions: readonly string[];
};

/** Apache-2.0, all of them. */
export const goSources: readonly GoSource[] = [
  {
    module: 'github.com/cert-manager/cert-manager',
    version: 'v1.19.2',
    sum: 'h1:jSprN1h5pgNDSl7HClAmIzXuTxic/5FXJ32kbQHqjlM=',
    definitions: ['deploy/crds'],
  },
  {
    module: 'github.com/external-secrets/external-secrets',
    version: 'v1.3.2',
    sum: 'h1:u2J8RjlHIeF0oZCqtl92adI/uZWUwOesJIDkfql6LqQ=',
    definitions: [
      'config/crds/bases/external-secrets.io_externalsecrets.yaml',
      'config/crds/bases/external-secrets.io_secretstores.yaml',
    ],
  },
  {
    module: 'k8s.io/autoscaler/vertical-pod-autoscaler',
    version: 'v1.5.1',
    sum: 'h1:LlVtM3IKqIVHz1ZXC3ahe/mAtDWb7Eob0tyTzqFULqg=',
    definitions: ['deploy/vpa-v1-crd-gen.yaml'],
  },
  {
    module: 'github.com/prometheus-operator/prometheus-operator',
    version: 'v0.85.0',
    sum: 'h1:M5xLCLEoaW2IJfnuCwFzzpL+jSVQu3KGT84Pye+fW8s=',
    definitions: ['example/prometheus-operator-crd'],
  },
];

/**
 * The AWS load balancer controller's definitions. Its Go module is not served in the versions that have them; this
 * construct library (Apache-2.0) carries those of v2.2, a subset of what every later version takes.
 */
export const loadBalancerSource = {
  package: 'cdk8s-aws-load-balancer-controller',
  version: '2.3.6',
  sha256: '9e2c7fdb49d112eb43e11535ba0d80532eed428012137ba9874855c406a88608',
} as const;

export const kustomizeVersion = 'v5.7.1';
/** The API server is built from `apiserver/`, whose go.sum pins all of it. */
export const kubernetesVersion = '1.34.4';
/** From PyPI: an S3 that nobody here wrote, and the command line that the backup jobs use. */
export const awsTools = ['moto[server,s3]==5.2.5', 'awscli==1.46.2'] as const;
