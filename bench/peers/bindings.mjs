#!/usr/bin/env node
// The Kubernetes bindings alone, as a script of one's own would write them: no checks, no proof, no other target.
//
//   node bench/peers/bindings.mjs GRANTS.json OUTPUT-FOLDER
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const [input, output] = process.argv.slice(2);
const { fleets, teams, roles, rules } = JSON.parse(readFileSync(input, "utf8"));
const clusters = new Map();
for (const rule of rules) {
  const suffix = `${rule.via ? `:via-${rule.via}` : ""}${rule.when ? `:when-${rule.when}` : ""}`;
  const namespaces = rule.namespaces ?? (rule.team ? teams[rule.team] : [""]);
  for (const cluster of rule.clusters ?? fleets[rule.fleet]) {
    const group = rule.via === "cloudflare" ? `oidc:${rule.okta}` : `policyc:${cluster}:${rule.group}${suffix}`;
    for (const namespace of namespaces) {
      for (const role of roles[rule.role]) {
        const bindings = clusters.get(cluster) ?? new Map();
        clusters.set(cluster, bindings.set(`${namespace}\n${group}\n${role}`, { namespace, group, role }));
      }
    }
  }
}

mkdirSync(output, { recursive: true });
let count = 0;
for (const [cluster, bindings] of [...clusters].sort(([a], [b]) => (a < b ? -1 : 1))) {
  const text = [...bindings.keys()].sort().map((key) => {
    const { namespace, group, role } = bindings.get(key);
    count++;
    return `apiVersion: "rbac.authorization.k8s.io/v1"
kind: "${namespace ? "RoleBinding" : "ClusterRoleBinding"}"
metadata:
  name: "${group}:as:${role}"
${namespace ? `  namespace: "${namespace}"\n` : ""}roleRef:
  apiGroup: "rbac.authorization.k8s.io"
  kind: "ClusterRole"
  name: "${role}"
subjects:
  - apiGroup: "rbac.authorization.k8s.io"
    kind: "Group"
    name: "${group}"
`;
  });
  writeFileSync(join(output, `${cluster}.yaml`), text.join("---\n"));
}

console.error(`${count} bindings`);
