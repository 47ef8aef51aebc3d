// Without a mouse, and by the rules that a program can check: every view, light and dark, wide and narrow.
import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { teamExport } from "./exports";
import { chart, goTo, importFile, numbers, openPage } from "./product";
import { startTwoOrigins } from "./two_origins";
import type { TwoOrigins } from "./two_origins";
import { expect, test } from "./watched_page";

const VIEWS = ["start", "import", "overview", "sprint", "velocity", "burnup", "throughput", "flow", "wip", "forecast", "uptime", "quality", "debt", "capacity", "dora", "items"];
const SIZES = [
  { width: 1280, height: 900 },
  { width: 390, height: 844 },
];

/** What axe finds that is serious, and where. */
async function serious(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .map(({ id, nodes }) => `${id}: ${nodes.slice(0, 3).map(({ target }) => target.join(" ")).join(", ")}`);
}

for (const colorScheme of ["light", "dark"] as const) {
  for (const viewport of SIZES) {
    test(`nothing serious on any view: ${colorScheme}, ${viewport.width} px`, async ({ page }) => {
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      await page.setViewportSize(viewport);
      await openPage(page);
      await importFile(page, teamExport());
      for (const view of VIEWS) {
        await goTo(page, `#view=${view}`);
        await expect(page.locator('figure[data-status="loading"]')).toHaveCount(0);
        expect(await serious(page), view).toEqual([]);
        const tooWide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
        expect(tooWide, `${view} scrolls sideways`).toBeLessThanOrEqual(0);
      }
    });
  }
}

test.describe("as part of another page", () => {
  let both: TwoOrigins;
  test.beforeAll(async ({ browser, baseURL }) => {
    test.setTimeout(120_000);
    both = await startTwoOrigins(browser, baseURL!, { workspace: "data/workspace.json" });
  });
  test.afterAll(() => both.stop());

  test("nothing serious on any view with embed=1", async ({ page }) => {
    test.setTimeout(120_000);
    await page.emulateMedia({ reducedMotion: "reduce" });
    // The start screen and the account of what was read are in no frame.
    for (const view of VIEWS.slice(2)) {
      await page.goto(`${both.app}?embed=1&view=${view}`);
      await expect(page.locator('.framed:not([data-layout="message"])')).toBeVisible({ timeout: 30_000 });
      await expect(page.locator("figure[data-chart], .tile, table.items").first()).toBeVisible();
      await expect(page.locator('figure[data-status="loading"]')).toHaveCount(0);
      expect(await serious(page), view).toEqual([]);
    }
  });
});

test("from the page to a chart, a mark and its items with the keyboard alone", async ({ page }) => {
  await openPage(page);
  await importFile(page, teamExport());
  await goTo(page, "#view=throughput");
  await chart(page, "throughput");
  const stop = page.locator(".chart-stop");
  await page.locator("body").press("Tab");
  for (let presses = 0; presses < 80 && !(await stop.evaluate((stop) => stop === document.activeElement)); presses++) {
    await page.keyboard.press("Tab");
  }
  await expect(stop).toBeFocused();
  await page.keyboard.press("ArrowRight");
  const readout = page.locator(".chart-readout");
  await expect(readout).toContainText(/\d/);
  const first = await readout.textContent();
  await page.keyboard.press("ArrowRight");
  await expect(readout).not.toHaveText(first!);
  await page.keyboard.press("Home");
  await expect(readout).toHaveText(first!);

  // The mark says what the table says, and Enter shows as many items.
  const [week, count] = Object.entries((await numbers(page, "throughput"))["Finished"])[0];
  await expect(readout).toContainText(week);
  await page.keyboard.press("Enter");
  const drawer = page.getByRole("dialog");
  await expect(drawer).toBeVisible();
  await expect(drawer.locator(".table-count")).toHaveText(count === 1 ? "1 item" : `${count} items`);
  await page.keyboard.press("Escape");
  await expect(drawer).toBeHidden();
  await expect(stop).toBeFocused();

  await page.keyboard.press("t");
  await expect(page.locator("figure table.numbers")).toBeVisible();
});
