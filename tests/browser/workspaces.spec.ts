// The workspaces kept in this browser: the list and what can be done there, the sample that stays as it is, the backup.
import { readFile } from "node:fs/promises";
import type { Page } from "@playwright/test";
import { teamExport } from "./exports";
import { chart, expectSaved, goTo, importFile, openPage, status } from "./product";
import { heads, renameAndSave } from "./stored";
import { expect, expectNoIncidents, test } from "./watched_page";

const kept = (page: Page) => page.locator("section[aria-labelledby=kept]");
const rows = (page: Page) => kept(page).locator("> ul > li");
const row = (page: Page, name: string) => rows(page).filter({ hasText: name });

async function openTeam(page: Page) {
  await openPage(page);
  await importFile(page, teamExport());
  await expectSaved(page);
}

async function openSample(page: Page) {
  await openPage(page);
  await page.getByRole("button", { name: "Try sample data" }).click();
  await chart(page, "burnup");
  await expect(page.locator("[data-import=progress]")).toHaveCount(0, { timeout: 60_000 });
}

test("nothing is kept at first, and that is said", async ({ page }) => {
  await openPage(page);
  await goTo(page, "#view=start");
  await expect(kept(page)).toContainText("Nothing yet");
  await expect(rows(page)).toHaveCount(0);
});

test("a workspace is listed with the age of its data, its size, and when it was saved", async ({ page, incidents }) => {
  await openTeam(page);
  await goTo(page, "#view=start");
  // 64 items in sprints of two weeks from 1 January 2024: the last is finished in March.
  await expect(row(page, "team")).toContainText(/Data to 2024-03-\d\d · [\d.]+ KB, original files [\d.]+ (KB|bytes) · saved \d{4}-\d\d-\d\d \d\d:\d\d · last backup never/);
  await expect(row(page, "team").locator(".badge").filter({ hasText: "Open" })).toBeVisible();
  expectNoIncidents(incidents);
});

test("renaming, in the list and in the header, outlives the page", async ({ page }) => {
  await openTeam(page);
  await renameAndSave(page, "Platform <b>team</b>");
  await goTo(page, "#view=start");
  const opener = row(page, "Platform").getByRole("button", { name: /^Rename/ });
  await opener.focus();
  await page.keyboard.press("Enter");
  const input = page.getByRole("textbox", { name: "Name of the workspace" });
  await expect(input).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(opener).toBeFocused();
  await page.keyboard.press("Enter");
  await input.fill("Core");
  await page.keyboard.press("Enter");
  await expect(page.locator("header .workspace-name")).toHaveText("Core");
  await expectSaved(page);
  await expect.poll(async () => (await heads(page)).map((head) => head.name)).toEqual(["Core"]);
  await page.reload();
  await expect(page.locator("header .workspace-name")).toHaveText("Core");
  // One that is not open.
  await page.getByText("Menu", { exact: true }).click();
  await page.getByRole("button", { name: "New workspace" }).click();
  await importFile(page, { ...teamExport(20), name: "second.csv" });
  await expectSaved(page);
  await goTo(page, "#view=start");
  await row(page, "Core").getByRole("button", { name: "Rename Core" }).click();
  await page.getByRole("textbox", { name: "Name of the workspace" }).fill("Core of old");
  await page.keyboard.press("Enter");
  await row(page, "Core of old").getByRole("button", { name: "Core of old", exact: true }).click();
  await expect(page.locator("header .workspace-name")).toHaveText("Core of old");
});

test("a copy has the same numbers, and what is changed in it changes nothing else", async ({ page }) => {
  await openTeam(page);
  await goTo(page, "#view=start");
  await row(page, "team").getByRole("button", { name: "Duplicate team" }).click();
  await expect(status(page)).toContainText("team (copy) is kept");
  await expect(rows(page)).toHaveCount(2);
  await row(page, "team (copy)").getByRole("button", { name: "team (copy)", exact: true }).click();
  await expect(page.locator("header .workspace-name")).toHaveText("team (copy)");
  await goTo(page, "#view=throughput");
  await chart(page, "throughput");
  await renameAndSave(page, "Apart");
  expect((await heads(page)).map((head) => head.name).sort()).toEqual(["Apart", "team"]);
  await goTo(page, "#view=start");
  await row(page, "Apart").getByRole("button", { name: "Delete Apart" }).click();
  await page.reload();
  await goTo(page, "#view=throughput");
  await chart(page, "throughput");
});

