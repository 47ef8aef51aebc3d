// Sharing: what is copied, what it says about the data, and that what is pasted into a host works there as it is.
import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { chart, goTo, importFile, openPage } from "./product";
import { teamExport } from "./exports";
import { drawnFrame, startTwoOrigins } from "./two_origins";
import type { TwoOrigins } from "./two_origins";
import { expect, test } from "./watched_page";

const dialog = (page: Page) => page.locator("dialog.share[open]");
const snippet = (page: Page, label: string) => dialog(page).getByRole("textbox", { name: label, exact: true });

async function openShare(page: Page) {
  // A published page has no menu of a workspace.
  const menu = page.getByLabel("Workspace menu");
  if (await menu.isVisible()) await menu.click();
  await page.getByRole("button", { name: "Share…" }).click();
  await expect(dialog(page)).toBeVisible();
}
const tab = (page: Page, name: string) => dialog(page).getByRole("group", { name: "Where" }).getByRole("button", { name, exact: true }).click();

test.describe("data of this browser", () => {
  test("the dialog says that recipients see no data, and the link holds the settings alone", async ({ page, context, incidents }) => {
    await context.grantPermissions(["clipboard-read", "clipboard-write"]);
    await openPage(page);
    await importFile(page, teamExport());
    await goTo(page, "#view=sprint&f.type=Bug");
    await chart(page, "burndown");
    await openShare(page);
    await expect(dialog(page).locator("[data-local]")).toContainText("Recipients see only the settings, not your data.");
    const link = await snippet(page, "Link").inputValue();
    expect(link).toContain("#v=1&view=sprint");
    expect(link).toContain("f.type=Bug");
    expect(link).not.toContain("TEAM");
    await dialog(page).getByRole("button", { name: "Copy" }).click();
    await expect(dialog(page)).toContainText("Copied.");
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(link);
    await tab(page, "Confluence Cloud");
    await expect(dialog(page).locator('[data-live-test="none"]')).toBeVisible();
    await expect(dialog(page).locator("iframe")).toHaveCount(0);
    const { violations } = await new AxeBuilder({ page }).include("dialog.share").analyze();
    expect(violations.filter(({ impact }) => impact === "serious" || impact === "critical").map(({ id }) => id)).toEqual([]);
    await page.keyboard.press("Escape");
    await expect(dialog(page)).toHaveCount(0);
    await page.getByLabel("Workspace menu").click();
    await page.getByRole("button", { name: "Copy link" }).click();
    await expect(page.locator("p.status[role=status]")).toContainText("not your data");
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(link);
    expect(incidents.errors).toEqual([]);
  });

  test("where the browser refuses to copy, the old way copies, and where that is refused the text is shown, selected", async ({ page }) => {
    await page.addInitScript(() => {
      navigator.clipboard.writeText = () => Promise.reject(new DOMException("no", "NotAllowedError"));
    });
    await openPage(page);
    await importFile(page, teamExport());
    await openShare(page);
    // The old way of copying is not refused.
    const copy = dialog(page).getByRole("button", { name: "Copy" });
    const pasted = page.evaluate(() => new Promise<string>((resolve) => document.addEventListener("copy", (event) => setTimeout(() => resolve(event.clipboardData!.getData("text/plain"))), { once: true })));
    await copy.click();
    await expect(dialog(page)).toContainText("Copied.");
    expect(await pasted).toBeDefined();
    await expect(copy).toBeFocused();
    await page.evaluate(() => (document.execCommand = () => false));
    await copy.click();
    const box = page.getByRole("dialog", { name: "Link" });
    const area = box.getByRole("textbox");
    await expect(area).toBeFocused();
    await expect(area).toHaveValue(await snippet(page, "Link").inputValue());
    expect(await area.evaluate((area: HTMLTextAreaElement) => area.selectionEnd - area.selectionStart === area.value.length)).toBe(true);
    await page.keyboard.press("Escape");
    await expect(dialog(page)).toContainText("shown for copying by hand");
  });
});

