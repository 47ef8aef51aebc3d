// The reference: what a competent developer without WebAssembly would write. Papa Parse reads the rows on the page, plain
// JavaScript makes typed columns and the same numbers by the same definitions, ECharts draws the first chart.
// `browser.mjs` sets `window.job` to "floor" (only read the bytes) or "peer" before it chooses the file.

const MONTHS = { Jan: 0, Feb: 1, Mar: 2, Apr: 3, May: 4, Jun: 5, Jul: 6, Aug: 7, Sep: 8, Oct: 9, Nov: 10, Dec: 11 };
const NOT_DELIVERED = new Set(["Won't Do", "Duplicate", "Cannot Reproduce"]);
const NO_DAY = -2147483648;

/** Days since 1970-01-01 of `02/Feb/26 4:58 PM`; the clock of the file, as the product reads it in its zone. */
const days = new Map();
function day(text) {
  if (text === "") return NO_DAY;
  const date = text.slice(0, 9);
  let known = days.get(date);
  if (known === undefined) {
    known = Date.UTC(2000 + Number(date.slice(7)), MONTHS[date.slice(3, 6)], Number(date.slice(0, 2))) / 86_400_000;
    days.set(date, known);
  }
  return known;
}

const iso = (dayNumber) => new Date(dayNumber * 86_400_000).toISOString().slice(0, 10);

/** Rows of text to typed columns. */
function columns(rows) {
  const header = rows[0];
  const at = (name) => header.indexOf(name);
  const sprintsAt = header.flatMap((name, place) => (name === "Sprint" ? [place] : []));
  const [category, resolution] = [at("Status Category"), at("Resolution")];
  const [created, started] = [at("Created"), at("Custom field (Start date)")];
  const [resolved, changed] = [at("Resolved"), at("Status Category Changed")];
  const points = at("Custom field (Story Points)");
  const count = rows.length - 1;
  const items = {
    count,
    created: new Int32Array(count),
    started: new Int32Array(count),
    finished: new Int32Array(count),
    isFinished: new Uint8Array(count),
    isDropped: new Uint8Array(count),
    points: new Float64Array(count),
    sprints: new Array(count),
    sprintNames: [],
  };
  const codes = new Map();
  for (let item = 0; item < count; item++) {
    const row = rows[item + 1];
    const closed = row[category] === "Done";
    const dropped = closed && NOT_DELIVERED.has(row[resolution]);
    items.created[item] = day(row[created]);
    items.started[item] = day(row[started]);
    items.isDropped[item] = dropped;
    items.isFinished[item] = closed && !dropped;
    items.finished[item] = closed && !dropped ? day(row[resolved] || row[changed]) : NO_DAY;
    items.points[item] = row[points] === "" ? NaN : Number(row[points]);
    const list = [];
    for (const place of sprintsAt) {
      const name = row[place];
      if (name === "") continue;
      let code = codes.get(name);
      if (code === undefined) codes.set(name, (code = items.sprintNames.push(name) - 1));
      list.push(code);
    }
    items.sprints[item] = list;
  }
  return items;
}

function throughput(items) {
  const weeks = {};
  const counts = new Map();
  for (let item = 0; item < items.count; item++) {
    const finished = items.finished[item];
    if (finished === NO_DAY) continue;
    const monday = finished - ((((finished + 3) % 7) + 7) % 7);
    counts.set(monday, (counts.get(monday) ?? 0) + 1);
  }
  for (const monday of [...counts.keys()].sort((a, b) => a - b)) weeks[iso(monday)] = counts.get(monday);
  return weeks;
}

/** First and last finish day of the items whose last sprint it is. */
function windows(items) {
  const list = items.sprintNames.map(() => null);
  for (let item = 0; item < items.count; item++) {
    const [finished, sprints] = [items.finished[item], items.sprints[item]];
    if (finished === NO_DAY || sprints.length === 0) continue;
    const last = sprints[sprints.length - 1];
    const span = list[last];
    if (span === null) list[last] = [finished, finished];
    else list[last] = [Math.min(span[0], finished), Math.max(span[1], finished)];
  }
  return list;
}

