// A file that cannot be read gets a message that names it, the place and the next step; what was open stays as it was.
import { teamExport } from "./exports";
import type { Export } from "./exports";
import { chooseFiles, expectImported, goTo, importFile, numbers, openPage, status } from "./product";
import { expect, expectNoIncidents, test } from "./watched_page";

const file = (name: string, content: string | Buffer): Export => ({ name, bytes: Buffer.from(content as string) });
const HEADER = "Summary,Issue key,Issue id,Issue Type,Status,Created,Updated,Resolved,Custom field (Story Points)\n";
const ROW = (number: number) => `One,BAD-${number},${number},Task,Open,02/Feb/24 9:00 AM,,,5\n`;

/** Files of which nothing can be kept, and what their message must say: what it is, and what to do. */
const REFUSED: [Export, RegExp, RegExp][] = [
  [file("empty.csv", ""), /empty/i, /export it again/i],
  [file("header.csv", HEADER), /header but no rows|no rows/i, /export it again/i],
  [file("binary.csv", Buffer.from(Uint8Array.from({ length: 5000 }, (_, place) => (place * 97) % 256))), /not an export|no known|binary/i, /export/i],
  [file("document.csv", "%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<< >>\nendobj\n"), /PDF/, /export/i],
  [file("picture.csv", Buffer.from("\x89PNG\r\n\x1a\n0000IHDR", "latin1")), /PNG|picture|image/i, /export/i],
  [file("notes.csv", "Dear all,\nplease find the numbers below.\nBest\n"), /no known export format|not an export/i, /export/i],
];

for (const [bad, what, next] of REFUSED) {
  test(`${bad.name} is refused in words and the workspace is unharmed`, async ({ page, incidents }) => {
    await openPage(page);
    await importFile(page, teamExport());
    await goTo(page, "#view=throughput");
    const before = await numbers(page, "throughput");
    await chooseFiles(page, bad);
    const notice = page.locator(".notice-error");
    await expect(notice).toContainText(bad.name);
    await expect(notice).toContainText(what);
    await expect(notice).toContainText(next);
    await goTo(page, "#view=throughput");
    expect(await numbers(page, "throughput")).toEqual(before);
    expectNoIncidents(incidents);
  });
}

test("a first file that is refused leaves the start screen usable", async ({ page }) => {
  await openPage(page);
  await chooseFiles(page, REFUSED[0][0]);
  await expect(page.locator(".notice-error")).toContainText("empty.csv");
  await importFile(page, teamExport());
  await expect(status(page)).toContainText("64 new");
});

test("a quote that is never closed keeps the rows before it and names the line", async ({ page }) => {
  await openPage(page);
  const bad = file("cut.csv", `${HEADER}${ROW(1)}${ROW(2)}"Cut off here,BAD-3,3,Task,Op`);
  await chooseFiles(page, bad);
  await expectImported(page, bad.name);
  await goTo(page, "#view=import");
  await expect(page.locator("main")).toContainText(/quote/i);
  await expect(page.locator("table").filter({ hasText: /quote/i }).locator("td").first()).toHaveText("4");
  await goTo(page, "#view=items");
  await expect(page.locator("table.items")).toContainText("BAD-2");
});

test("a second header row is skipped and listed", async ({ page }) => {
  await openPage(page);
  const bad = file("twice.csv", `${HEADER}${ROW(1)}${HEADER}${ROW(2)}`);
  await chooseFiles(page, bad);
  await expectImported(page, bad.name);
  await expect(status(page)).toContainText("3 rows read: 2 new, 0 updated, 0 unchanged, 1 refused");
  await goTo(page, "#view=import");
  await expect(page.locator(".refused")).toContainText("3");
});

test("a row of a thousand columns is refused by its line, the others are kept", async ({ page }) => {
  await openPage(page);
  const wide = `Wide,BAD-9,9,Task,Open,02/Feb/24 9:00 AM,,,5${",x".repeat(1000)}\n`;
  await chooseFiles(page, file("wide.csv", HEADER + ROW(1) + wide + ROW(2)));
  await expectImported(page, "wide.csv");
  await expect(status(page)).toContainText("3 rows read: 2 new, 0 updated, 0 unchanged, 1 refused");
  await goTo(page, "#view=import");
  await expect(page.locator(".refused tbody td").first()).toHaveText("3");
});

test("a table of a thousand columns is read", async ({ page }) => {
  await openPage(page);
  const names = Array.from({ length: 991 }, (_, place) => `Custom field (F${place})`).join(",");
  const cells = ",v".repeat(991);
  await chooseFiles(page, file("thousand.csv", `${HEADER.trim()},${names}\n${ROW(1).trim()}${cells}\n${ROW(2).trim()}${cells}\n`));
  await expectImported(page, "thousand.csv");
  await expect(status(page)).toContainText("2 rows read: 2 new");
});
