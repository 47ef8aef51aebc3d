// Starts the page: fetches and runs its WebAssembly, says what is going on meanwhile, and says in words why when it
// cannot. Trunk's own loader is an inline script, which the content security policy forbids. The crash screen is in
// crash.js, so that it is there even when this file fails.

const SLOW_AFTER_MS = 10_000;

const status = document.getElementById("boot-status");
const say = (text) => {
  if (status) status.textContent = text;
};

/** Resolves with the ECharts object once its script has run; src/web/echarts.rs waits for it before the first chart. */
window.echartsReady = new Promise((resolve, reject) => {
  const script = document.getElementById("echarts-script");
  if (window.echarts) resolve(window.echarts);
  script?.addEventListener("load", () => resolve(window.echarts));
  const failed = () => reject(new Error("The chart library could not be loaded. Reload the page to try again; the tables work without it."));
  if (script) script.addEventListener("error", failed);
  else failed();
});
// A page that shows no chart never looks at the promise; that is no error of its own.
window.echartsReady.catch(() => {});

/** Loads what makes pictures of charts and copies them (take_along.js), once somebody wants that. */
let takeAlong;
window.loadTakeAlong = () => {
  const name = document.querySelector('meta[name="throughline:take-along"]')?.content ?? "./take_along.js";
  takeAlong ??= import(new URL(name, document.baseURI).href);
  // A failed load may be tried again.
  takeAlong.catch(() => (takeAlong = undefined));
  return takeAlong;
};

/** The sentence and the next step for a failed start. */
function explain(error) {
  if (typeof WebAssembly !== "object") {
    return [
      "This browser does not allow WebAssembly, which Throughline computes with.",
      "It may be switched off by a security setting (Lockdown mode, an enterprise policy). Allow it for this page, or use another browser.",
    ];
  }
  if (error instanceof WebAssembly.CompileError) {
    return /unsafe-eval|content security policy/i.test(String(error.message))
      ? [
          "The host of this page forbids WebAssembly by its Content-Security-Policy header.",
          "Whoever runs the host must add 'wasm-unsafe-eval' to script-src.",
        ]
      : [
          "This browser is too old for Throughline.",
          "It needs Chrome or Edge 91, Firefox 89, Safari 16.4 or a later version.",
        ];
  }
  return [
    "A part of Throughline could not be loaded.",
    "Check the connection and reload the page. If it stays so, the files on the host are incomplete or the host changes them.",
  ];
}

function showStartFailure(error) {
  const [what, next] = explain(error);
  const card = document.createElement("main");
  card.className = "boot boot-failed";
  card.setAttribute("role", "alert");
  const line = (tag, text) => {
    const element = document.createElement(tag);
    element.textContent = text;
    card.append(element);
    return element;
  };
  line("h1", "Throughline could not start");
  line("p", what);
  line("p", next);
  line("p", `Details: ${error?.message ?? error}`).className = "boot-details";
  const reload = line("button", "Reload");
  reload.type = "button";
  reload.addEventListener("click", () => location.reload());
  document.body.replaceChildren(card);
}

/**
 * Runs the engine on the page, where the browser allows no workers (a sandboxed frame). It listens to `port`.
 * Called by src/web/worker/thread.rs; `version` is the query with the content hash that the program's files have.
 */
window.throughlineEngineOnPage = async (port, version) => {
  window.throughlineEnginePort = port;
  const { default: init } = await import(new URL(`engine_worker.js${version}`, document.baseURI).href);
  await init({ module_or_path: new URL(`engine_worker_bg.wasm${version}`, document.baseURI) });
};

/** What the site is set up with (`app.config.json`), read while the code loads. A site without it publishes nothing. */
async function readSite() {
  try {
    const answer = await fetch(new URL("app.config.json", document.baseURI), { cache: "no-cache", credentials: "same-origin" });
    const site = answer.ok ? await answer.json() : {};
    return site !== null && typeof site === "object" ? site : {};
  } catch {
    // Some hosts answer every address with a page of their own; then there is nothing to read.
    return {};
  }
}

// A page around this one may greet before the program listens: its first messages are kept (src/web/frame_messages.rs takes
// them). Whose they are and what they mean is judged there. A page in no frame listens to nobody.
if (window.parent !== window) {
  const MOST_EARLY = 20;
  window.throughlineEarlyMessages = [];
  window.addEventListener("message", function keep(event) {
    const kept = window.throughlineEarlyMessages;
    if (!kept) window.removeEventListener("message", keep);
    else if (event.source === window.parent && kept.length < MOST_EARLY) kept.push(event);
  });
}

async function start() {
  const names = document.querySelector('meta[name="throughline:app"]');
  if (!names) throw new Error("index.html does not name the page's code; build it with `cargo xtask dist`");
  const address = (name) => new URL(name, document.baseURI).href;
  const slow = setTimeout(() => say("Still loading. The connection seems slow…"), SLOW_AFTER_MS);
  try {
    const [{ default: init }, site] = await Promise.all([import(address(names.content)), readSite()]);
    window.throughlineSite = site;
    say("Starting…");
    // Runs `main` of src/bin/app.rs, which mounts the page.
    await init({ module_or_path: address(names.dataset.wasm) });
    document.getElementById("boot")?.remove();
  } finally {
    clearTimeout(slow);
  }
}

start().catch((error) => {
  console.error(error);
  // `unreachable` during the start is a panic of our own code: that is the crash screen's business.
  const isPanic = typeof WebAssembly === "object" && error instanceof WebAssembly.RuntimeError;
  if (isPanic) window.throughlineCrash({ message: error.message, location: "start" });
  else if (!window.__crash) showStartFailure(error);
});
