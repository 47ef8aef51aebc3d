// The reference of the forecast: the tightest loop that plain JavaScript allows, over the same days of history.
//
// node xtask/bench/forecast_peer.mjs --native native.json --rows 10000 --repeat 5 --json FILE
// `native.json` is what the native bench wrote: the items finished on each day, and the answers to compare with.
import { readFileSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";

const { values: options } = parseArgs({
  options: {
    native: { type: "string" },
    rows: { type: "string", default: "10000" },
    repeat: { type: "string", default: "5" },
    json: { type: "string" },
  },
});
const file = JSON.parse(readFileSync(options.native, "utf8")).find(({ rows }) => rows === Number(options.rows));
const { samples, remaining, p50, p85 } = file.forecast;
const history = Float64Array.from(samples);
/** Ten years: a trial that is not done by then is given up, as in the product. */
const LONGEST = 3653;

/** xorshift32: four operations a number, no object. */
function simulate(trials, seed) {
  const ends = new Uint32Array(LONGEST + 1);
  const length = history.length;
  const work = Number(remaining);
  let state = seed | 0 || 1;
  for (let trial = 0; trial < trials; trial++) {
    let left = work;
    let day = 0;
    while (left > 0 && day < LONGEST) {
      state ^= state << 13;
      state ^= state >>> 17;
      state ^= state << 5;
      left -= history[((state >>> 0) * length) / 4294967296 | 0];
      day++;
    }
    ends[day]++;
  }
  return ends;
}

function percentile(ends, trials, p) {
  const rank = Math.ceil((p / 100) * trials);
  let sum = 0;
  for (let day = 0; day < ends.length; day++) if ((sum += ends[day]) >= rank) return day;
}

function median(trials) {
  const times = [];
  // The first two rounds let the engine compile the loop and are not counted.
  for (let round = -2; round < Number(options.repeat); round++) {
    const begun = performance.now();
    const ends = simulate(trials, 12345 + round);
    for (const p of [50, 70, 85, 95]) percentile(ends, trials, p);
    if (round >= 0) times.push(performance.now() - begun);
  }
  return times.sort((a, b) => a - b)[Math.floor(times.length / 2)];
}

const result = { few_ms: median(10_000), many_ms: median(1_000_000) };
const ends = simulate(1_000_000, 7);
for (const [p, ours] of [[50, p50], [85, p85]]) {
  const theirs = percentile(ends, 1_000_000, p);
  // Other random numbers: neighbouring days are the same answer.
  if (Math.abs(theirs - ours) > 1) throw new Error(`p${p}: the peer needs ${theirs} days, the product ${ours}. A run with wrong numbers does not count.`);
}
writeFileSync(options.json, JSON.stringify(result));
console.log(`plain JavaScript, forecast of ${remaining} items: 10,000 trials ${result.few_ms.toFixed(2)} ms, 1,000,000 trials ${result.many_ms.toFixed(1)} ms`);
