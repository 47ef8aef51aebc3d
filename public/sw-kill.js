// The way out when sw.js itself is wrong: put this file on the host in place of sw.js (docs/hosting.md). Browsers look at sw.js
// on every visit, past everything that is kept; this one removes what its predecessors kept, and then itself. Open pages stay as
// they are and go on from the network. Workspaces are not touched.
"use strict";

self.addEventListener("install", () => self.skipWaiting());

self.addEventListener("activate", (event) => event.waitUntil(leave()));

async function leave() {
  const kept = (await caches.keys()).filter((name) => name.startsWith(`throughline ${self.registration.scope} `));
  await Promise.all(kept.map((name) => caches.delete(name)));
  await self.registration.unregister();
}
