// The reference of the forecast in Node, over the same days of history; browser.mjs lets Chromium run the same.
//
// node xtask/bench/forecast_peer.mjs --native native.json --rows 10000 --repeat 5 --json FILE
// `native.json` is what the native bench wrote: the items finished on each day, and the answers to compare with.
import { readFileSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { check, measure } from "./forecast_simulation.mjs";

const { values: options } = parseArgs({
  options: {
    native: { type: "string" },
    rows: { type: "string", default: "10000" },
    repeat: { type: "string", default: "5" },
    json: { type: "string" },
  },
});
const { forecast } = JSON.parse(readFileSync(options.native, "utf8")).find(({ rows }) => rows === Number(options.rows));
const repeat = Number(options.repeat);

const result = { few_ms: measure(forecast, 10_000, repeat), many_ms: measure(forecast, 1_000_000, repeat) };
check(forecast);
writeFileSync(options.json, JSON.stringify(result));
console.log(`plain JavaScript, forecast of ${forecast.remaining} items: 10,000 trials ${result.few_ms.toFixed(2)} ms, 1,000,000 trials ${result.many_ms.toFixed(1)} ms`);
