// What an address says, and what the page then shows.
import { teamExport } from "./exports";
import { chart, expectSaved, goTo, importFile, openPage, report } from "./product";
import { expect, test } from "./watched_page";

const itemOf = (address: string) => new URLSearchParams(new URL(address).hash.slice(1)).get("item");

test("the open item is in the address, and an address opens it", async ({ page }) => {
  await openPage(page);
  await importFile(page, teamExport());
  await expectSaved(page);
  await goTo(page, "#view=items");
  const button = page.locator("table.items tbody button.key").first();
  const key = (await button.textContent())!;
  await button.click();
  const drawer = page.getByRole("dialog", { name: "Work item" });
  await expect(drawer.locator("h2")).toContainText(key);
  expect(itemOf(page.url())).toBe(key);
  const entries = await page.evaluate(() => history.length);
  await page.keyboard.press("Escape");
  await expect(drawer).toBeHidden();
  await expect(button).toBeFocused();
  expect(itemOf(page.url())).toBeNull();
  expect(await page.evaluate(() => history.length), "no step of the history").toBe(entries);

  await goTo(page, `#v=1&view=items&item=${key}`);
  await expect(drawer.locator("h2")).toContainText(key);
  await page.reload();
  await expect(drawer.locator("h2")).toContainText(key);
  await drawer.getByRole("button", { name: "Close" }).click();
  await expect(drawer).toBeHidden();
  expect(itemOf(page.url())).toBeNull();
});

test("an item that is not there is told", async ({ page }) => {
  await openPage(page, "./#view=items&item=NONE-7");
  await expect(page.locator(".notice", { hasText: "NONE-7 cannot be shown" })).toBeVisible();
  await importFile(page, teamExport());
  await goTo(page, "#v=1&view=items&item=NONE-7");
  const drawer = page.getByRole("dialog", { name: "Work item" });
  await expect(drawer.getByRole("alert")).toContainText("there is no work item NONE-7 in this workspace");
  await page.keyboard.press("Escape");
  await expect(drawer).toBeHidden();
  await openPage(page, "./?item=NONE-7");
  await expect(page.locator(".notice", { hasText: "behind # alone" })).toBeVisible();
});

test("a chart shows the percentiles of its address, as the command line does", async ({ page }, testInfo) => {
  await openPage(page);
  await importFile(page, teamExport());
  await goTo(page, "#view=flow&p=90,60");
  const figure = await chart(page, "cycle-time");
  const told = report(testInfo, teamExport(), "p=60,90").metrics.find((metric: any) => metric.id === "cycle-time");
  const levels = told.series.filter((series: any) => series.id !== "cycle-time").map((series: any) => series.name);
  expect(levels).toEqual(["60 % took at most", "90 % took at most"]);
  await expect(figure.locator(".legend li")).toHaveText(["Cycle time", ...levels]);
  for (const { id, value } of told.figures) await expect(figure.locator(`[data-figure="${id}"] [data-value]`)).toHaveAttribute("data-value", String(value));
  await expect(figure.locator('[data-figure="p85"]')).toHaveCount(0);
  expect(new URL(page.url()).hash).toContain("p=60%2C90");

  await page.getByRole("list", { name: "Filters in use" }).getByRole("button", { name: "Remove the filter 60,90" }).click();
  await expect(figure.locator('[data-figure="p85"]')).toBeVisible();
  expect(new URL(page.url()).hash).not.toContain("p=");
});
