#!/usr/bin/env node
// Writes a synthetic company as a policyc project, and the same grants as JSON for the peers. The same arguments give the same bytes.
//
//   node bench/generate.mjs FOLDER [--scale 16] [--seed 1] [--clusters N] [--groups N] [--rules N]
//
// Scale 16 is a large company: 200 clusters, 2,000 groups, 20,000 rules, more than 100,000 bindings. Sizes go with the scale, so that the
// time for 1, 4 and 16 shows whether the work is linear. It can, because a rule reaches as many clusters and namespaces at every scale.
import { mkdirSync, writeFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    scale: { type: "string", default: "16" },
    seed: { type: "string", default: "1" },
    clusters: { type: "string" },
    groups: { type: "string" },
    rules: { type: "string" },
  },
});
if (positionals.length !== 1) {
  console.error("usage: generate.mjs FOLDER [--scale 16] [--seed 1] [--clusters N] [--groups N] [--rules N]");
  process.exit(2);
}

const folder = positionals[0];
const scale = Number(values.scale) / 16;
const regionSize = 5;
const regionCount = Math.max(2, Math.round(Number(values.clusters ?? 200 * scale) / regionSize));
const groupCount = Math.max(8, Math.round(Number(values.groups ?? 2000 * scale)));
const ruleCount = Math.max(16, Math.round(Number(values.rules ?? 20000 * scale)));
const environments = ["prod", "prod-b", "staging", "dev", "test"];
const teamCount = 20;
const namespacesPerTeam = 2;

const random = generator(Number(values.seed));
const pick = (list) => list[Math.floor(random() * list.length)];
const number = (n, digits) => String(n).padStart(digits, "0");

