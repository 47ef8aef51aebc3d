// The check of a published site (check.html): a right site has nothing wrong, and each fault of a host is named with its next step.
import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { teamExport } from "./exports";
import { importFile, openPage } from "./product";
import { expect, test } from "./watched_page";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const DIST = join(ROOT, "dist");
const TYPES: Record<string, string> = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".wasm": "application/wasm", ".json": "application/json", ".svg": "image/svg+xml" };
const FRAMES = "frame-ancestors 'self' https://wiki.example";

type Answer = { status: number; headers: Record<string, string>; body: Buffer };
/** What a host does to the answer for a path. */
type Fault = (path: string, answer: Answer) => void;

let folder: string;
test.beforeAll(() => {
  test.setTimeout(180_000);
  folder = mkdtempSync(join(tmpdir(), "throughline-checked-"));
  const { name, bytes } = teamExport();
  const source = join(folder, name);
  writeFileSync(source, bytes);
  const call = ["bundle", source, "--out", join(folder, "site"), "--app", DIST, "--refresh-every", "24h"];
  execFileSync("cargo", ["run", "--quiet", "--locked", "--bin", "throughline", "--", ...call], { cwd: ROOT, stdio: ["ignore", "ignore", "inherit"] });
});
test.afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Serves the site in a folder of a host that does as it should, but for its fault. Answers the address of the site. */
async function serve(fault: Fault = () => {}) {
  const server = createServer((request, response) => {
    const path = new URL(request.url!, "http://host").pathname.replace(/^\/team\//, "") || "index.html";
    const file = join(folder, "site", path);
    const answer: Answer = existsSync(file)
      ? { status: 200, headers: { "content-type": TYPES[extname(path)] ?? "application/octet-stream" }, body: readFileSync(file) }
      : { status: 404, headers: {}, body: Buffer.from("") };
    answer.headers["content-security-policy"] = FRAMES;
    answer.headers["access-control-allow-origin"] = "*";
    fault(path, answer);
    response.writeHead(answer.status, answer.headers);
    response.end(answer.body);
  });
  const port = await new Promise<number>((resolve) => server.listen(0, "127.0.0.1", () => resolve((server.address() as AddressInfo).port)));
  const stop = async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  return { address: `http://127.0.0.1:${port}/team/`, stop };
}

/** Runs the check over a site. Answers its last words and what it found: level and text. */
async function checked(page: Page, fault?: Fault) {
  const { address, stop } = await serve(fault);
  try {
    await page.goto(`${address}check.html`);
    await expect(page.locator("html[data-checked]")).toBeAttached({ timeout: 60_000 });
    const lines = await page.locator("#check-findings > li").evaluateAll((lines) => lines.map((line) => [(line as HTMLElement).dataset.level!, line.textContent!]));
    return { words: (await page.getByRole("status").textContent())!, lines, of: (level: string) => lines.filter(([of]) => of === level).map(([, text]) => text) };
  } finally {
    await stop();
  }
}

test("a site that is served as it was published has nothing wrong", async ({ page, incidents }) => {
  const { words, of } = await checked(page);
  expect(of("wrong")).toEqual([]);
  // Not compressed: Node's server of this test does not.
  expect(of("look")).toEqual([expect.stringContaining("The host does not compress programs")]);
  expect(of("good")).toEqual([
    expect.stringMatching(/In frames of these the site may be shown: this host, https:\/\/wiki\.example/),
    expect.stringMatching(/The app: \d+ files, [\d.]+ MB, each the one that was published, by its SHA-256/),
    expect.stringMatching(/The data: \d+ files, .* each the one that was published/),
  ]);
  expect(words).toBe("Done: 1 to look at.");
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.filter(({ impact }) => impact === "serious" || impact === "critical").map(({ id }) => id)).toEqual([]);
  }
  expect([incidents.violations, incidents.errors]).toEqual([[], []]);
});

