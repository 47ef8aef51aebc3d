// What is asked: under which definition, grouped by what, of which items; and the notes that stand beside the answers.
import type { Locator, Page } from "@playwright/test";
import { teamExport } from "./exports";
import { chart, expectSaved, goTo, importFile, numbers, numbersOf, openPage, report } from "./product";
import { expect, test } from "./watched_page";

const settings = (page: Page) => page.evaluate(() => [...new URLSearchParams(location.hash.slice(1)).entries()].map((pair) => pair.join("=")));
const bar = (page: Page): Locator => page.getByRole("region", { name: "Filters" });
const chips = (page: Page): Locator => bar(page).getByRole("list", { name: "Filters in use" });

async function open(page: Page, fragment: string) {
  await openPage(page);
  const file = teamExport();
  await importFile(page, file);
  await goTo(page, fragment);
  return file;
}

test("another definition of a day changes the number, the address and the report alike", async ({ page }, testInfo) => {
  const file = await open(page, "#view=flow");
  const figure = await chart(page, "cycle-time");
  const median = figure.locator('[data-figure="p50"] .value');
  const before = await median.getAttribute("data-value");
  await figure.getByText("Under other definitions").click();
  const choice = figure.locator('[data-definition="days=elapsed"]');
  await expect(choice).toHaveAttribute("aria-pressed", "false");
  const promised = await figure.locator("li", { has: page.locator('[data-definition="days=elapsed"]') }).locator("strong").getAttribute("data-value");
  expect(promised).not.toBe(before);
  await choice.press("Enter");
  await expect(median).toHaveAttribute("data-value", promised!);
  await expect.poll(() => settings(page)).toContain("days=elapsed");
  // Several items are finished on one day: the figure is compared, not the marks by their days.
  const told = report(testInfo, file, "days=elapsed").metrics.find((metric: { id: string }) => metric.id === "cycle-time");
  expect(String(told.figures.find((one: { id: string }) => one.id === "p50").value)).toBe(promised);
});

test("a filter that leaves items out is a chip, is in the address and survives a reload", async ({ page }, testInfo) => {
  const file = await open(page, "#view=throughput");
  const add = bar(page).getByRole("group", { name: "Add filter" });
  await bar(page).getByText("Add filter", { exact: true }).press("Enter");
  await expect(add.getByRole("button", { name: "Leave these out" })).toBeDisabled();
  await add.getByLabel("Field").selectOption({ label: "Type" });
  await add.getByLabel("Value").selectOption("=Bug");
  await add.getByRole("button", { name: "Leave these out" }).click();
  await expect(chips(page)).toContainText("Bug");
  await expect.poll(() => settings(page)).toContain("f.type=!Bug");
  const left = numbersOf(report(testInfo, file, "f.type=!Bug"), "throughput");
  await expect.poll(() => numbers(page, "throughput")).toEqual(left);

  await page.reload();
  await expect(chips(page)).toContainText("Bug");
  expect(await numbers(page, "throughput")).toEqual(left);

  const not = chips(page).getByRole("button", { name: "Leave out Bug" });
  await expect(not).toHaveAttribute("aria-pressed", "true");
  await not.press("Enter");
  await expect(chips(page).getByRole("button", { name: "Leave out Bug" })).toHaveAttribute("aria-pressed", "false");
  await expect.poll(() => settings(page)).toContain("f.type=Bug");
  await expect.poll(() => numbers(page, "throughput")).toEqual(numbersOf(report(testInfo, file, "f.type=Bug"), "throughput"));
  await chips(page).getByRole("button", { name: "Remove the filter Bug" }).click();
  await expect(chips(page)).toBeHidden();
});

test("a period is chosen by its name", async ({ page }) => {
  await open(page, "#view=throughput");
  await bar(page).getByText("Period: all").press("Enter");
  const period = bar(page).getByRole("form", { name: "Period" });
  await period.getByRole("button", { name: "Last 30 days" }).click();
  await expect(period.getByRole("button", { name: "Last 30 days" })).toHaveAttribute("aria-pressed", "true");
  await expect.poll(async () => (await settings(page)).some((pair) => pair.startsWith("from="))).toBe(true);
  await period.getByRole("button", { name: "All", exact: true }).click();
  await expect.poll(async () => (await settings(page)).some((pair) => pair.startsWith("from="))).toBe(false);
});

