// What an address says, and what the page then shows.
import { teamExport } from "./exports";
import { expectSaved, goTo, importFile, openPage } from "./product";
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
