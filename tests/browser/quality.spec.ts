// The data-quality report: the verdict in words, and from each finding to its items, its views and its fix.
import type { Export } from "./exports";
import { goTo, importFile, openPage } from "./product";
import { expect, expectNoIncidents, test } from "./watched_page";

const ODD: Export = {
  name: "odd.csv",
  bytes: Buffer.from(
    [
      "Issue key,Issue id,Summary,Status,Status Category,Created,Resolved",
      "ODD-1,1,Done at some time,Done,Done,02/Jan/24 9:00 AM,",
      "ODD-2,2,Nobody knows,Zwischenlager,,02/Jan/24 9:00 AM,",
      "ODD-3,3,In order,Done,Done,02/Jan/24 9:00 AM,09/Jan/24 9:00 AM",
      "",
    ].join("\n"),
  ),
};

test("a finding leads to its items, its views and its fix", async ({ page, incidents }) => {
  await openPage(page);
  await importFile(page, ODD);
  await goTo(page, "#view=import");
  const quality = page.locator("#quality");
  await expect(quality.locator(".verdict")).toHaveText(/^Not usable for: Sprint, Velocity/);

  const undated = quality.locator("[data-finding=done-without-date]");
  await expect(undated).toContainText("warning");
  await expect(undated).toContainText("1 item (33.3 %) is done, but has no finish date");
  await undated.getByRole("button", { name: "Show items" }).click();
  const drawer = page.getByRole("dialog");
  await expect(drawer.locator(".table-count")).toHaveText("1 item");
  await expect(drawer).toContainText("ODD-1");
  await page.keyboard.press("Escape");
  await expect(drawer).toBeHidden();

  const unmapped = quality.locator("[data-finding=unmapped-statuses]");
  await unmapped.getByRole("button", { name: "Correct statuses" }).click();
  await expect(page.locator("#statuses")).toBeFocused();
  await page.getByLabel("What Zwischenlager counts as").selectOption("To do");
  await expect(unmapped).toHaveCount(0);

  await undated.getByRole("link", { name: "Throughput" }).click();
  await expect(page.locator('main[data-view="throughput"]')).toBeVisible();
  expectNoIncidents(incidents);
});
