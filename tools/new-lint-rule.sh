#!/usr/bin/env bash
# Begins a lint rule: its file, its cases and its place in the registry.
#
#   tools/new-lint-rule.sh SYSTEM ID
#
# SYSTEM is policy, kubernetes, tailscale, teleport, cloudflare or clouds; ID is the name of the rule in kebab-case. It names what is bad.
set -euo pipefail

root=$(cd "$(dirname "$0")/.." && pwd)
system=${1:-}
id=${2:-}
if [[ ! $id =~ ^[a-z][a-z0-9]*(-[a-z0-9]+)*$ ]]; then
  echo "usage: tools/new-lint-rule.sh SYSTEM ID, such as: tools/new-lint-rule.sh kubernetes kubernetes-idle-binding" >&2
  exit 2
fi

case $system in
  policy)     folder=Policies   name=Policy     base=PolicyRule   file=access.policy view='LintedPolicy policy'        using=PolicyLang.Linting.Policies ;;
  kubernetes) folder=Kubernetes name=Kubernetes base=ArtefactRule file=rbac.yaml     view='LintedArtefacts artefacts'  using=PolicyLang.Linting.Artefacts ;;
  tailscale)  folder=Tailscale  name=Tailscale  base=ArtefactRule file=policy.hujson view='LintedArtefacts artefacts'  using=PolicyLang.Linting.Artefacts ;;
  teleport)   folder=Teleport   name=Teleport   base=ArtefactRule file=roles.yaml    view='LintedArtefacts artefacts'  using=PolicyLang.Linting.Artefacts ;;
  cloudflare) folder=Cloudflare name=Cloudflare base=ArtefactRule file=gateway.tf    view='LintedArtefacts artefacts'  using=PolicyLang.Linting.Artefacts ;;
  clouds)     folder=Clouds     name=Clouds     base=ArtefactRule file=main.tf       view='LintedArtefacts artefacts'  using=PolicyLang.Linting.Artefacts ;;
  *) echo "there is no system \`$system\`: write policy, kubernetes, tailscale, teleport, cloudflare or clouds" >&2; exit 2 ;;
esac

class=$(sed -E 's/(^|-)([a-z0-9])/\U\2/g' <<<"$id")
rule=$root/src/PolicyLang/Linting/Rules/$folder/$class.cs
cases=$root/tests/PolicyLang.Tests/Linting/Cases/$id.md
if [ -e "$rule" ] || [ -e "$cases" ]; then
  echo "there is a rule \`$id\` already" >&2
  exit 1
fi

language=${file##*.}
case $language in hujson) language=json ;; tf) language=hcl ;; policy) language=text ;; esac
quotes='"""'
cat >"$rule" <<CS
using $using;

namespace PolicyLang.Linting.Rules.$folder;

internal sealed class $class : $base
{
    public override RuleDescription Description { get; } = new("$id", RuleSystem.$name, RuleCategory.Correctness, LintLevel.Warning)
    {
        Lifecycle = RuleLifecycle.Preview,
        What = "what it finds, in one sentence",
        Why = "Why that matters, in full sentences.",
        Avoid = new("$file", $quotes
            a small file in which it finds one thing
            $quotes),
        Prefer = new("$file", $quotes
            the same file without it
            $quotes),
        References = [],
    };

    public override void Check($view, LintReport report)
    {
    }
}
CS
cat >"$cases" <<MD
# $id

## Finds what

\`\`\`$language $file => quiet
a file
\`\`\`

## Leaves alone what

\`\`\`$language $file => quiet
a file
\`\`\`
MD

# The registry holds one line a rule, in order; the test that holds it current would write the same.
registry=$root/src/PolicyLang/Linting/RuleRegistry.cs
{
  sed '/^        new Rules\./,$d' "$registry"
  { grep '^        new Rules\.' "$registry"; echo "        new Rules.$folder.$class(),"; } | LC_ALL=C sort
  printf '    ];\n}\n'
} >"$registry.new"
mv "$registry.new" "$registry"

echo "begun: ${rule#"$root"/}, ${cases#"$root"/}"
echo "next: fill in both, then POLICYC_UPDATE=1 dotnet test writes the places in the cases, docs/rules.md and the schema; read what it wrote"
