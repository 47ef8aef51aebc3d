// What can be seen with the files at hand, which export would add the rest, and how that export is made.
import type { Locator, Page } from "@playwright/test";
import { teamExport } from "./exports";
import { goTo, importFile, openPage } from "./product";
import { expect, expectNoIncidents, test } from "./watched_page";

const OPEN_ITEMS = {
  name: "open.csv",
  bytes: Buffer.from(
    "Summary,Issue key,Issue id,Issue Type,Status,Created\nOil the chain,K-1,1,Story,To Do,01/Jan/24 9:00 AM\nTrue the wheel,K-2,2,Story,To Do,02/Jan/24 9:00 AM\n",
  ),
};

const row = (page: Page, metric: string): Locator => page.locator(`#visibility tr[data-metric="${metric}"]`);
const sight = (page: Page, metric: string) => row(page, metric).locator(".sight");

/** Opens a disclosure and the help of one export in it. */
async function openHelp(place: Locator, title: string): Promise<Locator> {
  await place.locator("details.export-help > summary").first().click();
  const help = place.locator("details.export", { has: place.page().locator("summary", { hasText: title }) });
  await help.locator("summary").click();
  return help;
}

test("each view says how well it can be seen and where to go", async ({ page, incidents }) => {
  await openPage(page);
  await importFile(page, teamExport());
  await goTo(page, "#view=import");
  for (const metric of ["burndown", "velocity"]) {
    await expect(sight(page, metric)).toHaveAttribute("data-sight", "estimated");
    await expect(sight(page, metric)).toContainText("Estimated");
    await expect(row(page, metric)).toContainText("dates of sprints");
  }
  await expect(row(page, "burndown")).toContainText("From final sprint content");
  for (const metric of ["throughput", "cycle-time", "lead-time", "data-quality"]) {
    await expect(sight(page, metric)).toHaveAttribute("data-sight", "computed");
  }
  await expect(row(page, "data-quality")).toContainText("in the report");

  await row(page, "cycle-time").getByRole("link", { name: "Flow" }).click();
  await expect(page.locator('main[data-view="flow"]')).toBeVisible();
  expectNoIncidents(incidents);
});

test("what cannot be computed says why and which export would add it", async ({ page, incidents }) => {
  await openPage(page);
  await importFile(page, OPEN_ITEMS);
  await goTo(page, "#view=import");
  await expect(sight(page, "throughput")).toHaveAttribute("data-sight", "not-computable");
  await expect(row(page, "throughput")).toContainText("No item in this data is finished and dated");
  await expect(row(page, "throughput").locator("details.export-help > summary")).toHaveText("With finish dates");
  await expect(row(page, "burndown").locator("details.export-help > summary")).toContainText("the sprint of each item, dates of sprints");
  await expect(row(page, "data-quality").locator("details.export-help")).toHaveCount(0);
  expectNoIncidents(incidents);
});

test("the help names the exports of the tool at hand first, and asks no other program than the one that reads files", async ({ page, incidents }) => {
  await openPage(page);
  await importFile(page, teamExport());
  await goTo(page, "#view=import");
  await expect(sight(page, "burndown")).toBeVisible();
  const requests: string[] = [];
  page.context().on("request", (request) => requests.push(new URL(request.url()).pathname.split("/").at(-1)!));
  const help = await openHelp(row(page, "burndown"), "Jira: the sprints of a board");
  await expect(help.locator("ol")).toContainText("save the page as sprints.json");
  await expect(help.locator("code").first()).toBeVisible();
  // Exports that add none of what is missing are not offered; those of other tools are one step away.
  await expect(row(page, "burndown").locator("details.export > summary", { hasText: "PagerDuty" })).toHaveCount(0);
  const linear = row(page, "burndown").locator("details.export > summary", { hasText: "Linear" });
  await expect(linear).toBeHidden();
  await row(page, "burndown").locator("details.export-help-others > summary").click();
  await expect(linear).toBeVisible();
  expect(requests.filter((name) => !/^(worker_boot|import_worker)/.test(name))).toEqual([]);
  expectNoIncidents(incidents);
});

test("the start screen explains the exports of every tool", async ({ page, incidents }) => {
  await openPage(page, "./#view=start");
  const card = page.locator("section.card", { hasText: "How do I export?" });
  const help = await openHelp(card, "Jira Cloud: CSV");
  await expect(help).toContainText("Export CSV (all fields)");
  await expect(help).toContainText("1,000 rows");
  await expect(help).toContainText("Adds: items, created dates, start dates, finish dates");
  for (const tool of ["GitHub: issues", "Azure DevOps: query", "Trello", "Microsoft Project", "PagerDuty", "Cloud bills", "Tables of your own"]) {
    await expect(card.locator("details.export > summary", { hasText: tool })).toBeVisible();
  }
  expectNoIncidents(incidents);
});

test("the start screen says what can be seen with which file", async ({ page, incidents }) => {
  await openPage(page, "./#view=start");
  await page.locator("details.export-help > summary", { hasText: "What can I see with which file?" }).click();
  const matrix = page.locator("table.matrix");
  await expect(matrix.locator("thead th")).toHaveText(["Export", "Burndown", "Velocity", "Burnup", "Throughput", "Cycle time", "Aging work in progress", "When it is done", "Deployment frequency", "Bugs", "Open technical debt", "Utilisation", "Availability"]);
  const trello = matrix.locator("tbody tr", { has: page.locator("th", { hasText: /^Trello$/ }) });
  // A board has no sprints; its velocity is told by the week, as an estimate.
  await expect(trello.locator("td")).toHaveText(["✕ Not computable", "≈ Estimated", "✓ Computed", "✓ Computed", "✓ Computed", "✓ Computed", "✓ Computed", "✕ Not computable", "✓ Computed", "✓ Computed", "✕ Not computable", "✕ Not computable"]);
  // Incidents alone tell when services were down, and nothing else.
  const pagers = matrix.locator("tbody tr", { has: page.locator("th", { hasText: /^PagerDuty$/ }) });
  await expect(pagers.locator("td")).toHaveText([...Array(11).fill("✕ Not computable"), "✓ Computed"]);
  expectNoIncidents(incidents);
});
