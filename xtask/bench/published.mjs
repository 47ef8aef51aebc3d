// A published site of many items: what is transferred until the first chart stands, and how long that takes.
//
// node xtask/bench/published.mjs --program throughline --file jira.csv --dist dist --folder FOLDER --repeat 5 --json FILE
// The site is served as most static hosts do: text and WebAssembly with gzip, files of unknown kinds as they are.
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join } from "node:path";
import { parseArgs } from "node:util";
import { gzipSync } from "node:zlib";
import { chromium } from "@playwright/test";

const { values: options } = parseArgs({
  options: {
    program: { type: "string" },
    file: { type: "string" },
    dist: { type: "string" },
    folder: { type: "string" },
    repeat: { type: "string", default: "5" },
    json: { type: "string" },
  },
});
const TYPES = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".json": "application/json", ".wasm": "application/wasm", ".svg": "image/svg+xml" };
const site = join(options.folder, "published-site");

rmSync(site, { recursive: true, force: true });
const began = performance.now();
execFileSync(options.program, ["bundle", options.file, "--out", site, "--app", options.dist, "--generated-at", "2026-11-25T06:00:00Z"], { stdio: "ignore", maxBuffer: 1 << 28 });
const bundle_ms = performance.now() - began;

const packed = new Map();
/** Path and bytes of each answer of the present visit. */
let asked = [];
const server = createServer((request, response) => {
  const path = decodeURI(new URL(request.url, "http://localhost").pathname);
  const file = join(site, path === "/" ? "index.html" : path);
  if (!existsSync(file) || !statSync(file).isFile()) return response.writeHead(404).end();
  const type = TYPES[extname(file)];
  if (!packed.has(file)) packed.set(file, type ? gzipSync(readFileSync(file), { level: 6 }) : readFileSync(file));
  const body = packed.get(file);
  asked.push({ path, bytes: body.length });
  const headers = { "content-type": type ?? "application/octet-stream", "cache-control": "no-cache" };
  response.writeHead(200, type ? { ...headers, "content-encoding": "gzip" } : headers).end(body);
});
await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
const address = `http://127.0.0.1:${server.address().port}/`;

const median = (numbers) => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)];
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args: ["--no-sandbox", "--disable-gpu"] });
const visits = { overview: [], flow: [] };
try {
  for (let round = 0; round < Number(options.repeat); round++) {
    for (const [view, figure] of [["overview", "burnup"], ["flow", "cycle-time"]]) {
      asked = [];
      // The service worker keeps the whole app for offline use once the page runs; what is measured is what a visitor waits for.
      const context = await browser.newContext({ serviceWorkers: "block" });
      const page = await context.newPage();
      const start = performance.now();
      await page.goto(`${address}#view=${view}`);
      await page.locator(`figure[data-chart="${figure}"][data-status="ok"] svg, figure[data-chart="${figure}"][data-status="ok"] canvas`).first().waitFor({ timeout: 180_000 });
      visits[view].push({ ms: performance.now() - start, asked: [...asked] });
      await context.close();
    }
  }
} finally {
  await browser.close();
  server.close();
}

const all = Object.values(visits).flat().flatMap((visit) => visit.asked.map(({ path }) => path));
// The numbers would mean nothing if the page had computed them.
for (const path of all) {
  if (/(engine|import|unpack|export)_worker/.test(path)) throw new Error(`${path} was fetched: nothing has to be computed for the first chart`);
  if (/workspace\.throughline/.test(path)) throw new Error(`${path} was fetched: the answers are enough for the first chart`);
}
const bytes = (visit, only) => visit.asked.filter(({ path }) => only.test(path)).reduce((sum, { bytes }) => sum + bytes, 0);
const of = (view) => ({
  ms: median(visits[view].map(({ ms }) => ms)),
  bytes: median(visits[view].map((visit) => bytes(visit, /./))),
  data_bytes: median(visits[view].map((visit) => bytes(visit, /^\/(data\/|app\.config)/))),
  requests: visits[view][0].asked,
});
const result = { export_bytes: statSync(options.file).size, workspace_bytes: statSync(join(site, "data/workspace.throughline")).size, bundle_ms, overview: of("overview"), flow: of("flow") };
writeFileSync(options.json, JSON.stringify(result, null, 2));
