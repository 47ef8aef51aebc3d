// What can be taken along of a chart, and the report as one file: real files, a real clipboard, no script, no request.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import AxeBuilder from "@axe-core/playwright";
import type { Download, Page } from "@playwright/test";
import { teamExport } from "./exports";
import { chunks, texts } from "./png";
import { chart, goTo, importFile, openPage, status } from "./product";
import { expect, expectNoIncidents, test } from "./watched_page";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const MENU = "Take along: Throughput";

async function openThroughput(page: Page) {
  await openPage(page);
  await importFile(page, teamExport());
  await goTo(page, "#view=throughput");
  await chart(page, "throughput");
  // Drawn, not only computed.
  await expect(page.locator(".chart-frame svg, .chart-frame canvas")).toHaveCount(1);
}

async function take(page: Page, entry: string) {
  await page.getByLabel(MENU).click();
  await page.getByRole("button", { name: entry }).click();
}

async function downloaded(page: Page, entry: string): Promise<{ name: string; bytes: Buffer }> {
  const waits = page.waitForEvent("download");
  await take(page, entry);
  const download: Download = await waits;
  return { name: download.suggestedFilename(), bytes: readFileSync(await download.path()) };
}

test("a picture is a real PNG at twice the size, with title, sentence and the way back in it", async ({ page, incidents }) => {
  await openThroughput(page);
  const summary = (await page.locator("figcaption").textContent())!;
  const frame = (await page.locator(".chart-frame").boundingBox())!;
  const { name, bytes } = await downloaded(page, "Download PNG");
  expect(name).toMatch(/-throughput\.png$/);
  expect(bytes.subarray(0, 8).toString("latin1")).toBe("\x89PNG\r\n\x1a\n");
  const parts = chunks(bytes);
  expect(parts[0][0]).toBe("IHDR");
  expect(parts.at(-1)![0]).toBe("IEND");
  expect(parts[0][1].readUInt32BE(0)).toBe(Math.round(frame.width) * 2);
  expect(texts(parts)).toEqual({ Title: "Throughput", Description: summary, URL: expect.stringMatching(/view=throughput.*chart=throughput/) });
  // The browser reads it back: every checksum is right, and something is drawn.
  const colours = await page.evaluate(async (base64) => {
    const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
    const bitmap = await createImageBitmap(new Blob([bytes], { type: "image/png" }));
    const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
    const context = canvas.getContext("2d")!;
    context.drawImage(bitmap, 0, 0);
    const { data } = context.getImageData(0, 0, bitmap.width, bitmap.height);
    return new Set(new Uint32Array(data.buffer)).size;
  }, bytes.toString("base64"));
  expect(colours).toBeGreaterThan(10);
  expectNoIncidents(incidents);
});

test("an SVG holds the drawing as it is on the screen, its words, and the way back", async ({ page, incidents }) => {
  await openThroughput(page);
  const summary = (await page.locator("figcaption").textContent())!;
  const { name, bytes } = await downloaded(page, "Download SVG");
  expect(name).toMatch(/-throughput\.svg$/);
  const read = await page.evaluate((text) => {
    const svg = new DOMParser().parseFromString(text, "image/svg+xml");
    const of = (selector: string) => svg.querySelector(selector)?.textContent ?? "";
    const texts = [...svg.querySelectorAll("text")].map((text) => text.textContent);
    return {
      root: svg.documentElement.localName,
      title: of("svg > title"),
      description: of("svg > desc"),
      source: of("metadata"),
      texts,
      bars: svg.querySelectorAll("svg svg path").length,
      acting: svg.querySelectorAll("script, style, foreignObject, image, a").length,
    };
  }, bytes.toString("utf8"));
  expect(read).toMatchObject({ root: "svg", title: "Throughput", description: summary, acting: 0 });
  expect(read.source).toMatch(/^http.*view=throughput.*chart=throughput/);
  expect(read.texts).toContain("Finished");
  expect(read.texts.some((text) => text!.includes("Data to "))).toBe(true);
  expect(read.bars).toBeGreaterThan(5);
  expectNoIncidents(incidents);
});

