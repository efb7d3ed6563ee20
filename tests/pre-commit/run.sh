#!/usr/bin/env bash
# Runs the hooks of .pre-commit-hooks.yaml with the real pre-commit in real git repositories. Needs git, pre-commit and a policyc on PATH.
#
#   PATH="artifacts:$PATH" bash tests/pre-commit/run.sh
set -euo pipefail

root=$(cd "$(dirname "$0")/../.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export PRE_COMMIT_HOME=$work/home GIT_CONFIG_GLOBAL=$work/gitconfig GIT_AUTHOR_DATE="2026-11-23T12:00:00Z" GIT_COMMITTER_DATE="2026-11-23T12:00:00Z"
export PRE_COMMIT_COLOR=never NO_COLOR=1 HOME=$work
git config --file "$GIT_CONFIG_GLOBAL" user.name tester
git config --file "$GIT_CONFIG_GLOBAL" user.email tester@example.com
git config --file "$GIT_CONFIG_GLOBAL" init.defaultBranch main
git config --file "$GIT_CONFIG_GLOBAL" protocol.file.allow always
failures=0

expect() { # expect STATUS TEXT COMMAND...: what was said, and how it ended
  local status=$1 text=$2 out rc=0
  shift 2
  out=$("$@" 2>&1) || rc=$?
  printf '$ %s\n%s\n[exit status %d]\n\n' "$*" "$out" "$rc"
  if [ "$rc" != "$status" ] || { [ -n "$text" ] && ! grep -qF -- "$text" <<<"$out"; }; then
    printf 'FAILED: expected status %s and: %s\n\n' "$status" "$text"
    failures=$((failures + 1))
  fi
}

never() { # never TEXT COMMAND...: what must not be said
  local text=$1 out
  shift
  out=$("$@" 2>&1) || true
  if grep -qF -- "$text" <<<"$out"; then
    printf 'FAILED: %s said: %s\n\n' "$*" "$text"
    failures=$((failures + 1))
  fi
}

# The hooks come from a repository of their own, as users have them.
hooks=$work/hooks
mkdir "$hooks"
cp "$root/.pre-commit-hooks.yaml" "$hooks/"
git -C "$hooks" init -q
git -C "$hooks" add -A
git -C "$hooks" commit -qm hooks
rev=$(git -C "$hooks" rev-parse HEAD)

repository=$work/repository
mkdir -p "$repository/access/teams" "$repository/k8s"
cd "$repository"
git init -q
cat >.pre-commit-config.yaml <<YAML
repos:
- repo: $hooks
  rev: $rev
  hooks:
  - id: policyc-fmt
  - id: policyc-lint-artefacts
  - id: policyc-build-check
    args: [access]
    files: ^access/
YAML
cat >access/policyc.yaml <<'YAML'
language: 1
YAML
cat >access/company.policy <<'POLICY'
default via tailscale

cluster prod { tailscale { tag = "tag:k8s-prod" } }
group sre { members = [alice@acme.com, bob@acme.com] }
role view = clusterrole "view"
POLICY
cat >access/teams/sre.policy <<'POLICY'
allow sre as view on prod cluster-wide
POLICY
policyc build access --quiet
git add -A
expect 0 "" pre-commit install
expect 0 "policyc build --check....................................................Passed" git commit -m "A policy and its outputs"

# A layout that is not the one: fmt mends the file and stops the commit, so that it can be looked at.
printf 'allow   sre as view   on prod cluster-wide\n' >access/teams/sre.policy
git add -A
expect 1 "files were modified by this hook" git commit -m "Spaces"
git add -A
expect 1 "nothing to commit" git commit -m "Spaces"

# Only what is staged counts: a mistake that is not staged stops nothing.
printf 'allow sre as view on prod cluster-wide\n# on call\n' >access/teams/sre.policy
git add -A
printf 'allow nobody as view on prod cluster-wide\n' >access/teams/sre.policy
expect 0 "" git commit -m "A comment"
expect 0 "allow nobody" cat access/teams/sre.policy
git checkout -q access/teams/sre.policy

# A finding in a file that is staged stops the commit and names the place; files that are not staged are not looked at.
cat >k8s/admins.yaml <<'YAML'
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: {name: admins}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: view}
subjects: [{apiGroup: rbac.authorization.k8s.io, kind: Group, name: "system:masters"}]
YAML
cp k8s/admins.yaml k8s/others.yaml
git add k8s/admins.yaml
expect 1 "k8s/admins.yaml:5:69" git commit -m "Admins"
never "k8s/others.yaml" git commit -m "Admins"
git reset -q
rm k8s/*.yaml

# Outputs that are not those of the policy.
printf 'allow sre as view on prod in web\n' >access/teams/sre.policy
git add -A
expect 1 "stale-output" git commit -m "Narrower"
policyc build access --quiet
git add -A
expect 0 "" git commit -m "Narrower"

# From a folder inside the repository, and with a file that has a new name.
cd access/teams
git mv sre.policy "site reliability.policy"
expect 0 "policyc lint (YAML, JSON and Terraform too)..............................Passed" git commit -m "A new name"
printf 'allow sre as views on prod in web\n' >"site reliability.policy"
git add -A
expect 1 'did you mean `view`?' git commit -m "A typo"
cd "$repository"
git reset -q --hard

# All files, as CI runs it.
expect 0 "" pre-commit run --all-files

if [ "$failures" != 0 ]; then
  echo "$failures expectations of the hooks failed"
  exit 1
fi

echo "the hooks do what they should"
