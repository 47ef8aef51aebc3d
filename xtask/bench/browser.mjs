// The browser's part of `cargo xtask bench`: the built product and Papa Parse + plain JavaScript do the same job with the
// same file in the same Chromium, one after the other, several times.
//
// node xtask/bench/browser.mjs --address URL --files FOLDER --native native.json --rows 100000 --forecast-rows 10000 --repeat 5 --json FILE
// `native.json` is what the native bench wrote: the ids of the metrics, and the history and answers of the forecast.
import { readFileSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { parseArgs } from "node:util";
import { chromium } from "@playwright/test";

const { values: options } = parseArgs({
  options: {
    address: { type: "string" },
    files: { type: "string" },
    native: { type: "string" },
    rows: { type: "string", default: "100000" },
    "forecast-rows": { type: "string", default: "10000" },
    repeat: { type: "string", default: "5" },
    json: { type: "string" },
  },
});
const repeat = Number(options.repeat);
const here = new URL(".", import.meta.url);
const text = (path) => readFileSync(path, "utf8");
const MINUTES_3 = 180_000;

const median = (numbers) => {
  const known = numbers.filter((number) => Number.isFinite(number)).sort((a, b) => a - b);
  return known.length ? known[Math.floor(known.length / 2)] : null;
};

/** The mean of the middle half: the browser's clock steps by 0.1 ms, so that a median of short times is one of few values. */
const middleMean = (numbers) => {
  const sorted = [...numbers].sort((a, b) => a - b);
  const quarter = Math.floor(sorted.length / 4);
  const middle = sorted.slice(quarter, sorted.length - quarter);
  return middle.reduce((sum, number) => sum + number, 0) / middle.length;
};

/** The bare page of the peer; it loads nothing else. */
function servePeer() {
  const files = {
    "/": [new URL("peer.html", here), "text/html; charset=utf-8"],
    "/peer.js": [new URL("peer.js", here), "text/javascript; charset=utf-8"],
    "/forecast_simulation.mjs": [new URL("forecast_simulation.mjs", here), "text/javascript; charset=utf-8"],
    "/papaparse.js": ["node_modules/papaparse/papaparse.min.js", "text/javascript; charset=utf-8"],
    "/echarts.js": ["node_modules/echarts/dist/echarts.min.js", "text/javascript; charset=utf-8"],
  };
  const server = createServer((request, response) => {
    const [path, type] = files[request.url] ?? [];
    if (path === undefined) return response.writeHead(404).end();
    response.writeHead(200, { "content-type": type }).end(readFileSync(path));
  });
  return new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve({ server, address: `http://127.0.0.1:${server.address().port}/` })));
}

const native = JSON.parse(text(options.native));
const nativeOf = (rows) => native.find((file) => file.rows === Number(rows));

const checked = { numbers: 0 };
function equal(what, ours, truth) {
  checked.numbers += 1;
  if (!(Math.abs(ours - truth) < 1e-9)) throw new Error(`${what}: found ${ours}, the file holds ${truth}. A run with wrong numbers does not count.`);
}

function checkPeer({ answers }, truth) {
  equal("rows of the peer", answers.rows, truth.rows);
  equal("finished of the peer", answers.finished, truth.finished);
  for (const [week, count] of Object.entries(truth.weeks)) equal(`throughput of the peer, ${week}`, answers.weeks[week] ?? 0, count);
  for (const [name, { points }] of Object.entries(truth.sprints)) equal(`velocity of the peer, ${name}`, answers.sprints[name]?.points ?? 0, points);
  for (const [day, points] of Object.entries(answers.remaining)) equal(`burndown of the peer, ${day}`, points, truth.watched.remaining[day].points);
  for (const rank of ["p50", "p85"]) equal(`cycle time of the peer, ${rank}`, answers.cycle_time[rank], truth.cycle_time[rank]);
}

async function runPeer(browser, address, file, job, truth) {
  const context = await browser.newContext();
  try {
    const page = await context.newPage();
    await page.goto(address);
    await page.evaluate(([job, sprint]) => Object.assign(window, { job, watchedSprint: sprint, result: null }), [job, truth.watched.sprint]);
    await page.setInputFiles("input", file);
    const handle = await page.waitForFunction(() => window.result, null, { timeout: MINUTES_3 });
    const result = await handle.jsonValue();
    if (result.error) throw new Error(result.error);
    if (job === "peer") checkPeer(result, truth);
    return result;
  } finally {
    await context.close();
  }
}

