// Two tabs of one browser: what is saved in one appears in the other, only one of them changes a workspace, and where the
// browser has neither locks nor channels the generation in storage alone keeps them from writing over each other.
import type { BrowserContext, Page } from "@playwright/test";
import { teamExport } from "./exports";
import { chart, chooseFiles, expectSaved, goTo, importFile, inWorkers, openPage, status } from "./product";
import { heads, random, rename, renameAndSave } from "./stored";
import { expect, test } from "./watched_page";

const name = (page: Page) => page.locator("header .workspace-name");
const elsewhere = (page: Page) => page.locator("header .elsewhere");

/** A second tab with the same workspace. */
async function secondTab(context: BrowserContext): Promise<Page> {
  const page = await context.newPage();
  await openPage(page);
  return page;
}

test.beforeEach(async ({ page }) => {
  test.setTimeout(120_000);
  if (test.info().title.includes("without locks")) {
    await inWorkers(page, 'Object.defineProperty(navigator, "locks", { value: undefined }); delete self.BroadcastChannel');
  }
  await openPage(page);
  await importFile(page, teamExport());
  await expectSaved(page);
});

test("the second tab looks, is told so, and follows what the first one saves", async ({ page, context }) => {
  const second = await secondTab(context);
  await expect(elsewhere(second)).toBeVisible();
  await expect(elsewhere(page)).toBeHidden();
  await renameAndSave(page, "Renamed in the first tab");
  await expect(name(second)).toHaveText("Renamed in the first tab");
  await importFile(page, { ...teamExport(80), name: "later.csv" });
  await goTo(second, "#view=items");
  await expect(second.locator("main")).toContainText("80 items");
  // An edit there is refused with words and a way.
  await rename(second, "From the second tab");
  const refusal = second.locator(".notice").filter({ hasText: "open for editing in another tab" });
  await expect(refusal.getByRole("button", { name: "Edit here instead" })).toBeVisible();
  await expect(name(second)).toHaveText("Renamed in the first tab");
  await chooseFiles(second, { ...teamExport(90), name: "refused.csv" });
  await expect(status(second)).toContainText("another tab", { timeout: 30_000 });
  expect((await heads(page)).map((head) => head.name)).toEqual(["Renamed in the first tab"]);
});

test("editing moves to the tab that asks for it, after everything of the other is saved", async ({ page, context }) => {
  const second = await secondTab(context);
  await expect(elsewhere(second)).toBeVisible();
  // Not waited for: it is saved before the workspace is handed over.
  await rename(page, "The last word of the first tab");
  await elsewhere(second).getByRole("button", { name: "Edit here instead" }).click();
  await expect(elsewhere(second)).toBeHidden();
  await expect(elsewhere(page)).toBeVisible();
  await expect(name(second)).toHaveText("The last word of the first tab");
  await renameAndSave(second, "The first word of the second");
  await expect(name(page)).toHaveText("The first word of the second");
  await goTo(page, "#view=throughput");
  await chart(page, "throughput");
});

test("when the tab that edits is closed the other one goes on by itself", async ({ page, context }) => {
  const second = await secondTab(context);
  await expect(elsewhere(second)).toBeVisible();
  await page.close();
  await expect(elsewhere(second)).toBeHidden();
  await renameAndSave(second, "Goes on");
});

test("a reload is not taken for another tab", async ({ page }) => {
  for (let round = 0; round < 3; round++) {
    await page.reload();
    await expect(name(page)).toHaveText(/team|Round/);
    await renameAndSave(page, `Round ${round}`);
  }
  await expect(page.locator(".notice").filter({ hasText: "another tab" })).toHaveCount(0);
  await expect(elsewhere(page)).toBeHidden();
});

