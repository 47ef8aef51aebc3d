// Lets the app open and work without a network. `cargo xtask dist` writes the release's files and their digests below.
//
// Every release has a cache of its own, and a page finds its files by their exact address, which holds a hash of their content.
// So two releases can be open side by side, and nothing here ever calls skipWaiting: an open page keeps the files it began with,
// the next navigation gets the newest release that is here as a whole, and the files of older ones go when no page of them is
// left. A file that is not the one that the release names is never kept.
"use strict";

const RELEASE = { build: "development", files: [] };

const SCOPE = self.registration.scope;
/** Caches belong to the whole origin, which may hold other programs and other copies of this one. */
const PREFIX = `throughline ${SCOPE} `;
const OWN = PREFIX + RELEASE.build;
const DATA = `${PREFIX}data`;
const PAGE = new URL("index.html", SCOPE).href;
const DIGEST = "x-throughline-sha256";
/** A network that is there and does not answer must not keep the page from starting with what was published before. */
const PATIENCE_MS = 5_000;
const INSTALLED_AT = "x-throughline-installed-at";

// ---- Installing -----------------------------------------------------------------------------------------------------

self.addEventListener("install", (event) => event.waitUntil(install().catch(giveUp)));

/** One file after the other, so that the page's own requests come first. The page comes last: with it the release is whole. */
async function install() {
  const own = await caches.open(OWN);
  for (const [name, digest] of RELEASE.files) {
    const address = new URL(name, SCOPE).href;
    const kept = (await find(address, digest)) ?? (await download(address, digest));
    if (address === PAGE) kept.headers.set(INSTALLED_AT, String(Date.now()));
    await own.put(address, kept);
  }
  await keepSettings();
}

/** The site's settings were fetched before this worker was there. A site without them, or that redirects them, works without. */
async function keepSettings() {
  const response = await fetch(new URL("app.config.json", SCOPE), { cache: "no-cache" }).catch(() => undefined);
  if (response?.ok && !response.redirected) await (await caches.open(DATA)).put(response.url, response);
}

/** Half a release must not take up the room that the user's workspaces may need. */
async function giveUp(reason) {
  if (!(await (await caches.open(OWN)).match(PAGE))) await caches.delete(OWN);
  throw reason;
}

/** The same file of this or another release, as a response of its own; nothing when it has changed. */
async function find(address, digest) {
  for (const name of await releases()) {
    const found = await (await caches.open(name)).match(address, { ignoreVary: true });
    if (found?.headers.get(DIGEST) === digest) return new Response(found.body, { headers: new Headers(found.headers) });
  }
  return undefined;
}

async function download(address, digest) {
  // The page has just loaded most of them: the browser's own cache may answer. What it has may be old, so the host is asked then.
  for (const cache of ["default", "reload"]) {
    const response = await fetch(address, { cache });
    const bytes = await response.arrayBuffer();
    if (response.ok && (await sha256(bytes)) === digest) return new Response(bytes, { headers: headersOf(response, address, digest) });
  }
  throw new Error(`${address} is not the file that this release names: the host is between two releases, or changes files`);
}

/** The host's headers (its security policy is among them), without those that speak of the way over the network. */
function headersOf(response, address, digest) {
  const headers = new Headers(response.headers);
  for (const name of ["content-encoding", "content-length"]) headers.delete(name);
  if (new URL(address).pathname.endsWith(".wasm")) headers.set("content-type", "application/wasm");
  headers.set(DIGEST, digest);
  return headers;
}

async function sha256(bytes) {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return [...digest].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

async function releases() {
  return (await caches.keys()).filter((name) => name.startsWith(PREFIX) && name !== DATA);
}

// ---- Taking over: only when no page of an older release is open -----------------------------------------------------

self.addEventListener("activate", (event) => event.waitUntil(activate()));

async function activate() {
  const old = (await releases()).filter((name) => name !== OWN);
  await Promise.all(old.map((name) => caches.delete(name)));
  // The page of the first visit loads some of its programs later: they are here already.
  await self.clients.claim();
}

// ---- Answering ------------------------------------------------------------------------------------------------------

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const address = new URL(request.url);
  // "no-store" asks what the host itself says (check.js): what is kept here is no answer to that.
  if (request.method !== "GET" || request.cache === "no-store" || !address.href.startsWith(SCOPE)) return;
  const path = address.pathname.slice(new URL(SCOPE).pathname.length);
  if (request.mode === "navigate") {
    // In safe mode what is kept here may be what fails.
    const isSafeMode = address.searchParams.get("safe") === "1";
    if (path === "" || path === "index.html") event.respondWith(isSafeMode ? fetch(request).catch(newestPage) : openPage(request));
  } else if (path === "app.config.json" || path.startsWith("data/")) {
    event.respondWith(openData(event, address));
  } else {
    event.respondWith(openFile(request));
  }
});

async function openPage(request) {
  return (await newestPage()) ?? fetch(request);
}

async function newestPage() {
  const installedAt = (page) => Number(page.headers.get(INSTALLED_AT));
  let newest;
  for (const name of await releases()) {
    const page = await (await caches.open(name)).match(PAGE, { ignoreVary: true });
    if (page && !(newest && installedAt(newest) >= installedAt(page))) newest = page;
  }
  return newest;
}

async function openFile(request) {
  for (const name of await releases()) {
    const found = await (await caches.open(name)).match(request, { ignoreVary: true });
    if (found) return found;
  }
  return fetch(request);
}

/** What the site's owner publishes changes without a release: the host is asked first. */
async function openData(event, address) {
  const key = address.origin + address.pathname;
  const kept = await caches.open(DATA);
  const fresh = fetch(event.request, { cache: "no-cache" });
  // A full disk is no reason to withhold the answer.
  event.waitUntil(fresh.then((response) => response.ok && kept.put(key, response.clone())).catch(() => {}));
  const late = new Promise((resolve) => setTimeout(resolve, PATIENCE_MS)).then(() => kept.match(key));
  try {
    return await Promise.race([fresh, late.then((found) => found ?? fresh)]);
  } catch {
    if (await asksToSignIn(address)) {
      // Only a page from the host can show its sign-in, and a page kept here would hide it for ever: step aside.
      await self.registration.unregister();
      // Settings are asked for before the page shows anything: it can be sent there at once. An open page only hears of the failure.
      if (address.pathname.endsWith("/app.config.json")) {
        const page = await self.clients.get(event.clientId);
        await page?.navigate(page.url).catch(() => {});
      }
      return Response.error();
    }
    return (await kept.match(key)) ?? Response.error();
  }
}

/** True where the host answers a request for data by sending the browser to another place, as sign-ins do. */
async function asksToSignIn(address) {
  try {
    return (await fetch(address, { redirect: "manual", cache: "no-store" })).type === "opaqueredirect";
  } catch {
    return false;
  }
}

// ---- Telling --------------------------------------------------------------------------------------------------------

/** offline.js asks which release this is. */
self.addEventListener("message", (event) => {
  if (event.data === "build") event.ports[0]?.postMessage(RELEASE.build);
});
