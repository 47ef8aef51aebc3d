// A later export of the same source: the page tells what changed, names the items, and keeps what was decided about it.
import type { Export } from "./exports";
import { expectSaved, goTo, importFile, openPage, status } from "./product";
import { expect, expectNoIncidents, test } from "./watched_page";

const HEADER = "Summary,Issue key,Issue id,Issue Type,Status,Created,Updated,Resolved,Sprint,Custom field (Story Points)";

/** Rows of key, status, updated (a day of January 2024), points. */
function exportOf(name: string, rows: [string, string, number, number][]): Export {
  const day = (day: number) => `${String(day).padStart(2, "0")}/Jan/24 9:00 AM`;
  const lines = rows.map(([key, status, updated, points], row) =>
    [`Work ${key}`, key, row, "Story", status, day(1), day(updated), status === "Done" ? day(updated) : "", "Sprint 1", `${points}.0`].join(","),
  );
  return { name, bytes: Buffer.from([HEADER, ...lines, ""].join("\n")) };
}

const EARLIER = exportOf("early.csv", [["A-1", "To Do", 3, 3], ["A-2", "In Progress", 8, 5], ["A-3", "To Do", 10, 2], ["A-4", "Done", 9, 1]]);
const LATER = exportOf("late.csv", [["A-1", "Done", 15, 3], ["A-2", "In Progress", 18, 8], ["A-4", "Done", 9, 1], ["A-5", "To Do", 20, 1]]);

for (const [order, files] of [["in order", [EARLIER, LATER]], ["the later one first", [LATER, EARLIER]]] as const) {
  test(`two exports, ${order}: what changed, and the items behind it`, async ({ page, incidents }) => {
    await openPage(page);
    for (const file of files) await importFile(page, file);
    await goTo(page, "#view=import");
    const card = page.locator("[data-changes]");
    await expect(card).toHaveCount(1);
    await expect(card.locator("h2")).toHaveText("What changed from 2024-01-10 to 2024-01-20");
    const counts = card.locator(".change-counts > li");
    await expect(counts).toHaveText(["1 new", "2 changed", "1 finished", "0 opened again", "1 no longer in the export", "1 unchanged"]);
    await expect(card.locator(".change-fields")).toContainText("A-1: To Do → Done");
    await expect(card.locator(".change-fields")).toContainText("A-2: 5 → 8");

    await card.getByRole("button", { name: "1 no longer in the export" }).click();
    const drawer = page.locator("dialog.drawer:not(.item-drawer)");
    await expect(drawer.getByRole("button", { name: "A-3" })).toBeVisible();
    await page.keyboard.press("Escape");

    await card.getByRole("button", { name: "1 finished" }).click();
    await drawer.getByRole("button", { name: "A-1" }).click();
    const item = page.locator("dialog.item-drawer");
    await expect(item.locator("h2")).toContainText("Work A-1");
    await expect(item.locator(".item-changes")).toContainText("between 2024-01-10 and 2024-01-15 Status: To Do → Done");
    await page.keyboard.press("Escape");
    await expect(item).toBeHidden();
    await expect(drawer).toBeVisible();
    await page.keyboard.press("Escape");
    expectNoIncidents(incidents);
  });
}

test("what vanished counts as out of scope when the user says so, also after a reload, and undo takes it back", async ({ page }) => {
  await openPage(page);
  for (const file of [EARLIER, LATER]) await importFile(page, file);
  await goTo(page, "#view=import");
  const card = page.locator("[data-changes]");
  await card.getByRole("button", { name: "Count them as out of scope" }).click();
  await expect(status(page)).toContainText("out of scope");
  await expectSaved(page);
  await page.reload();
  await goTo(page, "#view=items");
  await expect(page.getByRole("row", { name: /A-3/ }).locator(".status-dropped")).toBeVisible();
  await goTo(page, "#view=import");
  await card.getByRole("button", { name: "Count them as last seen" }).click();
  await expect(status(page)).toContainText("last seen");
  await page.keyboard.press("Control+z");
  await expect(card.getByRole("button", { name: "Count them as last seen" })).toBeVisible();
});