test("a period is chosen by its days, and dates in the wrong order are refused in words", async ({ page }) => {
  await open(page, "#view=throughput");
  await bar(page).getByText("Period: all").press("Enter");
  const period = bar(page).getByRole("form", { name: "Period" });
  await period.getByLabel("From").fill("2024-02-10");
  await period.getByLabel("To").fill("2024-02-01");
  await period.getByRole("button", { name: "Set period" }).click();
  await expect(period.getByRole("alert")).toContainText("before the first");
  await period.getByLabel("To").fill("2024-03-01");
  await period.getByRole("button", { name: "Set period" }).click();
  await expect.poll(() => settings(page)).toEqual(expect.arrayContaining(["from=2024-02-10", "to=2024-03-01"]));
});

test("groups show each value's own number, and one click asks for its items alone", async ({ page }, testInfo) => {
  const file = await open(page, "#view=flow");
  await bar(page).getByLabel("Group by").selectOption({ label: "Type" });
  await expect.poll(() => settings(page)).toContain("by=type");
  const rows = page.locator('[data-groups="lead-time"] tbody tr');
  await expect(rows).toHaveCount(2);
  const bug = rows.filter({ hasText: "Bug" });
  const own = report(testInfo, file, "f.type=Bug").metrics.find((metric: any) => metric.id === "lead-time");
  await expect(bug.locator("td[data-value]")).toHaveAttribute("data-value", String(own.figures[0].value));
  await bug.getByRole("button", { name: "Bug" }).press("Enter");
  await expect.poll(() => settings(page)).toContain("f.type=Bug");
  await expect(rows).toHaveCount(1);
});

test("the bar works on a narrow screen without scrolling sideways", async ({ page }) => {
  await page.setViewportSize({ width: 320, height: 640 });
  await open(page, "#view=flow");
  await bar(page).getByText("Add filter", { exact: true }).press("Enter");
  await bar(page).getByText("Period: all").press("Enter");
  const overflow = await bar(page).evaluate((bar) => bar.scrollWidth - bar.clientWidth);
  expect(overflow).toBeLessThanOrEqual(0);
});

test("a note is marked, changed, kept over a reload, taken away and brought back", async ({ page }) => {
  await open(page, "#view=throughput");
  const figure = await chart(page, "throughput");
  const notes = figure.locator(".annotations");
  const entries = notes.locator(".annotation-list li");
  await notes.locator("summary").press("Enter");
  const form = notes.getByRole("form", { name: "Note" });
  await form.getByLabel("Day").fill("2024-01-17");
  await form.getByLabel("Note").fill("<b>Release</b> 1");
  await form.getByRole("button", { name: "Add note" }).click();
  await expect(entries).toHaveCount(1);
  // Text, never markup.
  await expect(entries.first()).toContainText("2024-01-17");
  await expect(entries.first()).toContainText("<b>Release</b> 1");
  await expect(entries.locator("b")).toHaveCount(0);
  await expect(notes.locator("summary")).toHaveText("Notes (1)");

  await entries.getByRole("button", { name: "Change note 1" }).press("Enter");
  await expect(form.getByLabel("Note")).toBeFocused();
  await form.getByLabel("Note").fill("Release 2");
  await form.getByRole("button", { name: "Save note" }).click();
  await expect(entries.first()).toContainText("Release 2");
  await expect(entries).toHaveCount(1);

  await expectSaved(page);
  await page.reload();
  await chart(page, "throughput");
  await notes.locator("summary").press("Enter");
  await expect(entries.first()).toContainText("Release 2");
  await entries.getByRole("button", { name: "Remove note 1" }).press("Enter");
  await expect(entries).toHaveCount(0);
  await notes.locator("summary").focus();
  await page.keyboard.press("Control+z");
  await expect(entries.first()).toContainText("Release 2");
  // From the keyboard: N leads to the week of the note.
  await figure.locator(".chart-stop").focus();
  await page.keyboard.press("n");
  await expect(figure.locator(".chart-readout")).toContainText("2024-01-15");
  // Every chart over days has it.
  await goTo(page, "#view=flow");
  await chart(page, "cycle-time");
  await expect(page.locator('figure[data-chart="cycle-time"] .annotations summary')).toHaveText("Notes (1)");
});
