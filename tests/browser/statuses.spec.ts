// What a status counts as is corrected on the page: every chart follows, a reload keeps it, undo takes it back.
import { teamExport } from "./exports";
import { expectSaved, goTo, importFile, numbers, openPage } from "./product";
import { expect, expectNoIncidents, test } from "./watched_page";

test("a corrected status changes the charts, survives a reload and can be undone", async ({ page, incidents }) => {
  await openPage(page);
  await importFile(page, teamExport());
  const finished = async () => {
    await goTo(page, "#view=throughput");
    const weeks = (await numbers(page, "throughput"))["Finished"];
    return Object.values(weeks).reduce((sum, count) => sum + count, 0);
  };
  const before = await finished();
  expect(before).toBeGreaterThan(40);

  await goTo(page, "#view=import");
  const choice = page.getByLabel("What In Progress counts as");
  await expect(choice.locator("option:checked")).toHaveText("In progress (guessed)");
  await choice.selectOption("Done");
  await expect(page.locator("p.status[role=status]")).toContainText("In Progress counts as Done");
  await expect(page.getByLabel("What In Progress counts as").locator("option:checked")).toHaveText("Done");
  await goTo(page, "#view=items");
  await goTo(page, "#view=import");
  await expect(page.locator(".view-title")).toContainText("64 items");
  const corrected = await page.locator(".view-title").innerText();
  await expectSaved(page);
  await page.reload();
  await goTo(page, "#view=import");
  await expect(page.locator(".view-title")).toContainText("64 items");
  expect(await page.locator(".view-title").innerText()).toBe(corrected);
  await page.getByLabel("What In Progress counts as").selectOption("");
  await expect(page.getByLabel("What In Progress counts as").locator("option:checked")).toHaveText("In progress (guessed)");
  expect(await finished()).toBe(before);
  await page.keyboard.press("Control+z");
  await goTo(page, "#view=import");
  await expect(page.getByLabel("What In Progress counts as").locator("option:checked")).toHaveText("Done");
  expectNoIncidents(incidents);
});
