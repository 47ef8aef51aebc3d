// The overview: what is seen first, its verdicts and their rules, its tiles, and the one sheet it prints to.
import type { Locator, Page, TestInfo } from "@playwright/test";
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { teamExport } from "./exports";
import { chart, chooseFiles, expectSaved, goTo, importFile, openPage, report, status } from "./product";
import { expect, expectNoIncidents, test } from "./watched_page";

/** A4 without the margins of style/print.css, in CSS pixels: 186 mm by 277 mm. */
const SHEET = { width: 703, height: 1046 };

const verdict = (page: Page, id: string): Locator => page.locator(`[data-verdict-id="${id}"]`);
const states = (page: Page) =>
  page.locator("[data-verdict-id]").evaluateAll((rows) => rows.map((row) => [row.getAttribute("data-verdict-id"), row.getAttribute("data-state")]));

async function openOverview(page: Page) {
  await openPage(page);
  await importFile(page, teamExport());
  await expect(page.locator('main[data-view="overview"]')).toBeVisible();
  await chart(page, "burnup");
  await expect(page.locator("[data-verdict-id]").first()).toBeVisible();
}

test("a dropped file is seen in the overview first, with the verdicts of the command line", async ({ page, incidents }, testInfo) => {
  await openOverview(page);
  await expect(page.locator("nav.views a").first()).toHaveText("Overview");
  const told = report(testInfo, teamExport()).verdicts as { id: string; state: string; rule: string; reason?: string }[];
  expect(told.length).toBeGreaterThan(5);
  expect(await states(page)).toEqual(told.map(({ id, state }) => [id, state]));
  for (const { id, rule, reason } of told) {
    await expect(verdict(page, id).locator(".verdict-rule")).toContainText(rule);
    if (reason) await expect(verdict(page, id)).toContainText(reason);
  }
  // A word, not only a colour.
  const words: Record<string, string> = { green: "Good", amber: "To watch", red: "Bad", grey: "Unknown" };
  for (const { id, state } of told) await expect(verdict(page, id).locator(".verdict-state")).toContainText(words[state]);
  const counted = (await page.locator(".verdict-counts li").allInnerTexts()).map((text) => Number(/\d+/.exec(text)![0]));
  expect(counted.reduce((sum, number) => sum + number, 0)).toBe(told.length);
  await expect(page.locator(".as-of")).toContainText(/Data up to \d{4}-\d\d-\d\d/);
  expectNoIncidents(incidents);
});

test("a rule is changed, is there after a reload, and is undone", async ({ page, incidents }) => {
  await openOverview(page);
  const row = verdict(page, "throughput");
  const before = await row.getAttribute("data-state");
  const value = Number(await row.locator(".verdict-number").getAttribute("data-value"));
  expect(before).not.toBe("grey");
  await row.locator("summary").click();
  await expect(row.locator(".direction")).toHaveText("The higher the better.");

  // The wrong way round is said and changes nothing.
  await row.getByLabel(/^Green/).fill("1");
  await row.getByLabel(/^Amber/).fill("2");
  await row.getByRole("button", { name: "Save rule" }).click();
  await expect(row.locator(".problem")).toHaveText("Amber must lie on the worse side of green.");
  await expect(row).toHaveAttribute("data-state", before!);

  // Just out of reach: bad, whatever it is.
  await row.getByLabel(/^Green/).fill(String(Math.ceil(value) + 2));
  await row.getByLabel(/^Amber/).fill(String(Math.ceil(value) + 1));
  await row.getByRole("button", { name: "Save rule" }).click();
  await expect(row).toHaveAttribute("data-state", "red");
  await expect(row).toContainText("your rule");
  await expect(page.locator("[data-worry]", { hasText: "Throughput" })).toHaveCount(1);
  await expectSaved(page);
  await page.reload();
  await expect(row).toHaveAttribute("data-state", "red");
  await expect(row.locator(".verdict-rule")).toContainText(`Green from ${Math.ceil(value) + 2} %`);

  await row.locator("summary").click();
  await row.getByRole("button", { name: "Use the default again" }).click();
  await expect(row).toHaveAttribute("data-state", before!);
  await expect(row).not.toContainText("your rule");
  await page.locator("h2", { hasText: "Verdicts" }).click();
  await page.keyboard.press("Control+z");
  await expect(row).toHaveAttribute("data-state", "red");
  await page.keyboard.press("Control+Shift+z");
  await expect(row).toHaveAttribute("data-state", before!);

  await row.getByRole("button", { name: "Do not show" }).click();
  await expect(row).toHaveAttribute("data-state", "off");
  await expect(page.locator(".verdict-counts")).toContainText("1 not shown");
  await row.getByRole("button", { name: "Show again" }).click();
  await expect(row).toHaveAttribute("data-state", before!);
  expectNoIncidents(incidents);
});

test("a tile opens its view by keyboard and by click, and the chart there says the same", async ({ page }) => {
  await openOverview(page);
  const tile = page.locator('[data-tile="throughput"]');
  const takeaway = await tile.locator(".tile-takeaway").innerText();
  await tile.focus();
  await page.keyboard.press("Enter");
  await expect(page.locator('main[data-view="throughput"]')).toBeVisible();
  await expect((await chart(page, "throughput")).locator("figcaption")).toHaveText(takeaway);
  await page.goBack();
  await page.locator('[data-tile="cycle-time"]').click();
  await expect(page.locator('main[data-view="flow"]')).toBeVisible();
});

