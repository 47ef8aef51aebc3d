// What docs/hosting.md promises of hosts, on a real nginx with docs/nginx.conf and on a plain file server, at the root and in a folder.
import { createHash } from "node:crypto";
import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, symlinkSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { teamExport } from "./exports";
import { DIST, startNginx } from "./nginx";
import { chart, expectSaved, goTo, importFile, openPage } from "./product";
import { expect, expectNoIncidents, test } from "./watched_page";
import type { Incidents } from "./watched_page";

type Host = { origin: string; address: string; stop(): Promise<void> };

/** Python's own file server: nothing but files, their types and their dates. */
async function startPlain(prefix: string): Promise<Host> {
  const place = mkdtempSync(join(tmpdir(), "throughline-plain-"));
  const inside = prefix.replace(/^\/|\/$/g, "");
  if (inside) mkdirSync(join(place, inside, ".."), { recursive: true });
  if (inside) symlinkSync(DIST, join(place, inside));
  const port = await new Promise<number>((resolve) => {
    const probe = createServer().listen(0, "127.0.0.1", () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => resolve(port));
    });
  });
  const child = spawn("python3", ["-m", "http.server", String(port), "--bind", "127.0.0.1", "--directory", inside ? place : DIST], { stdio: "ignore" });
  const origin = `http://127.0.0.1:${port}`;
  await expect.poll(() => fetch(origin).then(() => true, () => false), { timeout: 20_000 }).toBe(true);
  const stop = async () => {
    child.kill();
    await new Promise((resolve) => (child.exitCode === null && child.signalCode === null ? child.once("close", resolve) : resolve(null)));
    rmSync(place, { recursive: true, force: true });
  };
  return { origin, address: `${origin}${prefix}`, stop };
}

/** Counts the programs of the page that are compiled while they come; wasm-bindgen warns and falls back where the type is wrong. */
async function watchStreaming(page: Page) {
  await page.addInitScript(() => {
    const streaming = WebAssembly.instantiateStreaming;
    (window as any).streamed = 0;
    WebAssembly.instantiateStreaming = async (...words) => {
      const made = await streaming.apply(WebAssembly, words);
      (window as any).streamed += 1;
      return made;
    };
  });
  const warnings: string[] = [];
  page.on("console", (message) => {
    if (/instantiateStreaming/.test(message.text())) warnings.push(message.text());
  });
  return warnings;
}

/** Requests to the host are no foreign ones; the fixture knows the origin of the usual server only. */
function expectNone(incidents: Incidents, host: Host) {
  const foreignRequests = incidents.foreignRequests.filter((address) => !address.startsWith(host.origin));
  expectNoIncidents({ ...incidents, foreignRequests });
}

const HOSTS: [string, (prefix: string) => Promise<Host>][] = [
  ["nginx", (prefix) => startNginx({ prefix })],
  ["a plain file server", startPlain],
];

for (const [name, start] of HOSTS) {
  for (const prefix of ["/", "/team/throughline/"]) {
    test(`the app works on ${name} at ${prefix}`, async ({ page, incidents }) => {
      const host = await start(prefix);
      try {
        const warnings = await watchStreaming(page);
        const types = new Map<string, string>();
        page.on("response", (response) => {
          if (response.url().includes(".wasm")) types.set(new URL(response.url()).pathname, response.headers()["content-type"]);
        });
        await openPage(page, host.address);
        await importFile(page, teamExport());
        await expectSaved(page);
        await goTo(page, "#view=throughput");
        await chart(page, "throughput");
        expect(await page.evaluate(() => (window as any).streamed)).toBe(1);
        expect(warnings).toEqual([]);
        expect([...types.keys()].length).toBeGreaterThanOrEqual(3);
        expect(new Set(types.values())).toEqual(new Set(["application/wasm"]));
        await page.reload();
        await chart(page, "throughput");
        expectNone(incidents, host);
      } finally {
        await host.stop();
      }
    });
  }
}

const policyOf = (headers: string) => /Content-Security-Policy: (.*)/.exec(headers)![1];

