/**
 * `npm run test:kubernetes`: the contract suites of the adapters of the cluster against a real kube-apiserver, with tokens checked
 * by a webhook and permissions by RBAC, as on EKS. Needs the paths of two programs, KUBE_APISERVER and ETCD, and `go`, which
 * fetches the definitions of cert-manager.
 */
import { accessSync, constants } from 'node:fs';
import { runJest } from './run-jest.ts';

const problems = ['KUBE_APISERVER', 'ETCD'].flatMap((name) => {
  try {
    accessSync(process.env[name] ?? '', constants.X_OK);
    return [];
  } catch {
    return [`${name}: expected the path of an executable, got ${process.env[name] ?? 'nothing'}`];
  }
});

if (problems.length > 0) {
  console.error(`test:kubernetes: ${problems.join('; ')}`);
  process.exitCode = 1;
} else {
  process.exitCode = await runJest('**/test/kubernetes/*.k8s.ts', {});
}