test("deleting is undone by the keyboard, and later from the list", async ({ page }) => {
  await openTeam(page);
  await goTo(page, "#view=start");
  await row(page, "team").getByRole("button", { name: "Delete team" }).focus();
  await page.keyboard.press("Enter");
  await expect(rows(page)).toHaveCount(0);
  await expect(page.locator("header .workspace-name")).toHaveCount(0);
  const undo = page.getByRole("button", { name: "Undo", exact: true }).first();
  await expect(undo).toBeFocused();
  await expect(status(page)).toContainText("after 7 days");
  await page.keyboard.press("Enter");
  await expect(rows(page)).toHaveCount(1);
  await expect(row(page, "team").locator(".name")).toBeFocused();

  await row(page, "team").getByRole("button", { name: "Delete team" }).click();
  await page.reload();
  await goTo(page, "#view=start");
  await expect(rows(page)).toHaveCount(0);
  await expect(page.locator("nav.views")).toBeHidden();
  await kept(page).getByText("Deleted (1)").click();
  await kept(page).getByRole("button", { name: "Bring team back" }).click();
  await row(page, "team").getByRole("button", { name: "team", exact: true }).click();
  await expect(page.locator("header .workspace-name")).toHaveText("team");
  await chart(page, "burnup");

  await goTo(page, "#view=start");
  await row(page, "team").getByRole("button", { name: "Delete team" }).click();
  await kept(page).getByText("Deleted (1)").click();
  const remove = kept(page).getByRole("button", { name: "Remove team for good" });
  await remove.click();
  await expect(remove).toHaveText("Really remove?");
  expect(await heads(page)).toHaveLength(1);
  await remove.click();
  await expect.poll(() => heads(page)).toEqual([]);
});

test("the sample refuses edits with an offer, and a copy of one's own takes them", async ({ page, incidents }) => {
  test.setTimeout(120_000);
  await openSample(page);
  await expect(page.locator("header .badge-sample")).toBeVisible();
  await page.locator("header .workspace-name").click();
  await page.getByRole("textbox", { name: "Name of the workspace" }).fill("Changed");
  await page.keyboard.press("Enter");
  await expect(page.locator(".notice").filter({ hasText: "read-only" })).toBeVisible();
  await expect(page.locator("header .workspace-name")).toHaveText("Sample project");
  await page.locator(".notice").filter({ hasText: "read-only" }).getByRole("button", { name: "Make it mine" }).click();
  await expect(page.locator("header .workspace-name")).toHaveText("My copy of the sample");
  await expect(page.locator("header .badge-sample")).toBeHidden();
  await renameAndSave(page, "Changed");
  await goTo(page, "#view=start");
  await expect(rows(page)).toHaveCount(2);
  await expect(row(page, "Sample project").locator(".badge-sample")).toBeVisible();
  await expect(row(page, "Sample project").getByRole("button", { name: /^Rename/ })).toHaveCount(0);
  await row(page, "Sample project").getByRole("button", { name: "Make it mine Sample project" }).click();
  await expect(page.locator("header .workspace-name")).toHaveText("My copy of the sample");
  expectNoIncidents(incidents);
});

test("the line beside the name tells the last backup, and a reminder comes once after many changes", async ({ page }) => {
  test.setTimeout(120_000);
  await openTeam(page);
  const saved = page.locator("[data-saved]");
  await expect(saved).toContainText(/^Saved in this browser \d\d:\d\d · last backup never$/);
  const reminder = page.locator(".notice").filter({ hasText: "was never downloaded" });
  for (let change = 1; change <= 24; change++) {
    await expect(reminder).toHaveCount(0);
    await renameAndSave(page, `Team ${change}`);
  }
  // The import was the first change.
  await expect(reminder).toHaveCount(1);
  await reminder.getByRole("button", { name: "Close" }).click();
  await renameAndSave(page, "Team 26");
  await page.reload();
  await renameAndSave(page, "Team 27");
  await expect(reminder).toHaveCount(0);
  const download = page.waitForEvent("download");
  await page.keyboard.press("Control+s");
  await readFile(await (await download).path());
  await expect(saved).toContainText("last backup today");
  await page.reload();
  await expect(saved).toContainText("last backup today");
});

