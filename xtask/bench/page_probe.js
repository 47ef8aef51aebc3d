// Runs in the product's page before anything else: notes when a file is chosen, when the first chart is painted, how long
// the main thread was busy, and which workers were started.
window.probe = { longest_task_ms: 0, longest_gap_ms: 0, workers: [], chart: null, drop: null, ready: null };

new PerformanceObserver((list) => {
  for (const task of list.getEntries()) {
    if (probe.drop !== null && task.startTime + task.duration > probe.drop) {
      probe.longest_task_ms = Math.max(probe.longest_task_ms, task.duration);
    }
  }
}).observe({ type: "longtask" });

// Long tasks below 50 ms are not told, and long frames are none: the heartbeat sees both.
let beat = performance.now();
setInterval(() => {
  const now = performance.now();
  if (probe.drop !== null) probe.longest_gap_ms = Math.max(probe.longest_gap_ms, now - beat);
  beat = now;
}, 4);

// A question of the page for metrics is remembered, so that it can be asked again for other metrics: the message is an array
// that begins with postcard bytes: a call (1), its ticket, what is asked (two numbers), the ids of the metrics, the query.
let engine = null;
let question = null;
const TICKET = 4_000_000_000; // the page counts from 1
const words = new TextEncoder();

/** A number in postcard: seven bits a byte, the lowest first. */
const varint = (number) => (number < 128 ? [number] : [(number % 128) + 128, ...varint(Math.floor(number / 128))]);

function reader(bytes) {
  let at = 0;
  const number = () => {
    let [sum, worth] = [0, 1];
    for (;; worth *= 128) {
      const byte = bytes[at++];
      sum += (byte % 128) * worth;
      if (!(byte >= 128)) return sum;
    }
  };
  const string = () => {
    const length = number();
    at += length;
    return new TextDecoder().decode(bytes.subarray(at - length, at));
  };
  return { number, string, rest: () => [...bytes.subarray(at)] };
}

/** What a message asks metrics for: its kind, their ids and the query's bytes; `null` when it asks something else. */
function questionOf(bytes) {
  if (!(bytes instanceof Uint8Array) || bytes[0] !== 1) return null;
  const read = reader(bytes);
  read.number();
  read.number();
  const kind = [read.number(), read.number()];
  const count = read.number();
  if (!(count > 0 && count < 64)) return null;
  const ids = Array.from({ length: count }, read.string);
  return ids.every((id) => /^[a-z]+(-[a-z]+)*$/.test(id)) ? { kind, ids, query: read.rest() } : null;
}

/** The last question for metrics that the page asked; give it to `askMetrics` later. */
window.lastQuestion = () => question;

/** Asks the engine worker a remembered question for these metrics: its time for it, and the time until the answer is here. */
window.askMetrics = ({ kind, query }, ids) =>
  new Promise((resolve, reject) => {
    const strings = ids.flatMap((id) => [...varint(id.length), ...words.encode(id)]);
    const header = Uint8Array.from([1, ...varint(TICKET), ...kind, ...varint(ids.length), ...strings, ...query]);
    const patience = setTimeout(() => reject(new Error(`no answer for ${ids}`)), 60_000);
    const answer = ({ data }) => {
      const round_trip_ms = performance.now() - begun;
      const read = reader(data[0]);
      read.number();
      if (!(data[1] instanceof Uint8Array) || read.number() !== TICKET) return;
      clearTimeout(patience);
      engine.removeEventListener("message", answer);
      const found = reader(data[1]);
      const [failed, , count] = [found.number(), found.number(), found.number()];
      const first = found.string();
      if (failed !== 0 || count !== ids.length || first !== ids[0]) reject(new Error(`not the answer for ${ids}: ${first}`));
      else resolve({ worker_ms: data.at(-1), round_trip_ms });
    };
    engine.addEventListener("message", answer);
    const begun = performance.now();
    PlainWorker.prototype.postMessage.call(engine, [header, TICKET], [header.buffer]);
  });

/** The longest gap and task of the page are counted from now on. */
window.watchGap = () => {
  Object.assign(probe, { drop: performance.now(), longest_gap_ms: 0, longest_task_ms: 0 });
};

const PlainWorker = window.Worker;
window.Worker = class extends PlainWorker {
  constructor(address, options) {
    super(address, options);
    const worker = { name: options?.name ?? "", at: performance.now(), asked: null, answer_ms: null };
    probe.workers.push(worker);
    this.note = worker;
    if (worker.name === "throughline-engine") engine = this;
    this.addEventListener("message", () => {
      if (worker.asked !== null) worker.answer_ms = performance.now() - worker.asked;
      worker.asked = null;
    });
  }
  postMessage(...words) {
    this.note.asked ??= performance.now();
    if (this.note.name === "throughline-engine") question = questionOf(words[0]?.[0]) ?? question;
    return super.postMessage(...words);
  }
};

new BroadcastChannel("bench").addEventListener("message", ({ data }) => {
  (probe.reports ??= []).push(data);
});

document.addEventListener(
  "change",
  ({ target }) => {
    if (target.type === "file" && target.files.length > 0) Object.assign(probe, { drop: performance.now(), chart: null });
  },
  true,
);

const hasChart = () => document.querySelector('figure[data-chart][data-status="ok"] :is(canvas, svg)') !== null;
new MutationObserver(() => {
  if (probe.ready === null && document.querySelector("main[data-view]") !== null) probe.ready = performance.now();
  if (probe.chart === null && hasChart()) {
    probe.chart = NaN;
    requestAnimationFrame(() => setTimeout(() => (probe.chart = performance.now())));
  }
}).observe(document, { subtree: true, childList: true, attributes: true, attributeFilter: ["data-status", "data-view"] });

/** Changes the address as a filter does: how long the open view took to have all its numbers, and the engine's part of it. */
window.timeAddress = (fragment) =>
  new Promise((resolve, reject) => {
    const figures = () => [...document.querySelectorAll("figure[data-chart]")];
    const begun = performance.now();
    let wasLoading = false;
    const observer = new MutationObserver(() => {
      const states = figures().map((figure) => figure.dataset.status);
      wasLoading ||= states.includes("loading");
      if (wasLoading && states.length > 0 && !states.includes("loading")) {
        observer.disconnect();
        clearTimeout(patience);
        const engine = probe.workers.findLast(({ name }) => name === "throughline-engine");
        resolve({ all_ms: performance.now() - begun, engine_ms: engine.answer_ms });
      }
    });
    const patience = setTimeout(() => {
      observer.disconnect();
      reject(new Error(`no numbers for ${fragment}`));
    }, 20_000);
    observer.observe(document, { subtree: true, childList: true, attributes: true, attributeFilter: ["data-status"] });
    location.hash = fragment;
  });