async function openProduct(browser, mode) {
  const context = await browser.newContext({ serviceWorkers: "block", timezoneId: "Europe/Berlin", locale: "en-GB" });
  const probe = text(new URL("worker_probe.js", here)).replaceAll("MODE", JSON.stringify(mode));
  await context.addInitScript(text(new URL("page_probe.js", here)));
  await context.route(/worker_boot\.js/, async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: probe + (await response.text()) });
  });
  const page = await context.newPage();
  await page.goto(options.address);
  await page.waitForSelector("main[data-view]");
  await page.waitForTimeout(500); // the engine worker is up before the file comes, as for a person
  return { context, page };
}

const probeOf = (page) => page.evaluate(() => ({ ...window.probe }));

async function importFile(page, file) {
  await page.setInputFiles('input[type="file"]', file);
  await page.waitForFunction(() => Number.isFinite(window.probe.chart) && window.probe.chart !== null, null, { timeout: MINUTES_3 });
  const { drop, chart, reports, longest_task_ms, longest_gap_ms } = await probeOf(page);
  return { drop_to_chart_ms: chart - drop, longest_task_ms, longest_gap_ms, ...reports.at(-1) };
}

/** The numbers of a chart's table: first column -> the column of this name. */
async function table(page, fragment, chart, column) {
  await page.evaluate((fragment) => (location.hash = fragment), fragment);
  const figure = page.locator(`figure[data-chart="${chart}"][data-status="ok"]`);
  await figure.waitFor({ timeout: MINUTES_3 });
  await figure.locator("table.numbers").waitFor({ state: "attached" });
  return figure.evaluate((figure, column) => {
    const heads = [...figure.querySelectorAll("table.numbers thead th")].map((head) => head.textContent);
    const place = heads.findIndex((head) => head.startsWith(column)) - 1;
    const rows = [...figure.querySelectorAll("table.numbers tbody tr")];
    return rows.map((row) => [row.querySelector("th").textContent, row.querySelectorAll("td")[place]?.dataset.value]);
  }, column);
}

async function checkProduct(page, truth) {
  const compare = (what, rows, known) => {
    if (rows.length === 0) throw new Error(`${what}: the table is empty`);
    for (const [name, value] of rows) if (value !== undefined) equal(`${what}, ${name}`, Number(value), known(name));
  };
  const weeks = await table(page, "#view=throughput&g=week&unit=items", "throughput", "Finished");
  compare("throughput", weeks, (week) => truth.weeks[week] ?? 0);
  const sprints = await table(page, "#view=velocity&unit=points", "velocity", "Completed");
  compare("velocity", sprints, (name) => truth.sprints[name]?.points ?? 0);
  const sprint = encodeURIComponent(truth.watched.sprint);
  const days = await table(page, `#view=sprint&unit=points&iteration=${sprint}`, "burndown", "Remaining");
  compare("burndown", days.slice(1), (day) => truth.watched.remaining[day].points);
}

const FILTERS = ["f.type=Bug", "f.type=Story", "f.priority=High", "f.type=Task", "f.priority=Low", "f.type=Bug"];

/** What the page does after its numbers are there (charts, closed tables) ends well within this. A person looks longer. */
const SETTLED_MS = 400;

/** A filter change in a settled view: until it has all its numbers, and the engine's part of it, as the page sees it. */
async function filterChanges(page, view) {
  await page.evaluate((view) => (location.hash = `#view=${view}&unit=points`), view);
  await page.waitForSelector('figure[data-status="ok"]');
  const times = [];
  for (const filter of FILTERS) {
    await page.waitForTimeout(SETTLED_MS);
    times.push(await page.evaluate((fragment) => window.timeAddress(fragment), `#view=${view}&unit=points&${filter}`));
  }
  const counted = times.slice(1);
  return {
    filter_ms: median(counted.map(({ all_ms }) => all_ms)),
    filter_engine_ms: median(counted.map(({ engine_ms }) => engine_ms)),
  };
}

/** Goes to an address and answers the question for metrics that the page asks there. */
async function questionAt(page, fragment) {
  await page.evaluate((fragment) => window.timeAddress(fragment), fragment);
  return page.evaluate(() => window.lastQuestion());
}

/** Asks for these metrics under one question after the other. The first rounds let the browser compile and are not counted. */
async function ask(page, questions, ids, uncounted = 1) {
  const times = [];
  for (const question of [...Array(uncounted).fill(questions[0]), ...questions]) {
    times.push(await page.evaluate(([question, ids]) => window.askMetrics(question, ids), [question, ids]));
  }
  const counted = times.slice(uncounted);
  const of = (name) => middleMean(counted.map((time) => time[name]));
  return { worker_ms: of("worker_ms"), round_trip_ms: of("round_trip_ms") };
}

