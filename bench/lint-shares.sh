#!/usr/bin/env bash
# Prints what share of the processor time of `policyc lint` goes into reading and what into the rules, and the ratio of the two, over several runs. Reading is the text of
# policies, and of other systems' files the text and what it says (roles, bindings, grants): rules see nothing else of them.
#
#   bench/lint-shares.sh [FOLDER]          lints FOLDER, or without it the company of 5,000 rules
#   POLICYC=path RUNS=n bench/lint-shares.sh
#
# It needs perf, and a native binary with its symbols beside it:
#   dotnet publish src/PolicyLang.Cli -c Release -r linux-x64 -o artifacts/native
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
policyc=${POLICYC:-$root/artifacts/native/policyc}
runs=${RUNS:-10}
cache=$root/bench/.cache
folder=${1:-$cache/lint-company}

if [[ $# -eq 0 && ! -d $folder ]]; then
  node "$root/bench/generate.mjs" "$folder" --scale 4
fi

data=$(mktemp)
trap 'rm -f "$data"' EXIT

for ((run = 0; run < runs; run++)); do
  perf record --quiet --output "$data" -g --freq 4000 "$policyc" lint "$folder" --format concise --fail-on never > "$cache/log" 2>&1
  perf script --input "$data" --fields ip,sym 2> "$cache/log"
  # The end of a run: stacks are told apart by empty lines.
  printf '\nend-of-run\n\n'
done | awk '
  BEGIN { RS = "" }
  /end-of-run/ {
    if (reading == 0 || rules == 0) { print "no samples of reading or of rules: are the symbols of the binary beside it?" > "/dev/stderr"; exit 1 }
    printf "run %2d: reading %4.1f %%, rules %4.1f %% of %d samples\n", ++run, 100 * reading / all, 100 * rules / all, all
    total += all; totalReading += reading; totalRules += rules; all = reading = rules = 0
    next
  }
  { all++ }
  /PolicyLang_Syntax_SyntaxTree__Parse_|ArtefactFile__Read|PolicyLang_Linting_Artefacts_[A-Za-z]+_[A-Za-z]+__Read/ { reading++; next }
  /PolicyLang_Linting_(Rules_|Policies_|Linter__Check)/ { rules++ }
  END { if (run) printf "all runs: reading %.1f %%, rules %.1f %%, rules to reading %.2f\n", 100 * totalReading / total, 100 * totalRules / total, totalRules / totalReading }'
