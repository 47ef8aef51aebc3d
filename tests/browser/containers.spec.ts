// Archives and workbooks: the files in them are imported as if each had been dropped by itself, by a program that is
// loaded only when such a file has come.
import type { Page } from "@playwright/test";
import { workbookOf, zipOf } from "./archives";
import { longExport, teamExport } from "./exports";
import type { Export } from "./exports";
import { chooseFiles, dropFile, expectImported, goTo, importFile, numbers, numbersOf, openPage, report, status } from "./product";
import { expect, expectNoIncidents, test } from "./watched_page";

const PROGRAM = "unpack_worker_bg.wasm";

/** The names of the files that page and workers ask for, from now on. */
function watchRequests(page: Page): string[] {
  const names: string[] = [];
  page.context().on("request", (request) => names.push(new URL(request.url()).pathname.split("/").at(-1)!));
  return names;
}

/** The same table as a workbook; moments become Excel's serials, points become numbers. */
function asWorkbook(name: string, file: Export): Export {
  const rows = file.bytes.toString().trimEnd().split("\r\n").map((line) => {
    const cells = line.match(/("([^"]|"")*"|[^,]*)(,|$)/g)!.slice(0, line.endsWith(",") ? undefined : -1);
    return cells.map((cell) => cell.replace(/,$/, "").replace(/^"(.*)"$/, "$1").replaceAll('""', '"'));
  });
  const value = (cell: string) => {
    const moment = /^(\d\d)\/(\w{3})\/(\d\d) (\d+:\d\d [AP]M)$/.exec(cell);
    if (moment) return new Date(`${moment[1]} ${moment[2]} 20${moment[3]} ${moment[4]} UTC`);
    return /^\d+$/.test(cell) ? Number(cell) : cell;
  };
  return workbookOf(name, rows.map((row) => row.map(value)));
}

test("both exports of an archive are imported, and what is no export is named", async ({ page, incidents }) => {
  await openPage(page);
  const picture = { name: "pictures/team.png", bytes: Buffer.from("\x89PNG\r\n\x1a\n", "latin1") };
  await dropFile(page, zipOf("exports.zip", [teamExport(), picture, longExport(30)]));
  await expectImported(page, "exports.zip/long.csv");
  await expect(status(page)).toContainText("30 rows read: 30 new");
  await expect(page.locator(".notice").filter({ hasText: "exports.zip: 2 files in it are read" })).toContainText("pictures/team.png is a picture.");
  await goTo(page, "#view=import");
  const equations = page.locator("[data-equation]");
  await expect(equations).toHaveCount(2);
  await expect(page.locator("main")).toContainText("exports.zip/team.csv");
  await expect(page.locator("main")).toContainText("exports.zip/long.csv");
  expectNoIncidents(incidents);
});

test("a workbook has the numbers of the same table as CSV, and its program is loaded only then", async ({ page, incidents }, testInfo) => {
  const requests = watchRequests(page);
  await openPage(page);
  // Another file first: neither the first load nor an import needs the program.
  await importFile(page, longExport(5));
  await page.waitForLoadState("networkidle");
  expect(requests).toContain("import_worker_bg.wasm");
  expect(requests).not.toContain(PROGRAM);
  await page.getByText("Menu", { exact: true }).click();
  await page.getByRole("button", { name: "New workspace" }).click();

  await chooseFiles(page, asWorkbook("team.xlsx", teamExport()));
  await expectImported(page, "team.xlsx/Issues.csv");
  await expect(status(page)).toContainText("64 rows read: 64 new, 0 updated, 0 unchanged, 0 refused");
  expect(requests.filter((name) => name === PROGRAM)).toHaveLength(1);

  await goTo(page, "#view=throughput");
  const ours = await numbers(page, "throughput");
  const expected = numbersOf(report(testInfo, teamExport()), "throughput");
  expect(Object.keys(ours).length).toBeGreaterThan(0);
  for (const [series, values] of Object.entries(ours)) expect(values, series).toEqual(expected[series]);
  expectNoIncidents(incidents);
});

test("an archive that is cut off is refused in words and the next file is read", async ({ page }) => {
  await openPage(page);
  const whole = zipOf("cut.zip", [teamExport()]);
  await chooseFiles(page, { name: "cut.zip", bytes: whole.bytes.subarray(0, 500) }, teamExport());
  await expectImported(page, "team.csv");
  await expect(page.locator(".notice-error")).toContainText(/cut.zip was not unpacked.*The file is damaged/s);
});

test("unpacking can be cancelled and leaves the workspace as it was", async ({ page }) => {
  await openPage(page);
  // The program never arrives.
  await page.context().route(`**/${PROGRAM}*`, () => {});
  await chooseFiles(page, zipOf("slow.zip", [teamExport()]));
  await expect(page.locator("[data-import=progress]")).toContainText("Unpacking");
  await page.getByRole("button", { name: "Cancel" }).click();
  await expect(page.locator("[data-import=progress]")).toHaveCount(0);
  await expect(status(page)).toContainText("Unpacking slow.zip was cancelled");
  await expect(page.locator("nav.views")).toBeHidden();
  await page.context().unroute(`**/${PROGRAM}*`);
  await chooseFiles(page, zipOf("again.zip", [teamExport()]));
  await expectImported(page, "again.zip/team.csv");
});