const SPRINT_VIEW = ["burndown", "sprint-report", "scope-change"];

/** Every metric by itself, each time under another filter than before, and those of the sprint view together. */
async function eachMetric(page, rows) {
  const questions = [];
  for (const filter of FILTERS.slice(1)) questions.push(await questionAt(page, `#view=velocity&unit=points&${filter}`));
  const metrics = {};
  for (const id of nativeOf(rows).metrics) metrics[id] = (await ask(page, questions, [id])).worker_ms;
  return { metrics, sprint_engine_ms: (await ask(page, questions, SPRINT_VIEW)).worker_ms };
}

/** The forecast in the engine worker and, on a page of its own, in plain JavaScript over the same history. */
async function runForecast(browser, address) {
  const rows = options["forecast-rows"];
  const { forecast } = nativeOf(rows);
  const { context, page } = await openProduct(browser, "file");
  const result = {};
  try {
    await importFile(page, `${options.files}/jira-${rows}.csv`);
    // The address of the same question with so many trials; the page's own view asks it with its other metrics.
    const at = (trials) => `#view=forecast&remaining=${forecast.remaining}&history=${forecast.samples.length}&daysoff=count&trials=${trials}`;
    // Short questions are asked often: the browser compiles twice, and its better code is what a session of work runs on.
    for (const [name, trials, asks, uncounted] of [["few", 10_000, 60, 100], ["many", 1_000_000, Math.max(repeat, 5), 1]]) {
      await page.evaluate(() => window.watchGap());
      const view = await page.evaluate((fragment) => window.timeAddress(fragment), at(trials));
      const { longest_gap_ms, longest_task_ms } = await probeOf(page);
      const question = await page.evaluate(() => window.lastQuestion());
      const times = await ask(page, Array(asks).fill(question), ["forecast-when"], uncounted);
      Object.assign(result, {
        [`${name}_ms`]: times.worker_ms,
        [`${name}_round_trip_ms`]: times.round_trip_ms,
        [`${name}_view_ms`]: view.all_ms,
        [`${name}_view_page_ms`]: Math.max(longest_gap_ms, longest_task_ms),
      });
    }
  } finally {
    await context.close();
  }
  const peer = await browser.newPage();
  try {
    await peer.goto(address);
    result.peer = await peer.evaluate(async ([forecast, repeat]) => {
      const { check, measure } = await import("/forecast_simulation.mjs");
      check(forecast);
      return { few_ms: measure(forecast, 10_000, 60, 100), many_ms: measure(forecast, 1_000_000, repeat) };
    }, [forecast, repeat]);
  } finally {
    await peer.close();
  }
  return result;
}

