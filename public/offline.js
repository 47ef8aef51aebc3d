// Registers sw.js, which lets the app open without a network, and tells the page when a newer release is there. Where any of it
// is not possible, nothing is said and nothing is missing but that.
"use strict";
(() => {
  const UPDATE_EVERY_MS = 3_600_000;
  const build = document.querySelector('meta[name="throughline:build"]')?.content;

  // A frame is a guest: it leaves nothing behind. Safe mode begins without whatever may be wrong.
  const isSafeMode = new URLSearchParams(location.search).get("safe") === "1";
  const isFramed = window.top !== window;
  if (isFramed || isSafeMode || !window.isSecureContext || !("serviceWorker" in navigator) || !build || build === "development") return;

  /** Resolves when the page runs: boot.js has removed what it shows meanwhile, and neither it nor a crash put its own page there. */
  const started = new Promise((resolve) => {
    const look = () => {
      if (document.getElementById("boot")) return;
      observer.disconnect();
      if (!window.__crash && !document.querySelector(".boot-failed")) resolve();
    };
    const observer = new MutationObserver(look);
    observer.observe(document.body, { childList: true });
    look();
  });
  const loaded = new Promise((resolve) => {
    if (document.readyState === "complete") resolve();
    else window.addEventListener("load", resolve, { once: true });
  });
  // Its files must not compete with those that the page waits for.
  const idle = () => new Promise((resolve) => (window.requestIdleCallback ?? setTimeout)(resolve));

  const buildOf = (worker) =>
    new Promise((resolve) => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = (event) => resolve(event.data);
      worker.postMessage("build", [port2]);
    });

  /** Tells the page (src/web/release.rs) once a worker of another release has all its files: the next load shows that release. */
  async function tellWhenNewer(worker) {
    if (worker.state === "installing") {
      await new Promise((resolve) => worker.addEventListener("statechange", resolve, { once: true }));
    }
    if (worker.state === "redundant" || (await buildOf(worker)) === build) return;
    window.dispatchEvent(new Event("throughline:new-release"));
  }

  /** The data of the site were fetched before the worker of a first visit was there: it sees them now, so that the next visit has them. */
  async function keepPublished() {
    const { serviceWorker } = navigator;
    if (serviceWorker.controller) return;
    await new Promise((resolve) => serviceWorker.addEventListener("controllerchange", resolve, { once: true }));
    const data = new URL("data/", document.baseURI).href;
    const fetched = new Set(performance.getEntriesByType("resource").map(({ name }) => name));
    for (const name of fetched) {
      if (name.startsWith(data)) await fetch(name).catch(() => {});
    }
  }

  function follow(registration) {
    keepPublished();
    const newest = registration.installing ?? registration.waiting ?? registration.active;
    if (newest) tellWhenNewer(newest);
    registration.addEventListener("updatefound", () => tellWhenNewer(registration.installing));
    // The browser looks for a newer worker when a page is opened; a tab may stay open for days.
    let lookedAt = Date.now();
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState !== "visible" || Date.now() - lookedAt < UPDATE_EVERY_MS) return;
      lookedAt = Date.now();
      registration.update().catch(() => {});
    });
  }

  Promise.all([started, loaded])
    .then(idle)
    .then(() => navigator.serviceWorker.register("./sw.js", { updateViaCache: "none" }))
    .then(follow)
    .catch(() => {});
})();
