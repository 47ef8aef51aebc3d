// A published site: made from the page or by the command line, served by a plain file server, looked at by somebody else.
import { execFileSync, spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import AxeBuilder from "@axe-core/playwright";
import type { Page, TestInfo } from "@playwright/test";
import { teamExport } from "./exports";
import type { Export } from "./exports";
import { chart, goTo, importFile, numbers, openPage, status } from "./product";
import { expect, expectNoIncidents, test } from "./watched_page";
import type { Incidents } from "./watched_page";

// It fetches the whole app for offline use once the page runs; what is counted here is what the page asks for.
test.use({ serviceWorkers: "block" });

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const DIST = join(ROOT, "dist");

type Site = { folder: string; address: string; asked: string[]; stop(): Promise<void> };

async function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, "127.0.0.1", () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => resolve(port));
    });
  });
}

/** Serves a folder as Python's file server does, and notes what is asked of it. */
async function serve(folder: string): Promise<Site> {
  const port = await freePort();
  const child = spawn("python3", ["-m", "http.server", String(port), "--bind", "127.0.0.1", "--directory", folder]);
  const asked: string[] = [];
  child.stderr.on("data", (lines) => asked.push(...[...String(lines).matchAll(/"GET (\S+)/g)].map(([, path]) => path)));
  const address = `http://127.0.0.1:${port}/`;
  await expect.poll(() => fetch(address).then(() => true, () => false), { timeout: 20_000 }).toBe(true);
  const stop = async () => {
    child.kill();
    await new Promise((resolve) => (child.exitCode === null && child.signalCode === null ? child.once("close", resolve) : resolve(null)));
    rmSync(folder, { recursive: true, force: true });
  };
  return { folder, address, asked, stop };
}

/** A site made by the command line. */
async function bundled(testInfo: TestInfo, file: Export, ...words: string[]): Promise<Site> {
  const folder = mkdtempSync(join(tmpdir(), "throughline-site-"));
  makeData(testInfo, file, folder, "--app", DIST, ...words);
  return serve(folder);
}

function makeData(testInfo: TestInfo, file: Export, folder: string, ...words: string[]) {
  const path = testInfo.outputPath(file.name);
  writeFileSync(path, file.bytes);
  const call = ["bundle", path, "--out", folder, "--tz", "Europe/Berlin", ...words];
  execFileSync("cargo", ["run", "--quiet", "--locked", "--bin", "throughline", "--", ...call], { cwd: ROOT, stdio: ["ignore", "ignore", "inherit"] });
}

/** Everything but requests to the site itself, which the fixture takes for foreign ones. */
function expectNone(incidents: Incidents, site: Site) {
  const foreignRequests = incidents.foreignRequests.filter((address) => !address.startsWith(site.address));
  expectNoIncidents({ ...incidents, foreignRequests });
}

const programs = (site: Site) => site.asked.filter((path) => /(engine|import|unpack|export)_worker/.test(path));
const workspaces = (site: Site) => site.asked.filter((path) => path.includes("workspace.throughline"));

async function openDialog(page: Page) {
  await page.getByLabel("Workspace menu").click();
  await page.getByRole("button", { name: "Publish…" }).click();
  const dialog = page.getByRole("dialog", { name: "Publish" });
  await expect(dialog).toBeVisible();
  return dialog;
}

/** Publishes from the dialog and unpacks what was downloaded. */
async function publishFromDialog(page: Page, testInfo: TestInfo, choose: (dialog: ReturnType<Page["getByRole"]>) => Promise<void>) {
  const dialog = await openDialog(page);
  await choose(dialog);
  await dialog.getByRole("button", { name: "Show what becomes public" }).click();
  const preview = dialog.getByRole("region", { name: "What becomes public", exact: true });
  await expect(preview).toBeVisible({ timeout: 30_000 });
  const { violations } = await new AxeBuilder({ page }).include("dialog[open]").analyze();
  expect(violations.filter(({ impact }) => impact === "serious" || impact === "critical").map(({ id }) => id)).toEqual([]);
  const words = await preview.innerText();
  const waiting = page.waitForEvent("download", { timeout: 60_000 });
  await dialog.getByRole("button", { name: "Download the site" }).click();
  const download = await waiting;
  const zip = testInfo.outputPath("site.zip");
  await download.saveAs(zip);
  await expect(dialog.locator(".publish-words")).toContainText("was handed to the browser");
  const folder = mkdtempSync(join(tmpdir(), "throughline-site-"));
  execFileSync("python3", ["-m", "zipfile", "-e", zip, folder]);
  return { folder, preview: words };
}

test("a site made in the dialog shows the same numbers, at first without the engine", async ({ page, incidents, browser }, testInfo) => {
  await openPage(page);
  await importFile(page, teamExport());
  await goTo(page, "#view=overview");
  const own = await numbers(page, "burnup");
  await goTo(page, "#view=throughput&unit=points");
  const ownPoints = await numbers(page, "throughput");
  await goTo(page, "#view=overview");
  const { folder, preview } = await publishFromDialog(page, testInfo, async (dialog) => {
    await dialog.getByLabel("Name", { exact: true }).fill("Our delivery");
    await dialog.getByLabel("Name", { exact: true }).blur();
    await dialog.getByLabel("Made again").selectOption("daily");
  });
  expect(preview).toContain("Rows of 64 work items");
  expect(preview).toContain("Person 1");
  expect(preview).not.toContain("Ana Ruiz");
  expect(existsSync(join(folder, "README.md"))).toBe(true);
  const site = await serve(folder);
  const context = await browser.newContext({ serviceWorkers: "block" });
  try {
    const visitor = await context.newPage();
    await visitor.goto(site.address);
    const shown = await numbers(visitor, "burnup");
    expect(shown).toEqual(own);
    expect(programs(site)).toEqual([]);
    expect(workspaces(site)).toEqual([]);
    // Several parts of the view ask at the same time.
    expect(site.asked.filter((path) => path.includes("overview.answers"))).toHaveLength(1);
    await expect(visitor.locator(".workspace-name")).toHaveText("Our delivery");
    await expect(visitor.locator("[data-age]")).toHaveAttribute("data-age", "fresh");
    await expect(visitor.getByLabel("Workspace menu")).toHaveCount(0);
    await expect(visitor.getByText("Change the rule")).toHaveCount(0);

    // Another question is not among the answers: the engine and the data come, once.
    await goTo(visitor, "#view=throughput&unit=points");
    await expect.poll(() => workspaces(site).length, { timeout: 30_000 }).toBe(1);
    expect(await numbers(visitor, "throughput")).toEqual(ownPoints);
    expect(programs(site).some((path) => path.includes("engine_worker"))).toBe(true);
    expect(programs(site).some((path) => path.includes("import_worker"))).toBe(false);
    expectNone(incidents, site);
  } finally {
    await context.close();
    await site.stop();
  }
});

test("items are fetched when somebody asks for them", async ({ page, incidents }, testInfo) => {
  const site = await bundled(testInfo, teamExport(), "--redact", "people");
  try {
    await page.goto(`${site.address}#view=flow`);
    const figure = await chart(page, "cycle-time");
    expect(programs(site)).toEqual([]);
    await figure.locator(".figures button").first().click();
    const drawer = page.locator("dialog.drawer:not(.item-drawer)");
    await expect(drawer).toBeVisible();
    await expect(drawer.getByRole("button", { name: "TEAM-55", exact: true })).toBeVisible({ timeout: 30_000 });
    await expect(drawer).toContainText("TEAM-");
    expect(workspaces(site)).toHaveLength(1);
    await expect(page.locator("body")).not.toContainText("Ana Ruiz");
    expectNone(incidents, site);
  } finally {
    await site.stop();
  }
});

test("with sums alone nothing can be asked, and the page says so", async ({ page, incidents }, testInfo) => {
  const site = await bundled(testInfo, teamExport(), "--redact", "aggregates");
  try {
    expect(readdirSync(join(site.folder, "data"))).not.toContain("workspace.throughline");
    await page.goto(`${site.address}#view=flow`);
    const figure = await chart(page, "cycle-time");
    await expect(page.getByText("Only sums were published: there is nothing to filter.")).toBeVisible();
    await expect(page.getByRole("link", { name: "Items", exact: true })).toBeHidden();
    await figure.locator(".figures button").first().click();
    await expect(page.locator("dialog.drawer:not(.item-drawer)")).toContainText("The items were not published: this site holds only sums.");
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "Month", exact: true }).click();
    await expect(page.getByText("Only sums were published here").first()).toBeVisible();
    expect(programs(site)).toEqual([]);
    expectNone(incidents, site);
  } finally {
    await site.stop();
  }
});

test("the age of the data is told, and newer data comes in place", async ({ page, incidents }, testInfo) => {
  const daysAgo = (days: number) => `${new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 19)}Z`;
  const site = await bundled(testInfo, teamExport(), "--refresh-every", "24h", "--generated-at", daysAgo(9));
  try {
    await page.goto(`${site.address}#view=throughput`);
    const before = await numbers(page, "throughput");
    const badge = page.locator("[data-age]");
    await expect(badge).toHaveText("Data is 9 days old; expected daily");
    await expect(badge).toHaveAttribute("data-age", "stale");

    makeData(testInfo, teamExport(80), site.folder, "--refresh-every", "24h", "--generated-at", daysAgo(2));
    await page.evaluate(() => window.dispatchEvent(new Event("focus")));
    await expect(status(page)).toContainText("Newer data was published and is shown.");
    await expect(badge).toHaveText("Data is 2 days old; expected daily, an update is due");
    await expect(badge).toHaveAttribute("data-age", "due");
    await expect.poll(() => numbers(page, "throughput")).not.toEqual(before);
    await expect(page.locator('main[data-view="throughput"]')).toBeVisible();
    expect(programs(site)).toEqual([]);
    expectNone(incidents, site);
  } finally {
    await site.stop();
  }
});

test("with refresh=5m the page looks for newer data by itself", async ({ page, incidents }, testInfo) => {
  const site = await bundled(testInfo, teamExport());
  try {
    await page.clock.install();
    await page.goto(`${site.address}?refresh=5m#view=throughput`);
    const before = await numbers(page, "throughput");
    makeData(testInfo, teamExport(80), site.folder);
    await page.clock.fastForward("04:30");
    await expect(status(page)).not.toContainText("Newer data was published");
    await page.clock.fastForward("00:40");
    await expect(status(page)).toContainText("Newer data was published and is shown.");
    await expect.poll(() => numbers(page, "throughput")).not.toEqual(before);
    expectNone(incidents, site);
  } finally {
    await site.stop();
  }
});

test("a file that is not the one that was published is refused", async ({ page }, testInfo) => {
  const site = await bundled(testInfo, teamExport());
  try {
    const path = join(site.folder, "data/views/throughput.answers");
    const bytes = readFileSync(path);
    bytes[bytes.length >> 1] ^= 1;
    writeFileSync(path, bytes);
    await page.goto(`${site.address}#view=throughput`);
    await expect(page.getByText("its checksum differs").first()).toBeVisible({ timeout: 30_000 });
    // The rest of the site works.
    await goTo(page, "#view=velocity");
    await chart(page, "velocity");
  } finally {
    await site.stop();
  }
});

test("the dialog fits a narrow screen and is closed by Escape", async ({ page, incidents }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await openPage(page);
  await importFile(page, teamExport());
  const dialog = await openDialog(page);
  await dialog.getByLabel("Columns, with commas").fill("colour");
  await dialog.getByRole("button", { name: "Show what becomes public" }).click();
  await expect(dialog.locator(".publish-words")).toContainText('there is no column "colour"');
  await dialog.getByLabel("Columns, with commas").fill("points");
  await dialog.getByRole("button", { name: "Show what becomes public" }).click();
  await expect(dialog.getByText("What becomes public", { exact: true })).toBeVisible({ timeout: 30_000 });
  const tooWide = await dialog.evaluate((dialog) => dialog.scrollWidth > dialog.clientWidth + 1);
  expect(tooWide).toBe(false);
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
  expectNoIncidents(incidents);
});
