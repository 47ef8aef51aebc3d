// The calendar of people: somebody is added, a day is taken off, the week gets another day; charts follow, a reload keeps it, undo
// takes it back.
import type { Page } from "@playwright/test";
import { teamExport } from "./exports";
import { chart, expectSaved, goTo, importFile, numbers, openPage, status } from "./product";
import { expect, test } from "./watched_page";

const VIEW = "#view=capacity&people=names&g=month&asof=2024-02-01";
const calendar = (page: Page) => page.getByRole("region", { name: "Calendar", exact: true });
const grid = (page: Page) => page.getByRole("grid", { name: "Days off by person" });
const cell = (page: Page, row: number, column: number) => grid(page).locator(`td[data-at="${row}:${column}"]`);
const add = (page: Page) => page.getByRole("form", { name: "Add a person" });

/** Adds Ada with 8 hours a day; February 2024 has 21 weekdays. */
async function withAda(page: Page) {
  await openPage(page);
  await importFile(page, teamExport());
  await goTo(page, VIEW);
  await add(page).getByLabel("Name").fill("Ada");
  await add(page).getByLabel("Team").fill("Bakery");
  await add(page).getByRole("button", { name: "Add to the calendar" }).click();
  await expect(grid(page).getByRole("row", { name: "Ada" })).toBeVisible();
}

const february = async (page: Page) => (await numbers(page, "capacity"))["Ada"]["2024-02-01"];

test("people, days off and the work week are edited, kept and undone", async ({ page }) => {
  await withAda(page);
  await expect.poll(() => february(page)).toBe(168);

  // Friday, February 2, by keyboard: off, half, worked, off.
  await cell(page, 0, 0).focus();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowRight");
  await expect(cell(page, 1, 1)).toBeFocused();
  for (const state of ["off", "half", "worked", "off"]) {
    await page.keyboard.press("Enter");
    await expect(cell(page, 1, 1)).toHaveAttribute("data-off", state);
    await expect(cell(page, 1, 1)).toBeFocused();
  }
  await expect.poll(() => february(page)).toBe(160);

  // Monday, February 5, off for everybody, by mouse.
  await cell(page, 0, 4).click();
  await expect(cell(page, 1, 4)).toHaveAttribute("data-off", "off");
  await expect.poll(() => february(page)).toBe(152);

  // Saturdays worked: February 3, 10, 17 and 24.
  await page.getByRole("button", { name: "Saturday", exact: true }).click();
  await expect(cell(page, 1, 2)).toHaveAttribute("data-off", "worked");
  await expect.poll(() => february(page)).toBe(152 + 32);

  // Half of her hours.
  const hours = page.getByLabel("Hours a day of Ada");
  await hours.fill("4");
  await hours.press("Tab");
  await expect.poll(() => february(page)).toBe(92);

  await expectSaved(page);
  await page.reload();
  await chart(page, "capacity");
  await expect.poll(() => february(page)).toBe(92);
  await expect(page.getByLabel("Hours a day of Ada")).toHaveValue("4");

  await page.getByRole("button", { name: "Saturday", exact: true }).click();
  await expect.poll(() => february(page)).toBe(76);
  await calendar(page).getByRole("button", { name: "Undo" }).click();
  await expect.poll(() => february(page)).toBe(92);
});

test("people are named only where that is asked for", async ({ page }) => {
  await withAda(page);
  await chart(page, "capacity");
  await page.getByRole("button", { name: "People without names" }).click();
  await expect(grid(page).getByRole("row", { name: "Person 1" })).toBeVisible();
  expect(Object.keys(await numbers(page, "capacity"))).toEqual(["Person 1"]);
  await page.getByRole("button", { name: "Teams", exact: true }).click();
  await expect(page.getByRole("button", { name: "Show people by name" })).toBeVisible();
  await expect.poll(async () => Object.keys(await numbers(page, "capacity"))).toEqual(["Bakery"]);
});

test("what cannot be is said and changes nothing", async ({ page }) => {
  await withAda(page);
  await add(page).getByLabel("Name").fill("Bob");
  await add(page).getByLabel("Hours a day").fill("25");
  await add(page).getByRole("button", { name: "Add to the calendar" }).click();
  await expect(add(page).getByRole("alert")).toContainText("0 to 24");
  await cell(page, 1, 2).click();
  await expect(status(page)).toContainText("Saturday is not in the work week");
  await expect(grid(page).getByRole("row", { name: "Bob" })).toHaveCount(0);
});
