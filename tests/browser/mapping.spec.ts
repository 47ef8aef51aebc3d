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