test("what changed between two exports is told with its items", async ({ page }) => {
  const head = "Summary,Issue key,Issue id,Issue Type,Status,Status Category,Created,Updated,Resolved\n";
  const csv = (name: string, rows: string) => ({ name, bytes: Buffer.from(head + rows) });
  await openPage(page);
  await chooseFiles(
    page,
    csv("old.csv", "One,A-1,1,Story,To Do,To Do,01/Jan/24 9:00 AM,02/Jan/24 9:00 AM,\nTwo,A-2,2,Story,To Do,To Do,01/Jan/24 9:00 AM,03/Jan/24 9:00 AM,\n"),
    csv("new.csv", "One,A-1,1,Story,Done,Done,01/Jan/24 9:00 AM,12/Jan/24 9:00 AM,12/Jan/24 9:00 AM\nTwo,A-2,2,Story,To Do,To Do,01/Jan/24 9:00 AM,03/Jan/24 9:00 AM,\nNew,A-3,3,Story,To Do,To Do,11/Jan/24 9:00 AM,11/Jan/24 9:00 AM,\n"),
  );
  await expect(status(page)).toContainText("new.csv: ");
  await goTo(page, "#view=overview");
  const changed = page.locator(".what-changed");
  await expect(changed).toContainText("Since the export of 2024-01-03, up to that of 2024-01-12");
  await changed.getByRole("button", { name: "1 item finished" }).click();
  const drawer = page.locator("dialog.drawer[open]");
  await expect(drawer.locator(".table-count")).toHaveText("1 item");
  await expect(drawer).toContainText("A-1");
});

/** Share of the pixels of a picture that are neither white nor nearly so, by a page of its own: ours allows no such picture. */
async function inked(page: Page, png: Buffer): Promise<number> {
  const table = await page.context().newPage();
  const share = await table.evaluate(async (base64) => {
    const picture = new Image();
    picture.src = `data:image/png;base64,${base64}`;
    await picture.decode();
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [picture.width, picture.height];
    const context = canvas.getContext("2d")!;
    context.drawImage(picture, 0, 0);
    const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
    let dark = 0;
    for (let at = 0; at < data.length; at += 4) if (data[at] + data[at + 1] + data[at + 2] < 600) dark += 1;
    return dark / (data.length / 4);
  }, png.toString("base64"));
  await table.close();
  return share;
}

/** The first sheet as a picture, where the tool for it is installed. */
function rendered(testInfo: TestInfo, pdf: Buffer): Buffer | null {
  const path = testInfo.outputPath("overview.pdf");
  writeFileSync(path, pdf);
  try {
    execFileSync("pdftoppm", ["-png", "-r", "80", "-singlefile", path, path.replace(".pdf", "")]);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
  return readFileSync(path.replace(".pdf", ".png"));
}

for (const [what, fill] of [
  ["a team's export", openOverview],
  [
    "the sample",
    async (page: Page) => {
      await openPage(page);
      await page.getByRole("button", { name: "Try sample data" }).click();
      await chart(page, "burnup");
      await expect(page.locator("[data-verdict-id]").first()).toBeVisible();
      // All files of the sample are in.
      await expect(page.locator(".import-progress")).toHaveCount(0);
      await expect(page.locator('[data-tile="uptime"] .tile-number')).toHaveAttribute("data-value", /\d/);
    },
  ],
] as const) {
  test(`prints to one A4 page: ${what}`, async ({ page }, testInfo) => {
    // Also in the dark: paper is white.
    await page.emulateMedia({ colorScheme: "dark" });
    await fill(page);
    const pdf = await page.pdf({ format: "A4", printBackground: true });
    const sheets = pdf.toString("latin1").match(/\/Type\s*\/Page(?![a-z])/g) ?? [];
    expect(sheets.length).toBe(1);
    const picture = rendered(testInfo, pdf);
    if (picture !== null) {
      const share = await inked(page, picture);
      expect(share, "ink on the sheet").toBeGreaterThan(0.01);
      expect(share, "a white sheet").toBeLessThan(0.3);
    }

    // The same sheet on a screen of its size: nothing sticks out, and what belongs on it is on it.
    await page.emulateMedia({ media: "print", colorScheme: "dark" });
    await page.setViewportSize(SHEET);
    const height = await page.evaluate(() => document.querySelector(".overview")!.getBoundingClientRect().bottom);
    expect(height).toBeLessThanOrEqual(SHEET.height);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(SHEET.width);
    for (const shown of [".paper-head", ".verdict-counts", ".tiles", ".worries", ".what-changed", ".verdicts"]) await expect(page.locator(shown)).toBeVisible();
    for (const hidden of ["nav.views", ".top-actions", ".filter-bar", ".verdict-edit", "figure[data-chart]"]) await expect(page.locator(hidden).first()).toBeHidden();
    const share = await inked(page, await page.screenshot());
    expect(share, "ink on the screen").toBeGreaterThan(0.01);
    expect(share, "a white screen").toBeLessThan(0.3);
  });
}