test("CSV, Markdown and HTML hold the numbers of the table", async ({ page, context, incidents }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await openThroughput(page);
  const rows = await page.evaluate(() =>
    [...document.querySelectorAll("table.numbers tbody tr")].map((row) => [
      row.querySelector("th")!.textContent!,
      ...[...row.querySelectorAll("td")].map((cell) => cell.getAttribute("data-value") ?? ""),
    ]),
  );
  expect(rows.length).toBeGreaterThan(3);
  const { bytes } = await downloaded(page, "Download CSV");
  const lines = bytes.toString("utf8").replace(/^\ufeff/, "").trimEnd().split("\r\n");
  expect(lines.slice(1, 1 + rows.length)).toEqual(rows.map(([day, ...values]) => [`"${day}"`, ...values].join(",")));

  await take(page, "Copy table as Markdown");
  await expect(status(page)).toContainText("is on the clipboard");
  const markdown = await page.evaluate(() => navigator.clipboard.readText());
  expect(markdown.split("\n")[0]).toMatch(/^\| Date \| Finished/);
  expect(markdown).toContain(`| ${rows[0][0]} | ${rows[0][1]} |`);

  await take(page, "Copy table for wikis (HTML)");
  await expect
    .poll(() =>
      page.evaluate(async () => {
        const [item] = await navigator.clipboard.read();
        return item.types.includes("text/html") ? (await item.getType("text/html")).text() : "";
      }),
    )
    .toContain(`<th scope="row">${rows[0][0]}</th>`);
  expectNoIncidents(incidents);
});

test("C copies the picture with a link, Shift C the table, and the menu needs no mouse", async ({ page, context, incidents }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await openThroughput(page);
  await page.locator(".chart-stop").focus();
  await page.keyboard.press("c");
  await expect(status(page)).toHaveText("Throughput: The picture is on the clipboard.");
  const copied = await page.evaluate(async () => {
    const [item] = await navigator.clipboard.read();
    const png = new Uint8Array(await (await item.getType("image/png")).arrayBuffer());
    return { types: [...item.types].sort(), head: [...png.slice(0, 4)], html: await (await item.getType("text/html")).text() };
  });
  expect(copied.types).toEqual(["image/png", "text/html"]);
  expect(copied.head).toEqual([0x89, 0x50, 0x4e, 0x47]);
  expect(copied.html).toMatch(/<a href="http[^"]*view=throughput/);

  await page.keyboard.press("Shift+C");
  await expect(status(page)).toHaveText("Throughput: The table is on the clipboard.");
  expect(await page.evaluate(() => navigator.clipboard.readText())).toMatch(/^\| Date \|/);

  const menu = page.getByLabel(MENU);
  await menu.focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("button", { name: "Copy link to the chart" })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("button", { name: "Copy link to the chart" })).toBeHidden();
  await expect(menu).toBeFocused();
  await page.keyboard.press("Enter");
  for (let presses = 0; presses < 4; presses++) await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await expect(status(page)).toHaveText("Throughput: The link is on the clipboard.");
  expect(await page.evaluate(() => navigator.clipboard.readText())).toMatch(/^http.*#.*view=throughput.*chart=throughput$/);
  expectNoIncidents(incidents);
});

test("where the clipboard is refused the old way copies, and where that is refused the text is shown, selected", async ({ page, incidents }) => {
  await page.addInitScript(() => {
    const refuse = () => Promise.reject(new DOMException("refused", "NotAllowedError"));
    Object.defineProperty(navigator, "clipboard", { value: { write: refuse, writeText: refuse } });
  });
  await openThroughput(page);
  const pasted = page.evaluate(() => new Promise<string>((resolve) => document.addEventListener("copy", (event) => setTimeout(() => resolve(event.clipboardData!.getData("text/plain"))), { once: true })));
  await take(page, "Copy link to the chart");
  await expect(status(page)).toHaveText("Throughput: The link is on the clipboard.");
  expect(await pasted).toBeDefined();

  await page.evaluate(() => (document.execCommand = () => false));
  await take(page, "Copy table as Markdown");
  const box = page.getByRole("dialog", { name: "Table of Throughput" });
  await expect(box).toBeVisible();
  expect(await page.evaluate(() => getSelection()!.toString() || (document.activeElement as HTMLTextAreaElement).value)).toMatch(/^\| Date \|/);
  await expect(status(page)).toHaveText("Throughput: The table is shown for copying by hand.");
  await page.keyboard.press("Escape");
  await expect(box).toBeHidden();
  await take(page, "Copy image");
  const picture = page.getByRole("dialog", { name: "Copy the picture: Throughput" });
  await expect(picture.getByRole("img")).toBeVisible();
  await picture.getByRole("button", { name: "Close" }).click();
  expectNoIncidents(incidents);
});

