// What people would use instead to read Jira's JSON: read the file and JSON.parse it, in a process of its own.
//
// node xtask/bench/json_peer.mjs --file FILE --repeat 5 --json FILE
import { readFileSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";

const { values: options } = parseArgs({
  options: { file: { type: "string" }, repeat: { type: "string", default: "5" }, json: { type: "string" } },
});

const times = [];
let answers;
for (let run = 0; run <= Number(options.repeat); run += 1) {
  const bytes = readFileSync(options.file);
  const start = performance.now();
  const { issues } = JSON.parse(bytes.toString("utf8"));
  const took = performance.now() - start;
  if (run > 0) times.push(took); // the first is not counted
  answers = {
    issues: issues.length,
    changes: issues.reduce((sum, { changelog }) => sum + changelog.histories.length, 0),
  };
}
times.sort((a, b) => a - b);
const peak_bytes = process.resourceUsage().maxRSS * 1024;
writeFileSync(options.json, JSON.stringify({ parse_ms: times[Math.floor(times.length / 2)], peak_bytes, ...answers }));