test("a tab that holds changes it cannot save does not hand over, and loses nothing", async ({ page, context }) => {
  await page.evaluate(() => sessionStorage.clear());
  const first = await context.newPage();
  await page.close();
  await first.goto("./?fault=storage-full");
  await expect(name(first)).toHaveText("team");
  const second = await secondTab(context);
  await expect(elsewhere(second)).toBeVisible();
  await rename(first, "Not on disk");
  await expect(first.locator("[data-saved]")).toContainText("Not saved");
  await elsewhere(second).getByRole("button", { name: "Edit here instead" }).click();
  await expect(second.locator(".notice").filter({ hasText: "holds changes that are not saved" })).toBeVisible({ timeout: 30_000 });
  await expect(elsewhere(second)).toBeVisible();
  await expect(name(first)).toHaveText("Not on disk");
});

test("the list follows what is done in another tab", async ({ page, context }) => {
  const second = await secondTab(context);
  await goTo(second, "#view=start");
  await goTo(page, "#view=start");
  const rows = second.locator("section[aria-labelledby=kept] > ul > li");
  await expect(rows).toHaveCount(1);
  await page.getByRole("button", { name: "Duplicate team" }).click();
  await expect(rows).toHaveCount(2);
  await page.getByRole("button", { name: "Delete team (copy)" }).click();
  await expect(rows).toHaveCount(1);
});

test("a workspace that another tab deletes stays open here, is told, and comes back", async ({ page, context }) => {
  const second = await secondTab(context);
  await goTo(second, "#view=start");
  await second.getByRole("button", { name: "Delete team" }).click();
  const told = page.locator(".notice").filter({ hasText: "team was deleted in another tab" });
  await expect(told).toBeVisible();
  await goTo(page, "#view=throughput");
  await chart(page, "throughput");
  await renameAndSave(page, "Back again");
  const [head] = await heads(page);
  expect([head.name, head.marks.deleted_at]).toEqual(["Back again", null]);
});

test("edits in two tabs without locks never lose a save: each is on disk or refused", async ({ page, context }) => {
  const seed = Number(process.env.THROUGHLINE_SEED ?? Date.now() % 1_000_000);
  console.log(`seed ${seed}`);
  const next = random(seed);
  const second = await secondTab(context);
  const tabs = [page, second];
  let [{ generation }] = await heads(page);
  let [saved, refused] = [0, 0];
  for (let edit = 1; edit <= 40; edit++) {
    const tab = tabs[Math.floor(next() * 2)];
    const wanted = `Edit ${edit} of tab ${tabs.indexOf(tab) + 1}`;
    await rename(tab, wanted);
    const conflict = tab.locator(".notice").filter({ hasText: "changed in another tab" });
    const stored = async () => (await heads(page))[0];
    await expect
      .poll(async () => ((await stored()).name === wanted ? "saved" : (await conflict.count()) > 0 ? "refused" : "neither"), { intervals: [30] })
      .not.toBe("neither");
    const now = await stored();
    if (now.name === wanted) {
      expect(now.generation, `edit ${edit}`).toBe(generation + 1);
      await expect(tab.locator("[data-saved]")).toContainText("Saved in this browser");
      saved += 1;
    } else {
      // What the other tab saved is as it was, to the generation.
      expect(now.generation, `edit ${edit}`).toBe(generation);
      await conflict.getByRole("button", { name: "Open the newer version" }).click();
      await expect(name(tab)).toHaveText(now.name);
      await expect(conflict).toHaveCount(0);
      refused += 1;
    }
    generation = now.generation;
  }
  console.log(`${saved} saved, ${refused} refused`);
  expect(saved).toBeGreaterThan(5);
  expect(refused).toBeGreaterThan(5);
});

test("what cannot be saved without locks over another tab's save is kept as a copy", async ({ page, context }) => {
  const second = await secondTab(context);
  await renameAndSave(page, "Theirs");
  await rename(second, "Mine");
  const conflict = second.locator(".notice").filter({ hasText: "changed in another tab" });
  await conflict.getByRole("button", { name: "Keep mine as a copy" }).click();
  await expect(name(second)).toHaveText("Mine (copy)");
  await expect.poll(async () => (await heads(page)).map((head) => head.name).sort()).toEqual(["Mine (copy)", "Theirs"]);
  await goTo(second, "#view=throughput");
  await chart(second, "throughput");
});