test("nginx sends what docs/nginx.conf says: policy, how long to keep, types, compression", async () => {
  const host = await startNginx({ prefix: "/folder/" });
  try {
    const names = readdirSync(DIST);
    const hashed = names.filter((name) => /-[0-9a-f]{10,16}(_bg)?\.\w+$/.test(name));
    expect(hashed.length).toBeGreaterThan(5);
    const policy = policyOf(readFileSync(join(DIST, "_headers"), "utf8"));
    for (const name of [...names.filter((name) => statSync(join(DIST, name)).isFile()), ""]) {
      const answer = await fetch(host.address + name, { headers: { "accept-encoding": "gzip" } });
      expect(answer.status, name).toBe(200);
      expect(answer.headers.get("content-security-policy"), `${name}: the same policy as in _headers and index.html`).toBe(policy);
      expect(answer.headers.get("x-frame-options"), name).toBeNull();
      expect(answer.headers.get("x-content-type-options"), name).toBe("nosniff");
      const keeps = hashed.includes(name) ? "public, max-age=31536000, immutable" : "no-cache";
      expect(answer.headers.get("cache-control"), name).toBe(keeps);
      if (name.endsWith(".wasm")) {
        expect(answer.headers.get("content-type"), name).toBe("application/wasm");
        expect(answer.headers.get("content-encoding"), name).toBe("gzip");
      }
      if (name.endsWith(".webmanifest")) expect(answer.headers.get("content-type")).toBe("application/manifest+json");
      if (name.endsWith(".js")) expect(answer.headers.get("content-type"), name).toMatch(/javascript/);
      await answer.arrayBuffer();
    }
    // A file that has not changed costs no second download.
    const first = await fetch(`${host.address}engine_worker.js`);
    await first.text();
    const again = await fetch(`${host.address}engine_worker.js`, { headers: { "if-none-match": first.headers.get("etag")! } });
    expect(again.status).toBe(304);
  } finally {
    await host.stop();
  }
});

test("an address that is not there opens the app, and the host still says that it is not there", async ({ page }) => {
  const host = await startNginx({ prefix: "/folder/" });
  try {
    const answer = await page.goto(`${host.address}reports`);
    expect(answer!.status()).toBe(404);
    await expect(page.locator("main[data-view]")).toBeVisible({ timeout: 30_000 });
    // Further down the page's own files are not found: it says what to do.
    await page.goto(`${host.address}reports/2026/november`);
    await expect(page.getByRole("status")).toContainText("nothing at this address");
  } finally {
    await host.stop();
  }
});

test("who is not named may not frame the app", async ({ page }) => {
  const framed = await startNginx();
  const named = await startNginx({ headers: { "Content-Security-Policy": "frame-ancestors 'self' http://localhost:*" } });
  const hostPage = (address: string) => `location = /host.html { default_type text/html; return 200 "<iframe src='${address}'></iframe>"; }`;
  const frames = await startNginx({ headers: { "Content-Security-Policy": null }, more: hostPage(framed.address) + hostPage(named.address).replace("host.html", "named.html") });
  try {
    await page.goto(`${frames.address}host.html`);
    await page.waitForTimeout(1_000);
    // What browsers show in its place has no content of ours.
    await expect(page.frameLocator("iframe").locator("main, #boot")).toHaveCount(0);
    await page.goto(`${frames.address.replace("127.0.0.1", "localhost")}named.html`);
    await expect(page.frameLocator("iframe").locator("main").first()).toBeVisible({ timeout: 30_000 });
  } finally {
    await Promise.all([framed.stop(), named.stop(), frames.stop()]);
  }
});

test("files.json names every file of the app as it is", () => {
  const list = JSON.parse(readFileSync(join(DIST, "files.json"), "utf8"));
  expect(list.schema).toBe(1);
  const listed = new Map<string, any>(list.files.map((file: any) => [file.path, file]));
  const found: string[] = [];
  const visit = (folder: string) => {
    for (const name of readdirSync(join(DIST, folder))) {
      const path = folder ? `${folder}/${name}` : name;
      if (statSync(join(DIST, path)).isDirectory()) visit(path);
      else found.push(path);
    }
  };
  visit("");
  const ofTheSite = (path: string) => ["files.json", "app.config.json"].includes(path) || path.startsWith("data/");
  expect([...listed.keys()].sort()).toEqual(found.filter((path) => !ofTheSite(path)).sort());
  for (const [path, { bytes, sha256 }] of listed) {
    const content = readFileSync(join(DIST, path));
    expect([content.length, createHash("sha256").update(content).digest("hex")], path).toEqual([bytes, sha256]);
  }
  for (const program of ["app", "engine_worker", "import_worker", "unpack_worker", "export_worker"]) {
    const code = list.files.filter(({ path, shell }: any) => path.startsWith(program) && path.endsWith("_bg.wasm") && shell);
    expect(code.length, `${program} is kept for offline use`).toBe(1);
  }
});
