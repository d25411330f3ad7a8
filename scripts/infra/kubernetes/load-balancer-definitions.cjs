/*
 * Prints the custom resource definitions that a construct library of the AWS load balancer controller would apply, as JSON.
 * The library writes them as calls to cdk8s, which is not needed for that: it is given one that only takes notes.
 * Usage: node load-balancer-definitions.cjs FILE
 */
const { readFileSync } = require('node:fs');

const applied = [];
class Construct {}
class ApiObject {
  constructor(_scope, _id, object) {
    applied.push(object);
  }
}
class Anything {}
const cdk8s = new Proxy({}, { get: (_, name) => (name === 'ApiObject' ? ApiObject : Anything) });
const others = new Proxy({}, { get: (_, name) => (name === 'Construct' ? Construct : Anything) });

const exported = {};
const load = new Function('require', 'exports', 'module', readFileSync(process.argv[2], 'utf8'));
load((name) => (name === 'cdk8s' ? cdk8s : others), exported, { exports: exported });
try {
  new exported.AwsLoadBalancerController(null, 'definitions', { clusterName: 'any' });
} catch {
  // What comes after the definitions is the controller itself, and needs the real library.
}
process.stdout.write(JSON.stringify(applied.filter(({ kind }) => kind === 'CustomResourceDefinition')));