/** Bytes that the browser keeps: columns, and the compressed original. */
const storedBytes = (page) =>
  page.evaluate(async () => {
    const database = await new Promise((resolve, reject) => {
      const request = indexedDB.open("throughline");
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
    const sizes = {};
    for (const store of ["layers", "originals"]) {
      const all = await new Promise((resolve, reject) => {
        const request = database.transaction(store).objectStore(store).getAll();
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
      sizes[store] = all.reduce((sum, value) => sum + (value.byteLength ?? value.size ?? 0), 0);
    }
    database.close();
    return sizes;
  });

const prefixed = (prefix, numbers) => Object.fromEntries(Object.entries(numbers).map(([name, number]) => [`${prefix}_${name}`, number]));

async function runProduct(browser, file, truth) {
  const { context, page } = await openProduct(browser, "file");
  try {
    const result = await importFile(page, file);
    await page.waitForFunction(() => document.querySelector("[data-saved]")?.textContent.startsWith("Saved"), null, { timeout: MINUTES_3 });
    result.saved_ms = await page.evaluate(() => performance.now() - window.probe.drop);
    await checkProduct(page, truth);
    Object.assign(result, await filterChanges(page, "velocity"), prefixed("sprint", await filterChanges(page, "sprint")));
    const { metrics, sprint_engine_ms } = await eachMetric(page, truth.rows);
    Object.assign(result, prefixed("metric", metrics), { sprint_engine_ms });
    const stored = await storedBytes(page);
    Object.assign(result, { stored_bytes: stored.layers, original_bytes: stored.originals });

    await page.evaluate(() => (location.hash = "#view=throughput"));
    await page.reload();
    await page.waitForFunction(() => Number.isFinite(window.probe.chart) && window.probe.chart !== null, null, { timeout: MINUTES_3 });
    const { ready, chart, workers } = await probeOf(page);
    if (workers.some(({ name }) => name === "throughline-import")) throw new Error("the stored workspace was parsed again");
    result.reopen_ms = ready - workers[0].at;
    result.reopen_to_chart_ms = chart;
    const weeks = await table(page, "#view=throughput&g=week&unit=items", "throughput", "Finished");
    for (const [week, value] of weeks) equal(`throughput after reopening, ${week}`, Number(value), truth.weeks[week] ?? 0);
    return result;
  } finally {
    await context.close();
  }
}

async function runFromMemory(browser, file) {
  const { context, page } = await openProduct(browser, "memory");
  try {
    return (await importFile(page, file)).import_ms;
  } finally {
    await context.close();
  }
}

const medians = (runs) =>
  Object.fromEntries(Object.keys(runs[0]).filter((key) => typeof runs[0][key] === "number").map((key) => [key, median(runs.map((run) => run[key]))]));

const executablePath = process.env.CHROMIUM;
const browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking"] });
const { server, address } = await servePeer();
const results = [];
const forecasts = [];
try {
  for (const rows of options.rows.split(",").map(Number)) {
    const file = `${options.files}/jira-${rows}.csv`;
    const truth = JSON.parse(text(`${options.files}/jira-${rows}.truth.json`));
    const runs = { floor: [], product: [], memory: [], peer: [] };
    // The first round warms the machine's file cache and is not counted.
    for (let round = 0; round <= repeat; round++) {
      const one = {
        floor: await runPeer(browser, address, file, "floor", truth),
        product: await runProduct(browser, file, truth),
        memory: { import_from_memory_ms: await runFromMemory(browser, file) },
        peer: await runPeer(browser, address, file, "peer", truth),
      };
      const { product, peer } = one;
      console.log(`${rows} rows, round ${round}${round ? "" : " (not counted)"}: drop to chart ${product.drop_to_chart_ms.toFixed(0)} ms, Papa Parse + JS ${peer.drop_to_chart_ms.toFixed(0)} ms`);
      if (round > 0) forecasts.push(await runForecast(browser, address));
      if (round > 0) for (const [name, result] of Object.entries(one)) runs[name].push(result);
    }
    results.push({
      rows,
      file_bytes: statSync(file).size,
      checked_numbers: checked.numbers,
      floor: medians(runs.floor),
      product: { ...medians(runs.product), ...medians(runs.memory) },
      peer: medians(runs.peer),
    });
  }
} finally {
  await browser.close();
  server.close();
}
const forecast = { rows: Number(options["forecast-rows"]), ...medians(forecasts), peer: medians(forecasts.map(({ peer }) => peer)) };
const report = { browser: browser.version(), repeat, results, forecast };
writeFileSync(options.json, JSON.stringify(report, null, 2));

for (const { rows, product } of results) {
  const { ms } = nativeOf(rows);
  const line = (name, wasm, native, view) => console.log(`${name.padEnd(34)}${[wasm, native, view].map((ms) => (Number.isFinite(ms) ? ms.toFixed(2) : "-").padStart(12)).join("")}`);
  console.log(`\n${`${rows} rows, ms a filter change`.padEnd(34)}${["WebAssembly", "native", "on screen"].map((head) => head.padStart(12)).join("")}`);
  for (const id of nativeOf(rows).metrics) line(id, product[`metric_${id}`], ms[id]);
  line("sprint view, its three at once", product.sprint_engine_ms, null, product.sprint_filter_ms);
  line("velocity view", null, null, product.filter_ms);
}
const { peer } = forecast;
const of = nativeOf(forecast.rows).ms;
console.log(`\nforecast of 200 items, 10,000 trials: WebAssembly ${forecast.few_ms.toFixed(2)} ms, native ${of["forecast-200-10k"].toFixed(2)} ms, plain JavaScript ${peer.few_ms.toFixed(2)} ms`);
console.log(`1,000,000 trials: WebAssembly ${forecast.many_ms.toFixed(1)} ms, native ${of["forecast-200-1m"].toFixed(1)} ms, plain JavaScript ${peer.many_ms.toFixed(1)} ms; the page's longest gap ${forecast.many_view_page_ms.toFixed(0)} ms of the view's ${forecast.many_view_ms.toFixed(0)} ms`);
