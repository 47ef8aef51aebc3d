// Bad days of the browser's storage: it is full, cleared, upgraded by another tab, or holds flipped bytes. Nothing that was
// said to be saved is lost without a word, and the page goes on.
import { randomBytes } from "node:crypto";
import { readFile } from "node:fs/promises";
import type { Page } from "@playwright/test";
import { teamExport } from "./exports";
import { chart, chooseFiles, expectSaved, goTo, importFile, openPage } from "./product";
import { flip, heads, random, rename, renameAndSave } from "./stored";
import { expect, test } from "./watched_page";

const MAGIC = "THROUGHLINE-WORKSPACE ";
const name = (page: Page) => page.locator("header .workspace-name");

test("a full disk: nothing half-written, told at once, a file at hand, and saved by itself when space returns", async ({ browser, baseURL }) => {
  test.setTimeout(180_000);
  const context = await browser.newContext({ baseURL });
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  const origin = new URL(baseURL!).origin;
  // Before anything of this profile was stored: a limit that is set later is not always kept.
  await session.send("Storage.overrideQuotaForOrigin", { origin, quotaSize: 1_500_000 });
  await openPage(page);
  await importFile(page, teamExport());
  await expectSaved(page);
  const before = await heads(page);
  // Chromium compresses what it stores: only what cannot be compressed fills it.
  await chooseFiles(page, { ...teamExport(4_000, () => randomBytes(1_500).toString("base64")), name: "large.csv" });
  const banner = page.locator(".notice-error").filter({ hasText: "The last change is not saved" });
  await expect(banner).toBeVisible({ timeout: 60_000 });
  await expect(page.locator("[data-saved]")).toContainText("Not saved");
  expect(await heads(page)).toEqual(before);
  const waiting = page.waitForEvent("download");
  await banner.getByRole("button", { name: "Download the workspace" }).click();
  const bytes = await readFile(await (await waiting).path());
  expect(bytes.subarray(0, MAGIC.length).toString()).toBe(MAGIC);
  expect(bytes.length).toBeGreaterThan(4_000_000);
  // Work goes on meanwhile.
  await goTo(page, "#view=throughput");
  await chart(page, "throughput");

  await session.send("Storage.overrideQuotaForOrigin", { origin, quotaSize: 200_000_000 });
  await expectSaved(page);
  await expect.poll(async () => (await heads(page))[0].layers.length, { timeout: 60_000 }).toBe(2);
  await expect(banner).toHaveCount(0);
  await page.reload();
  await goTo(page, "#view=items");
  await expect(page.locator("main")).toContainText("4,000 items");
  await context.close();
});

test("storage cleared while a workspace is open: saved again from memory, and told", async ({ page, context, baseURL }) => {
  await openPage(page);
  await importFile(page, teamExport());
  await expectSaved(page);
  const session = await context.newCDPSession(page);
  await session.send("Storage.clearDataForOrigin", { origin: new URL(baseURL!).origin, storageTypes: "indexeddb" });
  const notice = page.locator(".notice").filter({ hasText: "saved again from memory" });
  await expect(notice).toBeVisible({ timeout: 30_000 });
  await expectSaved(page);
  await renameAndSave(page, "Still here");
  await page.reload();
  await expect(name(page)).toHaveText("Still here");
  await goTo(page, "#view=throughput");
  await chart(page, "throughput");
});

/** Opens the database as a later release would, in another tab of the same origin. */
async function laterRelease(page: Page, script: "upgrade" | "block") {
  await page.goto("./third-party-licences.txt");
  return page.evaluate(
    (script) =>
      new Promise<string>((resolve) => {
        const opening = script === "upgrade" ? indexedDB.open("throughline", 2) : indexedDB.open("throughline");
        opening.onupgradeneeded = () => opening.result.createObjectStore("later");
        opening.onblocked = () => resolve("blocked");
        opening.onerror = () => resolve(String(opening.error));
        opening.onsuccess = () => {
          if (script === "block") {
            // It keeps its connection open whatever is asked of it, and a deletion waits for it.
            (window as any).kept = opening.result;
            indexedDB.deleteDatabase("throughline");
          }
          setTimeout(() => resolve("open"), 500);
        };
      }),
    script,
  );
}