const startPage = () => readFileSync(join(DIST, "index.html"));
const FAULTS: [string, Fault, RegExp][] = [
  ["programs of no known type", (path, { headers }) => path.endsWith(".wasm") && (headers["content-type"] = "text/plain"), /wrong type: .*\.wasm \(text\/plain\).*Serve \.wasm as application\/wasm/],
  ["a host that forbids frames", (_, { headers }) => { delete headers["content-security-policy"]; headers["x-frame-options"] = "DENY"; }, /X-Frame-Options: DENY.*Send no X-Frame-Options/],
  ["a policy without WebAssembly", (path, { headers }) => path === "index.html" && (headers["content-security-policy"] = `script-src 'self'; ${FRAMES}`), /forbids WebAssembly.*'wasm-unsafe-eval'/],
  ["a file that was left behind", (path, answer) => path === "data/summary.answers" && Object.assign(answer, { status: 404, body: Buffer.from("") }), /Of the data these cannot be read: data\/summary\.answers \(the host answers 404\)/],
  ["an older file", (path, answer) => path === "data/views/flow.answers" && (answer.body = Buffer.concat([answer.body, Buffer.from("x")])), /Of the data these have another size: data\/views\/flow\.answers.*Upload them again/],
  ["a file that the host changes", (path, answer) => { if (path === "take_along.js") answer.body[0] ^= 1; }, /Of the app these have another content: take_along\.js.*The host changes what it serves/],
  ["the start page in place of what is missing", (path, answer) => path === "data/views/wip.answers" && Object.assign(answer, { headers: { "content-type": "text/html" }, body: startPage() }), /Of the data these are pages instead: data\/views\/wip\.answers/],
  ["the start page in place of the settings", (path, answer) => path === "app.config.json" && (answer.body = startPage()), /app\.config\.json, the settings of the site, is not what it should be.*Upload the whole folder again/],
  ["an app without data", (path, answer) => path === "app.config.json" && (answer.body = Buffer.from("{}")), /Nothing is published here: app\.config\.json names no workspace/],
  ["a sign-in", (path, answer) => path === "data/workspace.json" && Object.assign(answer, { status: 302, headers: { location: "http://localhost:9/sign-in" } }), /the manifest of the data, cannot be read.*sign-in must not ask for single files/],
];

test("each fault of a host is named, with what to do", async ({ page }) => {
  test.setTimeout(180_000);
  for (const [what, fault, words] of FAULTS) {
    const { of, words: last } = await checked(page, fault);
    expect(of("wrong").length, what).toBe(1);
    expect(of("wrong")[0], what).toMatch(words);
    expect(last).toContain("1 wrong");
  }
  // What limits a site and breaks nothing.
  const { of } = await checked(page, (_, { headers }) => ["content-security-policy", "access-control-allow-origin"].forEach((name) => delete headers[name]));
  expect(of("wrong")).toEqual([]);
  expect(of("look").join(" ")).toMatch(/Every page may show this site in a frame.*sandboxed without allow-same-origin/);
});

test("the check asks the host itself also where the service worker keeps the app", async ({ browser }) => {
  let isChanged = false;
  const { address, stop } = await serve((path, answer) => {
    if (isChanged && path === "export_worker.js") answer.body = Buffer.concat([answer.body, Buffer.from("//")]);
  });
  const context = await browser.newContext({ serviceWorkers: "allow" });
  try {
    const page = await context.newPage();
    await page.goto(address);
    await page.evaluate(async () => (await navigator.serviceWorker.ready).active?.state);
    isChanged = true;
    await page.goto(`${address}check.html`);
    await expect(page.locator('li[data-level="wrong"]')).toContainText("export_worker.js", { timeout: 60_000 });
  } finally {
    await context.close();
    await stop();
  }
});

test("the publish dialog leads to the check of the address that is given", async ({ page }) => {
  await openPage(page);
  await importFile(page, teamExport());
  await page.getByLabel("Workspace menu").click();
  await page.getByRole("button", { name: "Publish…" }).click();
  const dialog = page.getByRole("dialog", { name: "Publish" });
  const link = dialog.getByRole("link", { name: "Open the check in a new tab" });
  const address = dialog.getByLabel("Address of the site");
  await address.fill("/srv/site");
  await expect(link).toHaveCount(0);
  await address.fill("https://site.example/team/index.html#view=flow");
  await expect(link).toHaveAttribute("href", "https://site.example/team/check.html");
  await expect(link).toHaveAttribute("target", "_blank");
});
