// A table that no tool is known for: its columns are named once, the preview says what they give, and the next file with the
// same header needs no question.
import { expectImported, expectSaved, chooseFiles, goTo, openPage, status } from "./product";
import { expect, expectNoIncidents, test } from "./watched_page";

const HEADER = "Ticket,Task name,Task status,Owner,Opened,Done,Effort,Round\n";
const JANUARY = {
  name: "bicycles.csv",
  bytes: Buffer.from(
    `${HEADER}K-1,Oil the chain,done,Ann,2026-01-05,2026-01-09,2,R1\nK-2,True the wheel,doing,Bo,2026-01-06,,1,R1\nK-3,"<b>Fit</b>, then test",open,,2026-01-07,,,R2\n`,
  ),
};
const FEBRUARY = { name: "bicycles february.csv", bytes: Buffer.from(`${HEADER}K-4,Paint the frame,done,Ann,2026-02-02,2026-02-06,3,R2\n`) };

test("the columns of an unknown table are named, remembered and asked no second time", async ({ page, incidents }) => {
  await openPage(page);
  await chooseFiles(page, JANUARY);
  const dialog = page.getByRole("dialog", { name: JANUARY.name });
  await expect(dialog).toBeVisible();
  const holds = (column: string) => dialog.getByLabel(`What ${column} holds`);
  await expect(holds("Ticket")).toHaveValue("key");
  await expect(holds("Task name")).toHaveValue("title");
  await expect(holds("Done")).toHaveValue("resolved");
  await expect(holds("Round")).toHaveValue("");
  await expect(dialog.locator("[data-preview]")).toContainText("The first 3 rows give 3 items");
  await expect(dialog.locator("[data-preview]")).toContainText("In a sprint: 0 of 3");
  await holds("Round").selectOption("sprint");
  await expect(dialog.locator("[data-preview]")).toContainText("In a sprint: 3 of 3");
  await dialog.getByRole("button", { name: "Add the file" }).click();
  await expectImported(page, JANUARY.name);
  await expect(status(page)).toContainText("3 new");
  await expectSaved(page);

  await page.reload();
  await goTo(page, "#view=items");
  await expect(page.locator(".items")).toContainText("<b>Fit</b>, then test");
  await chooseFiles(page, FEBRUARY);
  await expectImported(page, FEBRUARY.name);
  await expect(status(page)).toContainText("1 new");
  await expect(page.getByRole("dialog", { name: FEBRUARY.name })).toHaveCount(0);
  expectNoIncidents(incidents);
});

test("a file whose question is not answered is left out", async ({ page }) => {
  await openPage(page);
  await chooseFiles(page, JANUARY);
  const dialog = page.getByRole("dialog", { name: JANUARY.name });
  await expect(dialog).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
  await expect(status(page)).toContainText("The workspace is as it was");
  await expect(page.locator('main[data-view="start"]')).toBeVisible();
  await chooseFiles(page, JANUARY);
  await expect(dialog).toBeVisible();
  await dialog.getByRole("button", { name: "Leave this file out" }).click();
  await expect(dialog).toBeHidden();
});

const JIRA = {
  name: "workshop.csv",
  bytes: Buffer.from(
    `Summary,Issue key,Issue id,Issue Type,Status,Created,Resolved,Custom field (Effort left)\nOil the chain,W-1,1,Task,Done,2026-01-05 09:00,2026-01-09 09:00,2\nTrue the wheel,W-2,2,Task,To Do,2026-01-06 09:00,,3\n`,
  ),
};

test("a recognised file is read by columns of one's own, undone, and given back to its format", async ({ page, incidents }) => {
  await openPage(page);
  await chooseFiles(page, JIRA);
  await expectImported(page, JIRA.name);
  await goTo(page, "#view=import");
  const card = page.locator(".source-card");
  await expect(card).toContainText("Jira CSV");
  const dialog = page.getByRole("dialog", { name: JIRA.name });
  const choose = () => card.getByRole("button", { name: "Choose columns yourself…" }).click();

  await choose();
  await expect(dialog).toBeVisible();
  await expect(dialog.getByLabel("What Issue key holds")).toHaveValue("key");
  await expect(dialog.getByRole("button", { name: /^Read as / })).toHaveCount(0);
  await dialog.getByRole("button", { name: "Keep the present reading" }).click();
  await expect(dialog).toBeHidden();
  await expect(status(page)).toContainText("keeps its present reading");
  await expect(card).toContainText("Jira CSV");

  await choose();
  await dialog.getByLabel("What Custom field (Effort left) holds").selectOption("points");
  await expect(dialog.locator("[data-preview]")).toContainText("With points: 2 of 2");
  await dialog.getByRole("button", { name: "Read it this way" }).click();
  await expect(dialog).toBeHidden();
  // The page stays: it tells what the other reading gave.
  await expect(card).toContainText("you named the columns of this table");
  await expect(card).toHaveCount(1);
  await expect(page.locator("main")).toContainText("5 points on 2 items");
  await expectSaved(page);

  // One step back, with what was remembered.
  await page.keyboard.press("Control+z");
  await expect(card).toContainText("Jira CSV");
  await expect(page.locator("main")).toContainText("no item is estimated in points");
  await page.keyboard.press("Control+Shift+z");
  await expect(card).toContainText("you named the columns of this table");

  await card.getByRole("button", { name: "Change columns…" }).click();
  await expect(dialog.getByLabel("What Custom field (Effort left) holds")).toHaveValue("points");
  await dialog.getByRole("button", { name: /^Read as Jira CSV.* again$/ }).click();
  await expect(dialog).toBeHidden();
  await expect(card).toContainText("Jira CSV");
  await expect(card).toHaveCount(1);
  await expect(page.locator("main")).toContainText("no item is estimated in points");
  await expect(page.locator('main[data-view="import"]')).toBeVisible();
  expectNoIncidents(incidents);
});