test.describe("published data", () => {
  let both: TwoOrigins;
  test.beforeAll(async ({ browser, baseURL }) => {
    test.setTimeout(120_000);
    both = await startTwoOrigins(browser, baseURL!, { workspace: "data/workspace.json" });
  });
  test.afterAll(() => both.stop());

  /** The text for a host, of the burnup chart. */
  async function textFor(page: Page, where: string, label: string) {
    await openPage(page, `${both.app}#v=1&view=burnup`);
    await chart(page, "burnup");
    await openShare(page);
    await dialog(page).getByLabel("What is shared").selectOption("burnup");
    await tab(page, where);
    const text = await snippet(page, label).inputValue();
    expect(text, "published data of the site needs no src").not.toContain("src=data");
    return text;
  }

  test("the frame in the dialog is the one that the host will show", async ({ page, incidents }) => {
    const address = await textFor(page, "Confluence Cloud", "Address for the Iframe macro");
    expect(address).toBe(`${both.app}?v=1&view=burnup&chart=burnup&embed=1&h=420`);
    await expect(dialog(page).locator("[data-local]")).toHaveCount(0);
    const frame = await drawnFrame(page, "iframe.live-test");
    await expect(frame.locator('figure[data-chart="burnup"]')).toBeVisible();
    expect(await page.locator("iframe.live-test").evaluate((frame: HTMLIFrameElement) => frame.clientHeight)).toBe(420);
    await dialog(page).getByRole("button", { name: "Figures only" }).click();
    await expect(frame.locator(".framed-strip .figure").first()).toBeVisible({ timeout: 30_000 });
    expect(await page.locator("iframe.live-test").evaluate((frame: HTMLIFrameElement) => frame.clientHeight)).toBe(120);
    expect(incidents.violations).toEqual([]);
    expect(incidents.errors).toEqual([]);
  });

  for (const label of ["A frame", "With embed.js"]) {
    test(`what is pasted into a web page works there: ${label}`, async ({ page, incidents }) => {
      const text = await textFor(page, "Web page", label);
      await page.goto(both.host + both.page(text));
      const frame = await drawnFrame(page);
      await expect(frame.locator('figure[data-chart="burnup"]')).toBeVisible();
      await expect(page.locator("iframe")).toHaveAttribute("title", "Burnup");
      await expect(page.locator("iframe")).toHaveAttribute("referrerpolicy", "no-referrer");
      expect(incidents.errors).toEqual([]);
    });
  }

  test("the template of the user macro follows height and colours, and frames nothing else", async ({ page, incidents }) => {
    const template = await textFor(page, "Confluence Data Center", "Template of the user macro");
    const address = await snippet(page, "Address for the macro").inputValue();
    // What Confluence does with it: comments are left out, the parameter is put in.
    const filled = (address: string) =>
      template.split("\n").filter((line) => !line.startsWith("##")).join("\n").replace("$generalUtil.htmlEncode($paramAddress)", address.replaceAll("&", "&amp;"));
    await page.goto(both.host + both.page(filled(address), '<script>document.documentElement.setAttribute("data-color-mode", "dark")</script>'));
    const frame = await drawnFrame(page);
    await expect(frame.locator("html")).toHaveAttribute("data-theme", "dark");
    await expect(frame.locator("html")).toHaveAttribute("data-frame", "own");
    await expect
      .poll(() => frame.locator("body").evaluate(() => Math.abs(innerHeight - document.querySelector(".framed")!.getBoundingClientRect().height)))
      .toBeLessThanOrEqual(1);
    await page.evaluate(() => document.documentElement.setAttribute("data-color-mode", "light"));
    await expect(frame.locator("html")).toHaveAttribute("data-theme", "light");
    expect(incidents.errors).toEqual([]);

    await page.goto(both.host + both.page(filled("javascript:alert(1)")));
    await expect(page.locator("body")).toContainText("This macro shows charts of");
    await expect(page.locator("iframe")).toHaveCount(0);
  });
});