function velocity(items, spans) {
  const completed = {};
  for (let item = 0; item < items.count; item++) {
    const finished = items.finished[item];
    if (finished === NO_DAY) continue;
    const sprint = items.sprints[item].findLast((code) => spans[code] && spans[code][0] <= finished && finished <= spans[code][1]);
    if (sprint === undefined) continue;
    const sum = (completed[items.sprintNames[sprint]] ??= { items: 0, points: 0 });
    sum.items += 1;
    sum.points += items.points[item] || 0;
  }
  return completed;
}

function burndown(items, spans, name) {
  const sprint = items.sprintNames.indexOf(name);
  const [first, last] = spans[sprint];
  const remaining = new Float64Array(last - first + 1);
  for (let item = 0; item < items.count; item++) {
    if (!items.sprints[item].includes(sprint) || items.isDropped[item]) continue;
    const finished = items.finished[item];
    if (items.isFinished[item] && finished === NO_DAY) continue;
    for (let at = Math.max(first, items.created[item]); at <= last; at++) {
      if (finished === NO_DAY || finished > at) remaining[at - first] += items.points[item] || 0;
    }
  }
  return Object.fromEntries(Array.from(remaining, (value, place) => [iso(first + place), value]));
}

function cycleTime(items) {
  const times = [];
  for (let item = 0; item < items.count; item++) {
    const [started, finished] = [items.started[item], items.finished[item]];
    if (started !== NO_DAY && finished !== NO_DAY && finished >= started) times.push(finished - started + 1);
  }
  const sorted = Int32Array.from(times).sort();
  const rank = (percent) => sorted[Math.ceil((percent / 100) * sorted.length) - 1];
  return { p50: rank(50), p85: rank(85) };
}

const parse = (file) =>
  new Promise((resolve, reject) => Papa.parse(file, { skipEmptyLines: true, complete: ({ data }) => resolve(data), error: reject }));

const painted = () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));

async function peer(file, begun) {
  const rows = await parse(file);
  const items = columns(rows);
  const loaded = performance.now();
  const spans = windows(items);
  const answers = {
    rows: items.count,
    finished: items.isFinished.reduce((sum, one) => sum + one, 0),
    weeks: throughput(items),
    sprints: velocity(items, spans),
    remaining: burndown(items, spans, window.watchedSprint),
    cycle_time: cycleTime(items),
  };
  const computed = performance.now();
  const chart = echarts.init(document.getElementById("chart"));
  const weeks = Object.entries(answers.weeks);
  chart.setOption({
    animation: false,
    xAxis: { type: "category", data: weeks.map(([week]) => week) },
    yAxis: {},
    series: [{ type: "bar", data: weeks.map(([, count]) => count) }],
  });
  await painted();
  const drawn = performance.now();
  return { answers, load_ms: loaded - begun, metrics_ms: computed - loaded, drop_to_chart_ms: drawn - begun };
}

async function floor(file, begun) {
  const reader = file.stream().getReader();
  let bytes = 0;
  for (let part = await reader.read(); !part.done; part = await reader.read()) bytes += part.value.length;
  return { bytes, stream_floor_ms: performance.now() - begun };
}

let longest = 0;
new PerformanceObserver((list) => {
  for (const task of list.getEntries()) longest = Math.max(longest, task.duration);
}).observe({ type: "longtask" });

document.addEventListener("change", async ({ target }) => {
  const begun = performance.now();
  longest = 0;
  const run = window.job === "floor" ? floor : peer;
  try {
    const result = await run(target.files[0], begun);
    await new Promise((resolve) => setTimeout(resolve, 50)); // long tasks are told late
    window.result = { ...result, longest_task_ms: longest };
  } catch (error) {
    window.result = { error: String(error?.stack ?? error) };
  }
});