test("the report is one file that opens from a disk: no script, no request, the bytes of the command line", async ({ page, browser }) => {
  // Fifty pictures and their tables are much for axe.
  test.setTimeout(240_000);
  await openPage(page);
  const file = teamExport();
  await importFile(page, file);
  const dialog = page.getByRole("dialog", { name: "Report as one HTML file" });
  /** Has the report written, of all views that show something or without some of them. */
  const written = async (...leftOut: string[]) => {
    await page.getByLabel("Workspace menu").click();
    await page.getByRole("button", { name: "Report as one HTML file" }).click();
    await expect(dialog.locator("input[name=view]").first()).toBeVisible({ timeout: 30_000 });
    for (const id of leftOut) await dialog.locator(`input[value="${id}"]`).uncheck();
    const waits = page.waitForEvent("download");
    await dialog.getByRole("button", { name: "Write the report" }).click();
    return readFileSync(await (await waits).path());
  };
  const made = await written();

  const folder = mkdtempSync(join(tmpdir(), "throughline-report-"));
  const [source, report, native] = [join(folder, file.name), join(folder, "page.html"), join(folder, "native.html")];
  writeFileSync(source, file.bytes);
  writeFileSync(report, made);
  const name = (await page.locator(".workspace-name").textContent())!;
  const zone = await page.evaluate(() => Intl.DateTimeFormat().resolvedOptions().timeZone);
  const nativeOf = (...words: string[]) => {
    execFileSync(join(ROOT, "target/debug/throughline"), ["report", source, "--html", native, "--name", name, "--tz", zone, ...words]);
    return readFileSync(native);
  };
  expect(made.equals(nativeOf()), "the page and the command line make the same bytes").toBe(true);
  const some = await written("sprint", "velocity", "burnup", "forecast", "quality", "debt", "wip");
  expect(some.length).toBeLessThan(made.length);
  expect(some.equals(nativeOf("--view", "flow", "--view", "overview", "--view", "Throughput")), "and of the same views").toBe(true);

  for (const colorScheme of ["light", "dark"] as const) {
    const context = await browser.newContext({ colorScheme });
    const reader = await context.newPage();
    const requests: string[] = [];
    const errors: string[] = [];
    reader.on("request", (request) => requests.push(request.url()));
    reader.on("console", (message) => errors.push(message.text()));
    await reader.goto(pathToFileURL(report).href);
    expect(await reader.locator("script").count()).toBe(0);
    expect(await reader.locator("article[data-chart] svg[role=img]").count()).toBeGreaterThan(15);
    const { violations } = await new AxeBuilder({ page: reader }).analyze();
    const serious = violations.filter(({ impact }) => impact === "serious" || impact === "critical");
    expect(serious.map(({ id, nodes }) => `${id}: ${nodes.slice(0, 3).map(({ target }) => target.join(" ")).join(", ")}`)).toEqual([]);
    // The style sheet holds by its hash, in both themes.
    const background = await reader.evaluate(() => getComputedStyle(document.body).backgroundColor);
    expect(background).toBe(colorScheme === "light" ? "rgb(244, 245, 247)" : "rgb(15, 17, 21)");
    expect(requests).toEqual([pathToFileURL(report).href]);
    expect(errors).toEqual([]);
    await context.close();
  }
});
