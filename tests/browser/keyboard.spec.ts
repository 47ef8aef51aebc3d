// Without a mouse: the list of workspaces, the dialogs and the menus. Whoever closes one is back where it was opened.
import { readFileSync } from "node:fs";
import type { Locator, Page } from "@playwright/test";
import { teamExport } from "./exports";
import { chart, expectSaved, importFile, openPage, status } from "./product";
import { expect, expectNoIncidents, test } from "./watched_page";

/** Presses Tab until something has the focus, as a person does who looks at the focus. */
async function tabTo(page: Page, wanted: Locator, key = "Tab") {
  await expect(wanted).toBeVisible();
  for (let presses = 0; presses < 150; presses++) {
    if (await wanted.evaluate((wanted) => wanted === document.activeElement)) return;
    await page.keyboard.press(key);
  }
  expect(await page.evaluate(() => document.activeElement?.outerHTML.slice(0, 200)), `${wanted} is not reached`).toBe("");
}

async function press(page: Page, wanted: Locator, key = "Enter") {
  await tabTo(page, wanted);
  await page.keyboard.press(key);
}

const menu = (page: Page) => page.getByLabel("Workspace menu");
const navigation = (page: Page, view: string) => page.getByRole("navigation", { name: "Views" }).getByRole("link", { name: view, exact: true });
const dialog = (page: Page, name: string) => page.getByRole("dialog", { name, exact: true });

/** Opens a dialog from the workspace menu, and sees that the focus is in it. */
async function openFromMenu(page: Page, entry: string, title: string) {
  await press(page, menu(page));
  await press(page, page.locator("details.menu[open]").getByRole("button", { name: entry }));
  await expect(dialog(page, title)).toBeVisible();
  await expect.poll(() => dialog(page, title).evaluate((dialog) => dialog.contains(document.activeElement))).toBe(true);
  return dialog(page, title);
}

async function closeToMenu(page: Page, title: string) {
  await page.keyboard.press("Escape");
  await expect(dialog(page, title)).toBeHidden();
  await expect(menu(page)).toBeFocused();
}

async function openTeam(page: Page) {
  await openPage(page);
  await importFile(page, teamExport());
  await expectSaved(page);
}

test("the list of workspaces: rename, duplicate, delete, undo", async ({ page, incidents }) => {
  await openTeam(page);
  const rows = page.locator("section[aria-labelledby=kept] > ul > li");
  const entry = (name: string) => rows.getByRole("button", { name, exact: true });
  await press(page, page.locator("header a.product"));
  await expect(page.locator('main[data-view="start"]')).toBeVisible();

  await press(page, entry("Rename team"));
  await expect(page.getByRole("textbox", { name: "Name of the workspace" })).toBeFocused();
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.type("Core");
  await page.keyboard.press("Enter");
  await expect(entry("Rename Core")).toBeFocused();

  await press(page, entry("Duplicate Core"));
  await expect(rows).toHaveCount(2);
  await press(page, entry("Delete Core (copy)"));
  await expect(rows).toHaveCount(1);
  const undo = page.getByRole("button", { name: "Undo", exact: true }).first();
  await expect(undo).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(rows).toHaveCount(2);
  expectNoIncidents(incidents);
});

test("sharing leads to publishing, and both back to where they were opened", async ({ page, incidents }) => {
  await openTeam(page);
  await press(page, navigation(page, "Flow"));
  await chart(page, "cycle-time");
  // The header is before the views.
  await tabTo(page, menu(page), "Shift+Tab");
  const share = await openFromMenu(page, "Share…", "Share");
  await expect(share.locator("[data-local]")).toContainText("Recipients see only the settings, not your data.");
  for (const [place, id] of [["Confluence Cloud", "confluence-cloud"], ["Web page", "html"], ["Link", "link"]]) {
    await press(page, share.getByRole("button", { name: place, exact: true }));
    await expect(share.locator("[data-sheet]"), id).toHaveAttribute("aria-label", place);
  }
  await closeToMenu(page, "Share");

  await openFromMenu(page, "Share…", "Share");
  await press(page, share.getByRole("button", { name: "Publish this view…" }));
  await expect(share).toBeHidden();
  const publish = dialog(page, "Publish");
  await expect(publish).toBeVisible();
  const chosen = () => publish.locator("input[name=view]:checked").evaluateAll((boxes) => boxes.map((box) => (box as HTMLInputElement).value));
  expect(await chosen()).toEqual(["flow"]);
  await press(page, publish.getByLabel("Velocity"), "Space");
  expect(await chosen()).toEqual(["velocity", "flow"]);
  await press(page, publish.getByRole("button", { name: "Show what becomes public" }));
  const preview = publish.getByRole("region", { name: "What becomes public", exact: true });
  await expect(preview).toBeVisible({ timeout: 30_000 });
  await press(page, preview.locator("summary"));
  await expect(preview.locator(".publish-files")).toContainText("data/views/velocity.answers");
  await expect(preview.locator(".publish-files")).not.toContainText("data/views/throughput.answers");
  await tabTo(page, publish.getByLabel("Address of the site"));
  await page.keyboard.type("https://site.example/team");
  await tabTo(page, publish.getByRole("link", { name: "Open the check in a new tab" }));
  await closeToMenu(page, "Publish");

  // From the menu all views are chosen.
  await openFromMenu(page, "Publish…", "Publish");
  expect((await chosen()).length).toBeGreaterThan(10);
  await closeToMenu(page, "Publish");
  expectNoIncidents(incidents);
});

