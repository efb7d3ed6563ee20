// node bench/median.mjs RUNS OUTPUT COMMAND...: the median of the seconds that a command takes, after one run to warm up, the output removed before
// each run. For machines without hyperfine.
import { spawnSync } from "node:child_process";
import { rmSync } from "node:fs";

const [runs, output, command, ...args] = process.argv.slice(2);
const times = [];
for (let run = 0; run <= Number(runs); run++) {
  rmSync(output, { recursive: true, force: true });
  const start = process.hrtime.bigint();
  const { status, error } = spawnSync(command, args, { stdio: "ignore" });
  const seconds = Number(process.hrtime.bigint() - start) / 1e9;
  if (status !== 0) {
    console.error(`${command} ended with ${error ?? status}`);
    process.exit(1);
  }

  if (run > 0) {
    times.push(seconds);
  }
}

times.sort((a, b) => a - b);
console.log(times[Math.floor(times.length / 2)]);
