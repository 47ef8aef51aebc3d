// A sprint whose dates were only inferred: the user corrects them, every chart follows, a reload keeps them, undo takes
// them back.
import type { Page } from "@playwright/test";
import { teamExport } from "./exports";
import { expectSaved, goTo, importFile, numbers, numbersOf, openPage, report } from "./product";
import { expect, test } from "./watched_page";

const SPRINT = "#view=sprint&iteration=Sprint+2";
const editor = (page: Page) => page.getByRole("form", { name: "Dates of the sprint" });
const origin = (page: Page) => editor(page).locator("[data-origin]");

async function bothCharts(page: Page) {
  await goTo(page, SPRINT);
  const burndown = await numbers(page, "burndown");
  await goTo(page, "#view=velocity");
  return { burndown, velocity: await numbers(page, "velocity") };
}

test("edited dates change burndown and velocity, survive a reload and can be undone", async ({ page }, testInfo) => {
  await openPage(page);
  const file = teamExport();
  await importFile(page, file);
  const before = await bothCharts(page);
  expect(before.burndown).toEqual(numbersOf(report(testInfo, file, "iteration=Sprint 2"), "burndown"));

  await goTo(page, SPRINT);
  await expect(origin(page)).toHaveAttribute("data-origin", "inferred");
  // Sprint 2 really ran a week longer than its items tell, and began a day earlier.
  await editor(page).getByLabel("First day").fill("2024-01-14");
  await editor(page).getByLabel("Last day").fill("2024-02-01");
  await editor(page).getByRole("button", { name: "Save dates" }).click();
  await expect(origin(page)).toHaveAttribute("data-origin", "edited");
  const after = await bothCharts(page);
  expect(after.burndown).not.toEqual(before.burndown);
  // The day before the window, then each day of it.
  expect(Object.keys(after.burndown["Ideal"])).toHaveLength(1 + 19);
  expect(Object.keys(after.burndown["Ideal"]).at(-1)).toBe("2024-02-01");
  expect(after.velocity).not.toEqual(before.velocity);

  await expectSaved(page);
  await page.reload();
  expect(await bothCharts(page)).toEqual(after);

  await goTo(page, SPRINT);
  await expect(origin(page)).toHaveAttribute("data-origin", "edited");
  await editor(page).getByRole("button", { name: "Reset to inferred" }).click();
  await expect(origin(page)).toHaveAttribute("data-origin", "inferred");
  expect(await bothCharts(page)).toEqual(before);
  await page.keyboard.press("Control+z");
  await goTo(page, SPRINT);
  await expect(origin(page)).toHaveAttribute("data-origin", "edited");
  expect(await bothCharts(page)).toEqual(after);
  await page.keyboard.press("Control+Shift+z");
  await goTo(page, SPRINT);
  await expect(origin(page)).toHaveAttribute("data-origin", "inferred");
});

test("dates in the wrong order are refused in words", async ({ page }) => {
  await openPage(page);
  await importFile(page, teamExport());
  await goTo(page, SPRINT);
  await editor(page).getByLabel("First day").fill("2024-02-10");
  await editor(page).getByLabel("Last day").fill("2024-02-01");
  await editor(page).getByRole("button", { name: "Save dates" }).click();
  await expect(editor(page).getByRole("alert")).toContainText("before the first");
  await expect(origin(page)).toHaveAttribute("data-origin", "inferred");
});
