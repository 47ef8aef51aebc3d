// Paper: what is printed of a view is light, whole and says what it is of, whatever the screen shows.
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import type { Page, TestInfo } from "@playwright/test";
import { teamExport } from "./exports";
import { chart, goTo, importFile, openPage } from "./product";
import { drawnFrame, startTwoOrigins } from "./two_origins";
import { expect, expectNoIncidents, test } from "./watched_page";

/** Text of a PDF, and a picture of each sheet beside it, where the tools for that are installed. */
function read(testInfo: TestInfo, name: string, pdf: Buffer): string | null {
  const path = testInfo.outputPath(`${name}.pdf`);
  writeFileSync(path, pdf);
  try {
    execFileSync("pdftoppm", ["-png", "-r", "60", path, path.replace(".pdf", "")]);
    return execFileSync("pdftotext", ["-layout", path, "-"]).toString();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
}

/** The drawings of the page: how far they stick out of their frame, and the colours of their texts. */
const drawings = (page: Page) =>
  page.evaluate(() =>
    [...document.querySelectorAll(".chart-frame:has(svg, canvas)")].map((frame) => {
      const drawing = frame.querySelector("svg, canvas")!;
      const [inner, outer] = [drawing.getBoundingClientRect(), frame.getBoundingClientRect()];
      return {
        out: Math.max(inner.right - outer.right, inner.bottom - outer.bottom, outer.right - document.documentElement.clientWidth),
        colours: [...drawing.querySelectorAll("text")].map((text) => text.getAttribute("fill") ?? ""),
      };
    }),
  );
const LIGHT = ["#1b2027", "#566070"];
const inColours = (found: { colours: string[] }[], colours: string[]) =>
  found.flatMap((drawing) => drawing.colours).filter((colour) => colour.startsWith("#")).every((colour) => colours.includes(colour));

for (const colorScheme of ["light", "dark"] as const) {
  for (const view of ["overview", "sprint", "flow"]) {
    test(`a printed sheet: ${view}, ${colorScheme}`, async ({ page, incidents }, testInfo) => {
      await page.emulateMedia({ colorScheme });
      await openPage(page);
      await importFile(page, teamExport());
      await goTo(page, `#view=${view}&f.type=!Bug&from=2024-01-02`);
      await expect(page.locator('figure[data-status="loading"]')).toHaveCount(0);
      await expect(page.locator('figure[data-status="ok"] .chart-frame:not(:has(svg, canvas))')).toHaveCount(0);
      const before = await drawings(page);
      const text = read(testInfo, view, await page.pdf({ format: "A4", printBackground: true }));
      const day = (await page.locator(".paper-head").textContent())!.match(/Data up to (.{10})/)![1];
      expect(day).toMatch(/^2024-03-\d\d$/);
      if (text !== null) {
        for (const words of [`Data up to ${day}`, "type: not Bug", "from 2024-01-02", "team", `view=${view}`]) expect(text).toContain(words);
        for (const chrome of ["Take along", "Publish…", "Skip to", "Search titles"]) expect(text).not.toContain(chrome);
      }
      // The page is as it was.
      await expect(page.locator("html")).not.toHaveAttribute("data-printing");
      await expect.poll(() => drawings(page)).toEqual(before);

      // As the browser begins to print, before anything that waits could run: drawn for paper, light, nothing cut.
      const printed = await page.evaluate(() => {
        window.dispatchEvent(new Event("beforeprint"));
        return Promise.resolve().then(() => document.documentElement.hasAttribute("data-printing"));
      });
      expect(printed).toBe(true);
      await page.emulateMedia({ media: "print", colorScheme });
      const now = await drawings(page);
      expect(inColours(now, LIGHT), JSON.stringify(now)).toBe(true);
      if (view !== "overview") {
        expect(now.length).toBeGreaterThan(0);
        for (const { out } of now) expect(out).toBeLessThanOrEqual(1);
      }
      expect(await page.evaluate(() => getComputedStyle(document.documentElement).colorScheme)).toBe("light");
      for (const hidden of ["nav.views", ".top-actions", ".filter-bar", ".chart-menu"]) await expect(page.locator(hidden).first()).toBeHidden();
      await expect(page.locator(".paper-head")).toBeVisible();
      expectNoIncidents(incidents);
    });
  }
}

test("a chart in a page that is printed is light, and as wide as its frame", async ({ page, browser, baseURL }) => {
  test.setTimeout(120_000);
  const both = await startTwoOrigins(browser, baseURL!, { workspace: "data/workspace.json" });
  try {
    await page.emulateMedia({ colorScheme: "dark" });
    await page.goto(both.host + both.page(`<iframe title="x" src="${both.app}?embed=1&chart=burnup" style="width:500px;height:420px"></iframe>`));
    const frame = await drawnFrame(page);
    const [before, now] = await frame.locator(".chart-frame svg").evaluate((drawing) => {
      const seen = () => [drawing.getBoundingClientRect().width, drawing.querySelector("text")!.getAttribute("fill")] as const;
      const before = seen();
      window.dispatchEvent(new Event("beforeprint"));
      return new Promise<(readonly [number, string | null])[]>((resolve) => setTimeout(() => resolve([before, seen()])));
    });
    expect(now[0]).toBe(before[0]);
    expect(LIGHT).toContain(now[1]);
    expect(LIGHT).not.toContain(before[1]);
  } finally {
    await both.stop();
  }
});