test("every entry of a chart's menu is reached and does what it says", async ({ page, context, incidents }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await openTeam(page);
  await press(page, navigation(page, "Throughput"));
  await chart(page, "throughput");
  await expect(page.locator(".chart-frame svg, .chart-frame canvas")).toHaveCount(1);
  const summary = page.getByLabel("Take along: Throughput");
  const entries = page.locator("details.chart-menu li button");
  const files = ["Download PNG", "Download SVG", "Download CSV"];
  const titles = ["Copy image", "Copy table as Markdown", "Copy table for wikis (HTML)", "Copy link to the chart", ...files, "Embed…"];
  await press(page, summary);
  expect(await entries.allTextContents()).toEqual(titles);
  for (const title of titles) {
    await expect(page.locator("details.chart-menu")).toHaveAttribute("open", "");
    const waits = files.includes(title) ? page.waitForEvent("download") : undefined;
    await press(page, entries.filter({ hasText: title }));
    if (title === "Embed…") break;
    await expect(status(page)).toContainText(waits ? "was handed to the browser" : "is on the clipboard");
    await waits;
    await expect(summary).toBeFocused();
    await page.keyboard.press("Enter");
  }
  const share = dialog(page, "Share");
  await expect(share).toBeVisible();
  await expect(share.getByLabel("What is shared")).toHaveValue("throughput");
  await page.keyboard.press("Escape");
  await expect(summary).toBeFocused();
  expectNoIncidents(incidents);
});

test("the report is of the views that are chosen, and of none it is not written", async ({ page, incidents }) => {
  await openTeam(page);
  await openFromMenu(page, "Report as one HTML file…", "Report as one HTML file");
  const report = dialog(page, "Report as one HTML file");
  const boxes = report.locator("input[name=view]");
  await expect(boxes.first()).toBeVisible({ timeout: 30_000 });
  // The export holds items and nothing else.
  const ids = (of: Locator) => of.evaluateAll((boxes) => boxes.map((box) => (box as HTMLInputElement).value));
  const shown = await ids(report.locator("input[name=view]:checked"));
  expect(shown).toEqual((await ids(boxes)).filter((id) => shown.includes(id)));
  expect(shown).toEqual(expect.arrayContaining(["overview", "sprint", "velocity", "flow"]));
  for (const empty of ["uptime", "dora"]) expect(shown).not.toContain(empty);
  await expect(report.getByText("Uptime (nothing to show)")).toBeVisible();
  for (const id of shown) await press(page, report.locator(`input[value="${id}"]`), "Space");
  await expect(report.getByRole("status")).toContainText("No view is chosen: the report would be empty.");
  await expect(report.getByRole("button", { name: "Write the report" })).toBeDisabled();
  await closeToMenu(page, "Report as one HTML file");

  await openFromMenu(page, "Report as one HTML file…", "Report as one HTML file");
  await expect(boxes.first()).toBeVisible({ timeout: 30_000 });
  for (const id of shown.filter((id) => id !== "velocity")) await press(page, report.locator(`input[value="${id}"]`), "Space");
  const waits = page.waitForEvent("download");
  await press(page, report.getByRole("button", { name: "Write the report" }));
  const made = readFileSync(await (await waits).path(), "utf8");
  expect([...made.matchAll(/<section id="([^"]+)"/g)].map(([, id]) => id)).toEqual(["velocity", "data"]);
  await expect(menu(page)).toBeFocused();
  expectNoIncidents(incidents);
});