test("a newer release in another tab is not blocked; this tab goes on and says what to do", async ({ page, context }) => {
  await openPage(page);
  await importFile(page, teamExport());
  await expectSaved(page);
  const later = await context.newPage();
  expect(await laterRelease(later, "upgrade")).toBe("open");
  await expect(page.locator(".notice").filter({ hasText: "A new version of Throughline is" })).toBeVisible();
  await goTo(page, "#view=throughput");
  await chart(page, "throughput");
  await rename(page, "Changed after the upgrade");
  await expect(page.locator("[data-saved]")).toContainText("Not saved");
  const waiting = page.waitForEvent("download");
  await page.keyboard.press("Control+s");
  const bytes = await readFile(await (await waiting).path());
  expect(bytes.toString("latin1")).toContain("Changed after the upgrade");
  // The older release, opened once more, leaves the newer layout alone and works from memory.
  const older = await context.newPage();
  await openPage(older);
  await importFile(older, teamExport());
  await expect(older.locator("[data-saved]")).toContainText("works from memory");
  const version = await later.evaluate(async () => (await indexedDB.databases()).find(({ name }) => name === "throughline")!.version);
  expect(version).toBe(2);
});

test("opening that another tab blocks ends in work from memory, not in waiting", async ({ page, context }) => {
  const blocker = await context.newPage();
  await laterRelease(blocker, "block");
  await openPage(page);
  await importFile(page, teamExport());
  await expect(page.locator("[data-saved]")).toContainText("works from memory", { timeout: 15_000 });
  await goTo(page, "#view=throughput");
  await chart(page, "throughput");
});

test("flipped bytes in storage: an earlier state or a word about it, never a blank page, never other numbers", async ({ page }) => {
  test.setTimeout(180_000);
  const seed = Number(process.env.THROUGHLINE_SEED ?? Date.now() % 1_000_000);
  console.log(`seed ${seed}`);
  const next = random(seed);
  await openPage(page);
  await importFile(page, teamExport());
  await expectSaved(page);
  let earlier = 0;
  let healed = 0;
  for (let round = 1; round <= 20; round++) {
    await renameAndSave(page, `State ${round}`);
    const [head] = await heads(page);
    const store = round % 2 === 0 ? "heads" : "documents";
    const told = await flip(page, store, store === "heads" ? head.id : `/${head.generation}`, next());
    await page.reload();
    await expect(page.locator("main[data-view]")).toBeVisible({ timeout: 30_000 });
    const shown = await name(page).textContent();
    if (store === "heads") {
      // The record is lost, its document is not.
      expect(shown, told).toBe(`State ${round}`);
      await expect(page.locator(".notice").filter({ hasText: "was damaged" }), told).toBeVisible();
      healed += 1;
    } else {
      expect([`State ${round - 1}`, "team"], told).toContain(shown);
      await expect(page.locator(".notice").filter({ hasText: "cannot be read" }), told).toBeVisible();
      earlier += 1;
    }
    await expect(page.locator("[data-saved]"), told).toContainText("Saved in this browser");
  }
  console.log(`${earlier} earlier states opened, ${healed} records healed`);
  // Flipped in the data itself no state is left: that is said, and the rest of the product works.
  const [head] = await heads(page);
  const told = await flip(page, "layers", head.layers[0], next());
  await page.reload();
  await expect(page.locator(".notice-error"), told).toContainText("cannot be read");
  await goTo(page, "#view=start");
  await expect(page.locator("section[aria-labelledby=kept]")).toContainText("Damaged");
  await importFile(page, { ...teamExport(20), name: "other.csv" });
  await expectSaved(page);
});

test("a damaged workspace does not keep the others from opening", async ({ page }) => {
  await openPage(page);
  await importFile(page, teamExport());
  await expectSaved(page);
  await page.getByText("Menu", { exact: true }).click();
  await page.getByRole("button", { name: "New workspace" }).click();
  await importFile(page, { ...teamExport(20), name: "second.csv" });
  await expectSaved(page);
  const second = (await heads(page)).find((head) => head.name === "second")!;
  await flip(page, "layers", second.layers[0], 0.5);
  await page.reload();
  await expect(name(page)).toHaveText("team");
  await expect(page.locator(".notice").filter({ hasText: "Another workspace was opened instead" })).toBeVisible();
});
