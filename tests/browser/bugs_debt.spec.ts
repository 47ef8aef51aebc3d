// The rules that say which items are bugs and technical debt, and the targets: written with a live count, kept over a reload,
// taken back.
import type { Page } from "@playwright/test";
import { teamExport } from "./exports";
import { chart, expectSaved, goTo, importFile, numbers, openPage } from "./product";
import { expect, test } from "./watched_page";

const form = (page: Page, name: string) => page.getByRole("form", { name, exact: true });
const badge = (page: Page, name: string) => form(page, name).locator("[data-rule]");

test("the rule for bugs is tried, kept and taken back", async ({ page }) => {
  await openPage(page);
  // Of 64 items every fourth is a bug, every seventh is labelled tech-debt.
  await importFile(page, teamExport());
  await goTo(page, "#view=quality");
  const before = await numbers(page, "bugs");
  const rule = form(page, "Rule for bugs");
  await expect(rule.getByLabel("Type")).toHaveValue("Bug");
  await expect(rule.locator(".rule-count")).toContainText("Marks 16 of 64 items");
  await rule.getByLabel("Label").fill("tech-debt");
  // 16 bugs and 10 labelled, three of them both (items 1, 29 and 57).
  await expect(rule.locator(".rule-count")).toContainText("Marks 23 of 64 items");
  expect(await numbers(page, "bugs"), "trying changes nothing").toEqual(before);
  await rule.getByLabel("Type").fill("");
  await expect(rule.locator(".rule-count")).toContainText("Marks 10 of 64 items");
  await rule.getByRole("button", { name: "Save rule" }).click();
  await expect(badge(page, "Rule for bugs")).toHaveAttribute("data-rule", "yours");
  await expect(rule.getByLabel("Type")).toHaveValue("");
  const after = await numbers(page, "bugs");
  expect(after).not.toEqual(before);

  await expectSaved(page);
  await page.reload();
  await expect(badge(page, "Rule for bugs")).toHaveAttribute("data-rule", "yours");
  await expect(form(page, "Rule for bugs").getByLabel("Label")).toHaveValue("tech-debt");
  expect(await numbers(page, "bugs")).toEqual(after);

  await page.keyboard.press("Control+z");
  await expect(badge(page, "Rule for bugs")).toHaveAttribute("data-rule", "default");
  await expect(form(page, "Rule for bugs").getByLabel("Type")).toHaveValue("Bug");
  expect(await numbers(page, "bugs")).toEqual(before);
});

test("a rule that marks nothing is refused in words, and the default can be used again", async ({ page }) => {
  await openPage(page);
  await importFile(page, teamExport());
  await goTo(page, "#view=quality");
  const rule = form(page, "Rule for bugs found in production");
  await expect(rule.locator(".rule-count")).toContainText("Marks 0 of 16 bugs");
  await rule.getByLabel("Component").fill(" ; ");
  await rule.getByRole("button", { name: "Save rule" }).click();
  await expect(rule.getByRole("alert")).toContainText("Name at least one");
  await rule.getByLabel("Label").fill("Tech-Debt");
  await expect(rule.locator(".rule-count")).toContainText("Marks 3 of 16 bugs");
  await rule.getByRole("button", { name: "Save rule" }).click();
  await expect(badge(page, "Rule for bugs found in production")).toHaveAttribute("data-rule", "yours");
  await rule.getByRole("button", { name: "Use the default again" }).click();
  await expect(badge(page, "Rule for bugs found in production")).toHaveAttribute("data-rule", "default");
  await expect(rule.getByLabel("Label")).toHaveValue("");
});

test("targets make service levels, survive a reload and can be undone", async ({ page }) => {
  await openPage(page);
  await importFile(page, teamExport());
  await goTo(page, "#view=quality");
  const levels = page.locator('figure[data-chart="bug-service-levels"]');
  await expect(levels).toHaveAttribute("data-status", "not-computable");
  const high = form(page, "Targets").getByLabel("High, days");
  await high.fill("soon");
  await high.press("Tab");
  await expect(form(page, "Targets").getByRole("alert").filter({ hasText: "Give a number" })).toBeVisible();
  await high.fill("5");
  await high.press("Tab");
  await chart(page, "bug-service-levels");

  await expectSaved(page);
  await page.reload();
  await chart(page, "bug-service-levels");
  await expect(form(page, "Targets").getByLabel("High, days")).toHaveValue("5");
  await page.keyboard.press("Control+z");
  await expect(levels).toHaveAttribute("data-status", "not-computable");
  await expect(form(page, "Targets").getByLabel("High, days")).toHaveValue("");
});

test("the rule and the target for technical debt are kept and taken back", async ({ page }) => {
  await openPage(page);
  await importFile(page, teamExport());
  await goTo(page, "#view=debt");
  const rule = form(page, "Rule for technical debt");
  await expect(rule.locator(".rule-count")).toContainText("Marks 10 of 64 items");
  await rule.getByLabel("Words in the title").fill("phase 1");
  // Every third title says so, three of them are labelled, too.
  await expect(rule.locator(".rule-count")).toContainText("Marks 28 of 64 items");
  await rule.getByRole("button", { name: "Save rule" }).click();
  await expect(badge(page, "Rule for technical debt")).toHaveAttribute("data-rule", "yours");
  const share = form(page, "Target for technical debt").getByLabel("Share in %");
  await share.fill("30");
  await share.press("Tab");
  await expect(page.locator('figure[data-chart="technical-debt-share"] dl.figures')).toContainText("30 %");

  await expectSaved(page);
  await page.reload();
  await chart(page, "technical-debt-share");
  await expect(form(page, "Target for technical debt").getByLabel("Share in %")).toHaveValue("30");
  await expect(form(page, "Rule for technical debt").getByLabel("Words in the title")).toHaveValue("phase 1");
  await page.keyboard.press("Control+z");
  await expect(form(page, "Target for technical debt").getByLabel("Share in %")).toHaveValue("");
  await page.keyboard.press("Control+z");
  await expect(badge(page, "Rule for technical debt")).toHaveAttribute("data-rule", "default");
});