test("what the browser says about keeping the data is shown, without its made-up space left", async ({ page }) => {
  await openTeam(page);
  await goTo(page, "#view=start");
  await kept(page).getByText("Storage", { exact: true }).click();
  const facts = page.locator("[data-storage]");
  await expect(facts).toContainText(/The browser (keeps it until you delete it|may clear it)/);
  await expect(facts).toContainText(/All of Throughline takes [\d.]+ (bytes|KB|MB)/);
  await expect(facts).not.toContainText("GB");
});

test("the metrics JSON is the same, byte for byte, after a workspace went to another browser profile", async ({ page, browser, baseURL }) => {
  await openTeam(page);
  await renameAndSave(page, "Travels");
  const metrics = async (page: Page) => {
    await goTo(page, "#view=throughput");
    await chart(page, "throughput");
    await page.getByText("Menu", { exact: true }).click();
    const waiting = page.waitForEvent("download");
    await page.getByRole("button", { name: "Export metrics JSON" }).click();
    return readFile(await (await waiting).path(), "utf8");
  };
  const before = await metrics(page);
  const waiting = page.waitForEvent("download");
  await page.keyboard.press("Control+s");
  const buffer = await readFile(await (await waiting).path());

  const other = await browser.newContext({ baseURL, timezoneId: "Asia/Kolkata", locale: "ar" });
  const fresh = await other.newPage();
  await openPage(fresh);
  await fresh.setInputFiles('input[type="file"]', [{ name: "Travels.throughline", mimeType: "application/octet-stream", buffer }]);
  await expect(fresh.locator("header .workspace-name")).toHaveText("Travels");
  const after = await metrics(fresh);
  expect(after.length).toBeGreaterThan(10_000);
  expect(after).toBe(before);
  await other.close();
});

test("a workspace file of a later release is refused with the reason, and what is open stays open", async ({ page }) => {
  await openTeam(page);
  const buffer = Buffer.from("THROUGHLINE-WORKSPACE 2\nnobody knows what comes here");
  await page.setInputFiles('input[type="file"]', [{ name: "later.throughline", mimeType: "application/octet-stream", buffer }]);
  await expect(page.locator(".notice-error")).toContainText("later version");
  await expect(page.locator("header .workspace-name")).toHaveText("team");
});

test("a workspace whose data is damaged is listed as such, and is rebuilt from the kept original files", async ({ page }) => {
  await openTeam(page);
  await renameAndSave(page, "Core");
  await page.evaluate(
    () =>
      new Promise<void>((resolve) => {
        const opening = indexedDB.open("throughline");
        opening.onsuccess = () => {
          const transaction = opening.result.transaction("layers", "readwrite");
          transaction.objectStore("layers").clear();
          transaction.oncomplete = () => (opening.result.close(), resolve());
        };
      }),
  );
  await page.reload();
  await expect(page.locator(".notice-error")).toContainText("cannot be read");
  await goTo(page, "#view=start");
  const damaged = row(page, "Core");
  await expect(damaged.locator(".badge-damaged")).toBeVisible();
  await expect(damaged).toContainText("the stored data of team.csv is missing");
  await damaged.getByRole("button", { name: "Read its files again Core" }).click();
  await expect(page.locator("header .workspace-name")).toHaveText("Core (rebuilt)");
  await expect(page.locator(".notice").filter({ hasText: "was read from the kept files" })).toBeVisible({ timeout: 30_000 });
  await goTo(page, "#view=throughput");
  await chart(page, "throughput");
  await expectSaved(page);
  // The damaged one is left as it was until the user deletes it.
  await goTo(page, "#view=start");
  await expect(rows(page)).toHaveCount(2);
  await expect(rows(page).filter({ has: page.locator(".damage") })).toHaveCount(1);
  await page.reload();
  await expect(page.locator("header .workspace-name")).toHaveText("Core (rebuilt)");
});
