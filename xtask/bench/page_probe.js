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

const PlainWorker = window.Worker;
window.Worker = class extends PlainWorker {
  constructor(address, options) {
    super(address, options);
    const worker = { name: options?.name ?? "", at: performance.now(), asked: null, answer_ms: null };
    probe.workers.push(worker);
    this.note = worker;
    this.addEventListener("message", () => {
      if (worker.asked !== null) worker.answer_ms = performance.now() - worker.asked;
      worker.asked = null;
    });
  }
  postMessage(...words) {
    this.note.asked ??= performance.now();
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
