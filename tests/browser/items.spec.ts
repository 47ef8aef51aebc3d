// The table of items: any length, only what is in sight on the page, sorted and filtered by the engine.
import { longExport, teamExport } from "./exports";
import { goTo, importFile, openPage } from "./product";
import { expect, test } from "./watched_page";

const ITEMS = 20_000;

test("a long table scrolls from end to end with few rows on the page", async ({ page }, testInfo) => {
  await openPage(page);
  await importFile(page, longExport(ITEMS));
  await goTo(page, "#view=items");
  await expect(page.locator(".table-count")).toHaveText(/20.000 items/);
  const frame = page.locator(".items-scroll");
  const rows = page.locator("table.items tbody tr[aria-rowindex]");
  // A step every frame, as a wheel does. How smooth it is depends on the machine: that is written down, not judged.
  const { most, slowest } = await frame.evaluate(async (frame) => {
    let [most, slowest, last] = [0, 0, performance.now()];
    const step = frame.scrollHeight / 120;
    for (let number = 0; number < 120; number++) {
      frame.scrollTop += step;
      await new Promise(requestAnimationFrame);
      most = Math.max(most, frame.querySelectorAll("tbody tr[aria-rowindex]").length);
      const now = performance.now();
      slowest = Math.max(slowest, now - last);
      last = now;
    }
    return { most, slowest };
  });
  testInfo.annotations.push({ type: "longest time between two frames", description: `${slowest.toFixed(0)} ms` });
  expect(most, "rows on the page at once").toBeLessThan(120);
  await expect(rows.last()).toContainText(`LONG-${ITEMS}`);
  await frame.evaluate((frame) => (frame.scrollTop = 0));
  await expect(rows.first()).toContainText("LONG-1");

  await page.getByRole("button", { name: "Key", exact: true }).click();
  await expect(rows.first()).toContainText(`LONG-${ITEMS}`);
  await expect(page.locator("th[aria-sort=descending]")).toHaveText("Key");
});

test("filters choose among the items, and the address keeps them", async ({ page }) => {
  await openPage(page);
  await importFile(page, teamExport());
  await goTo(page, "#view=items&f.type=Bug");
  await expect(page.locator(".table-count")).toHaveText("16 items");
  await page.reload();
  await expect(page.locator(".table-count")).toHaveText("16 items");
  await expect(page.locator("table.items tbody")).not.toContainText("Story");
});