// mulberry32: small, fast, and the same on every machine.
function generator(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

const regions = Array.from({ length: regionCount }, (_, i) => {
  const name = `r${number(i + 1, 3)}`;
  return {
    name,
    // The first region is reached through Cloudflare as well, by few groups: an account holds 500 rules at most.
    hasCloudflare: i === 0,
    clusters: environments.map((environment, e) => ({ name: `${environment}-${name}`, environment, address: `10.${Math.floor(i / 250)}.${i % 250}.${10 + e}` })),
  };
});
const namespaces = Array.from({ length: teamCount * namespacesPerTeam }, (_, i) => ({ name: `app-${number(i + 1, 2)}`, team: `t${number((i % teamCount) + 1, 2)}` }));
const users = Array.from({ length: groupCount * 2 }, (_, i) => `u${number(i + 1, 5)}`);
const groups = Array.from({ length: groupCount }, (_, i) => ({ name: `team-${number(i + 1, 4)}`, okta: `Team ${number(i + 1, 4)}`, github: `acme/team-${number(i + 1, 4)}` }));
const roles = [
  { name: "view", components: ["view"], text: 'role view   = clusterrole "view"' },
  { name: "edit", components: ["edit"], text: 'role edit   = clusterrole "edit"' },
  { name: "oncall", components: ["policyc:oncall", "view"], text: "role oncall { include view  can exec pods  can [get, patch] [deployments.apps, deployments.apps/scale] }" },
  { name: "deploy", components: ["policyc:deploy"], text: "role deploy { can [read, write] [deployments.apps, services, configmaps] }" },
  { name: "debug", components: ["policyc:debug", "view"], text: "role debug  { include view  can [exec, port-forward] pods  can read pods/log }" },
];

const rules = Array.from({ length: ruleCount }, (_, i) => {
  const region = pick(regions);
  const rule = { group: groups[i % groupCount], role: pick(roles), fleet: null, clusters: null, namespaces: null, team: null, via: null, when: null };
  const kind = random();
  if (kind < 0.25) {
    const first = Math.floor(random() * environments.length);
    rule.clusters = [region.clusters[first].name, region.clusters[(first + 1) % environments.length].name];
    rule.namespaces = [pick(namespaces).name];
  } else if (kind < 0.45) {
    rule.fleet = region.name;
  } else if (kind < 0.8) {
    const first = Math.floor(random() * namespaces.length);
    rule.fleet = region.name;
    rule.namespaces = [namespaces[first].name, namespaces[(first + 7) % namespaces.length].name];
  } else {
    rule.fleet = region.name;
    rule.team = `t${number(1 + Math.floor(random() * teamCount), 2)}`;
  }

  const path = random();
  rule.via = path < 0.1 && region.hasCloudflare && i % groupCount < 80 ? "cloudflare" : path < 0.3 ? "teleport" : path < 0.4 ? "tailscale" : null;
  rule.when = rule.via === "tailscale" ? "managed" : null;
  return rule;
});

const fleetClusters = new Map(regions.map((r) => [r.name, r.clusters.map((c) => c.name)]));
const teamNamespaces = new Map();
for (const { name, team } of namespaces) {
  teamNamespaces.set(team, [...(teamNamespaces.get(team) ?? []), name]);
}

rmSync(folder, { recursive: true, force: true });
mkdirSync(join(folder, "inventory"), { recursive: true });
mkdirSync(join(folder, "teams"), { recursive: true });
const write = (name, lines) => writeFileSync(join(folder, name), lines.join("\n") + "\n");

write("policyc.yaml", [
  "language: 1",
  "paths:",
  "  tailscale: { kind: tailscale }",
  "  teleport: { kind: teleport }",
  "  cloudflare: { kind: cloudflare, people: okta }",
  "kubernetes:",
  '  version: "1.33"',
]);

write("inventory/clusters.yaml", regions.flatMap((region) => region.clusters.flatMap((cluster) => [
  `- name: ${cluster.name}`,
  `  labels: { env: ${cluster.environment}, region: ${region.name} }`,
  ...(region.hasCloudflare
    ? [`  cloudflare: { addresses: ["${cluster.address}"] }`, '  authentication: { oidc: { people: okta, groups_prefix: "oidc:" } }']
    : []),
])));

write("inventory/namespaces.yaml", namespaces.flatMap(({ name, team }) => [`- name: ${name}`, `  labels: { team: ${team} }`]));

write("main.policy", [
  'clusters   from "inventory/clusters.yaml"',
  'namespaces from "inventory/namespaces.yaml"',
  "default via tailscale, teleport",
  "",
  "cluster * {",
  '  tailscale { tag = "tag:k8s-{name}" }',
  '  teleport  { label = "policyc-cluster={name}" }',
  "}",
  "",
  ...regions.map((region) => `fleet ${region.name} = clusters where region = "${region.name}"`),
  "",
  "posture managed { tailscale = [\"node:tsReleaseTrack == 'stable'\"] }",
  "",
  ...roles.map((role) => role.text),
]);

write("people.policy", [
  ...users.map((user) => `user ${user} { email = "${user}@acme.example"  github = "${user}" }`),
  "",
  ...groups.map((group, i) => {
    const members = Array.from({ length: 2 + (i % 6) }, (_, m) => users[(i * 2 + m * 17) % users.length]);
    return `group ${group.name} { members = [${[...new Set(members)].join(", ")}]  okta = "${group.okta}"  github = "${group.github}" }`;
  }),
]);

// A file for every hundred groups, as teams would have them.
const files = new Map();
for (const [i, rule] of rules.entries()) {
  const file = `teams/part-${number(Math.floor((i % groupCount) / 100) + 1, 2)}.policy`;
  const where = rule.fleet ?? rule.clusters.join(", ");
  const scope = rule.namespaces ? `in ${rule.namespaces.join(", ")}` : rule.team ? `in namespaces where team = "${rule.team}"` : "cluster-wide";
  const clauses = `${rule.via ? `  via ${rule.via}` : ""}${rule.when ? `  when ${rule.when}` : ""}  because "T-${i + 1}"`;
  const lines = files.get(file) ?? [];
  lines.push(`allow ${rule.group.name} as ${rule.role.name} on ${where} ${scope}${clauses}`);
  files.set(file, lines);
}

for (const [file, lines] of files) {
  write(file, lines);
}

const grants = {
  fleets: Object.fromEntries(fleetClusters),
  teams: Object.fromEntries(teamNamespaces),
  roles: Object.fromEntries(roles.map((role) => [role.name, role.components])),
  rules: rules.map((rule) => ({
    group: rule.group.name,
    okta: rule.group.okta,
    role: rule.role.name,
    fleet: rule.fleet,
    clusters: rule.clusters,
    namespaces: rule.namespaces,
    team: rule.team,
    via: rule.via,
    when: rule.when,
  })),
};
writeFileSync(join(folder, "grants.json"), JSON.stringify(grants) + "\n");

const bindings = new Set();
for (const rule of rules) {
  const suffix = `${rule.via ? `:via-${rule.via}` : ""}${rule.when ? `:when-${rule.when}` : ""}`;
  for (const cluster of rule.clusters ?? fleetClusters.get(rule.fleet)) {
    for (const namespace of rule.namespaces ?? (rule.team ? teamNamespaces.get(rule.team) : [""])) {
      for (const component of rule.role.components) {
        bindings.add(`${cluster} ${namespace} ${rule.group.name}${suffix} ${component}`);
      }
    }
  }
}

console.log(`${regionCount * regionSize} clusters, ${groupCount} groups, ${users.length} users, ${ruleCount} rules, ${bindings.size} bindings`);
