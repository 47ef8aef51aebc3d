// Uptime from incidents alone: its charts walked by keyboard and held against the command line, and its targets edited, kept
// over a reload and undone.
import type { Page } from "@playwright/test";
import type { Export } from "./exports";
import { chart, expectSaved, goTo, importFile, numbers, numbersOf, openPage, report, status } from "./product";
import { expect, test } from "./watched_page";

const CHARTS = ["uptime", "uptime-trend", "error-budget", "outages", "service-recovery"];

const incidents = (): Export => ({
  name: "incidents.csv",
  bytes: Buffer.from(
    [
      "started_at,resolved_at,id,service,severity",
      "2024-04-01T08:00:00Z,2024-04-01T09:00:00Z,INC-1,shop,high",
      "2024-04-05T10:00:00Z,2024-04-05T11:00:00Z,INC-2,shop,high",
      "2024-04-05T10:30:00Z,2024-04-05T12:00:00Z,INC-3,shop;mail,low",
      "2024-04-20T10:00:00Z,2024-04-20T10:30:00Z,INC-4,mail,low",
      "",
    ].join("\n"),
  ),
});

const target = (page: Page, service: string) => page.locator(`[data-target="${service}"] input`);

test("charts of incidents are walked by keyboard and say what the command line says", async ({ page }, testInfo) => {
  await openPage(page);
  await importFile(page, incidents());
  await goTo(page, "#view=uptime");
  const told = report(testInfo, incidents());
  for (const id of CHARTS) {
    const figure = await chart(page, id);
    expect(await numbers(page, id), id).toEqual(numbersOf(told, id));
    const metric = told.metrics.find((metric: { id: string }) => metric.id === id);
    await expect(figure.locator("figcaption")).toHaveText(metric.summary);
    // To a mark that has incidents behind it, and to them.
    await figure.locator(".chart-stop").focus();
    const readout = figure.locator(".chart-readout");
    let count = 0;
    for (let step = 0; step < 60 && count === 0; step++) {
      await page.keyboard.press("ArrowRight");
      count = Number(/\((\d+) incidents?\)/.exec((await readout.textContent()) ?? "")?.[1] ?? 0);
    }
    expect(count, `${id} leads to incidents`).toBeGreaterThan(0);
    await page.keyboard.press("Enter");
    const drawer = page.locator("dialog.drawer[open]");
    await expect(drawer.locator(".table-count")).toHaveText(count === 1 ? "1 incident" : `${count} incidents`);
    await expect(drawer.locator("tbody tr")).toHaveCount(count);
    await page.keyboard.press("Escape");
    await expect(drawer).toHaveCount(0);
  }
});

test("a target is set, kept over a reload and undone", async ({ page }) => {
  await openPage(page);
  await importFile(page, incidents());
  await goTo(page, "#view=uptime");
  const targets = async () => (await numbers(page, "uptime"))["Target"];
  expect(await targets()).toEqual({ mail: 99.9, shop: 99.9 });

  await target(page, "").fill("99");
  await target(page, "").press("Tab");
  await expect.poll(targets).toEqual({ mail: 99, shop: 99 });
  await target(page, "shop").fill("99.5 %");
  await target(page, "shop").press("Tab");
  await expect.poll(targets).toEqual({ mail: 99, shop: 99.5 });

  await target(page, "mail").fill("101");
  await target(page, "mail").press("Tab");
  await expect(page.locator('[data-target="mail"] [role=status]')).toContainText("0 to 100");
  expect(await targets()).toEqual({ mail: 99, shop: 99.5 });

  await expectSaved(page);
  await page.reload();
  await goTo(page, "#view=uptime");
  await expect.poll(targets).toEqual({ mail: 99, shop: 99.5 });
  await expect(target(page, "shop")).toHaveValue("99.5");

  await page.keyboard.press("Control+z");
  await expect(status(page)).toContainText("Undone");
  await expect.poll(targets).toEqual({ mail: 99, shop: 99 });
  await expect(target(page, "shop")).toHaveValue("");
});
