// Each view by keyboard: to the view, into each chart, to a mark, to the items behind it and back. And each table of numbers
// beside what the command line reports of the same file.
import type { Locator, Page } from "@playwright/test";
import { historyExport, teamExport, type Export } from "./exports";
import { expectSaved, importFile, openPage, report } from "./product";
import { expect, test } from "./watched_page";

/** The views that draw charts. */
const VIEWS = ["overview", "sprint", "velocity", "burnup", "throughput", "flow", "wip", "forecast", "uptime", "quality", "debt", "capacity", "dora"];
/** What is drawn of days to come has no items behind it. */
const OF_THE_FUTURE = ["forecast-when", "forecast-how-many", "forecast-cone", "forecast-drivers", "forecast-backtest", "forecast-teams"];
/** Steps after which a chart that led to no item has none. */
const STEPS = 60;

/** Goes to a view with the keyboard alone. */
async function openByKeyboard(page: Page, view: string) {
  await page.locator(`nav.views a[href="#view=${view}"]`).focus();
  await page.keyboard.press("Enter");
  await expect(page.locator(`main[data-view="${view}"]`)).toBeVisible();
}

/** The charts of the open view once all have answered. */
async function answered(page: Page): Promise<Locator[]> {
  await expect(page.locator("figure[data-chart]").first()).toBeVisible();
  await expect(page.locator('figure[data-status="loading"]')).toHaveCount(0, { timeout: 30_000 });
  await expect(page.locator('figure[data-status="error"]')).toHaveCount(0);
  return page.locator("figure[data-chart]").all();
}

/** Moves along a chart until a mark has items; answers how many, or 0 when no mark on the way has any. */
async function findItems(page: Page, figure: Locator): Promise<number> {
  await figure.locator(".chart-stop").focus();
  const readout = figure.locator(".chart-readout");
  for (let step = 0; step < STEPS; step++) {
    await page.keyboard.press(step % 12 === 11 ? "ArrowDown" : "ArrowRight");
    const told = (await readout.textContent()) ?? "";
    expect(told, "the cursor says where it is").not.toBe("");
    const count = /\((\d+) items?\)/.exec(told);
    if (count) return Number(count[1]);
  }
  return 0;
}

async function walk(page: Page, figure: Locator) {
  const id = (await figure.getAttribute("data-chart"))!;
  const items = await findItems(page, figure);
  if (items === 0) {
    expect(OF_THE_FUTURE, `${id} leads to no item`).toContain(id);
    return 0;
  }
  await page.keyboard.press("Enter");
  const drawer = page.locator("dialog.drawer[open]");
  await expect(drawer).toBeVisible();
  await expect(drawer.locator(".table-count")).toHaveText(items === 1 ? "1 item" : `${items} items`);
  await expect(drawer.locator("tbody button.key").first()).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(drawer).toHaveCount(0);
  await expect(figure.locator(".chart-stop")).toBeFocused();
  return items;
}

for (const [what, file] of [["sprints", teamExport()], ["history", historyExport()]] as const) {
  test(`every chart of a file with ${what} is walked by keyboard`, async ({ page, incidents }) => {
    test.setTimeout(180_000);
    await openPage(page);
    await importFile(page, file);
    await expectSaved(page);
    let walked = 0;
    for (const view of VIEWS) {
      await openByKeyboard(page, view);
      for (const figure of await answered(page)) {
        if ((await figure.getAttribute("data-status")) === "ok") walked += (await walk(page, figure)) > 0 ? 1 : 0;
      }
    }
    expect(walked, "charts that led to items").toBeGreaterThan(10);
    expect(incidents.errors ?? []).toEqual([]);
  });

  test(`every table of a file with ${what} holds the numbers of the command line`, async ({ page }, testInfo) => {
    test.setTimeout(180_000);
    await openPage(page);
    await importFile(page, file);
    const told = report(testInfo, file);
    let compared = 0;
    for (const view of VIEWS) {
      await openByKeyboard(page, view);
      for (const figure of await answered(page)) compared += await compare(figure, told);
    }
    expect(compared, "numbers compared").toBeGreaterThan(300);
  });
}

type Series = { name: string; points: { x: string; y: number | null }[] };

/** The table of a chart: column -> "place value" of each row, and the levels named once. */
const read = (figure: Locator) =>
  figure.evaluate((figure) => {
    const plain = (text: string | null) => (text ?? "").replace(/ \([^()]*\)$/, "");
    const heads = [...figure.querySelectorAll("table.numbers thead th")].slice(1).map((head) => plain(head.textContent));
    const columns: [string, string[]][] = heads.map((name) => [name, []]);
    for (const row of figure.querySelectorAll("table.numbers tbody tr")) {
      const place = row.querySelector("th")!.textContent!;
      row.querySelectorAll("td").forEach((cell, column) => {
        if (cell.dataset.value !== undefined) columns[column][1].push(`${place} ${Number(cell.dataset.value)}`);
      });
    }
    const levels = [...figure.querySelectorAll("table.numbers tfoot tr")].map(
      (row) => [plain(row.querySelector("th")!.textContent), Number(row.querySelector("td")!.dataset.value)] as [string, number],
    );
    return { columns, levels };
  });

/** Marks that lie on one place of a scatter are one row. */
const unique = (places: string[]) => [...new Set(places)].sort();

/** Compares a chart's status and table with the report; answers how many numbers agreed. */
async function compare(figure: Locator, told: any): Promise<number> {
  const id = (await figure.getAttribute("data-chart"))!;
  const metric = told.metrics.find((metric: { id: string }) => metric.id === id);
  expect(metric, `the report has ${id}`).toBeDefined();
  await expect(figure.locator("figcaption")).toHaveText(metric.summary);
  expect(await figure.getAttribute("data-status"), id).toBe(metric.status);
  if (metric.status !== "ok") return 0;
  // Closed parts of a card come after its numbers.
  await expect(figure.locator("table.numbers")).toBeAttached();
  const { columns, levels } = await read(figure);
  let compared = 0;
  const rest = [...columns];
  for (const { name, points } of metric.series as Series[]) {
    const known = points.filter(({ y }) => y !== null);
    const place = rest.findIndex(([column]) => column === name);
    if (place >= 0) {
      const [[, shown]] = rest.splice(place, 1);
      expect(unique(shown), `${id}: ${name}`).toEqual(unique(known.map(({ x, y }) => `${x} ${y}`)));
      compared += shown.length;
    } else {
      expect(levels, `${id} shows ${name}`).toContainEqual([name, known[0]?.y]);
      compared += 1;
    }
  }
  expect(rest, `${id}: columns that the report does not have`).toEqual([]);
  return compared;
}
