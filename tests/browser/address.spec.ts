// What an address says, and what the page then shows.
import AxeBuilder from "@axe-core/playwright";
import { teamExport } from "./exports";
import { chart, expectSaved, goTo, importFile, numbers, numbersOf, openPage, report } from "./product";
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

/** Contrast of two colours as WCAG counts it. */
const contrast = (a: string, b: string) => {
  const luminance = (colour: string) => {
    const [red, green, blue] = colour.match(/\d+(\.\d+)?/g)!.map((part) => Number(part) / 255).map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const [low, high] = [luminance(a), luminance(b)].sort((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
};

for (const colorScheme of ["light", "dark"] as const) {
  test(`high contrast, the system being ${colorScheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await openPage(page, "./?theme=hc");
    await importFile(page, teamExport());
    for (const view of ["overview", "flow", "items", "import"]) {
      await goTo(page, `#view=${view}`);
      await expect(page.locator('figure[data-status="loading"]')).toHaveCount(0);
      const { violations } = await new AxeBuilder({ page }).withRules(["color-contrast", "color-contrast-enhanced"]).analyze();
      expect(violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(" ")}`)), view).toEqual([]);
    }
    await goTo(page, "#view=throughput");
    await chart(page, "throughput");
    const [text, page_, bar] = await page.evaluate(() => {
      const style = getComputedStyle(document.body);
      const bars = [...document.querySelectorAll(".chart-frame path[fill]")].map((path) => getComputedStyle(path).fill).filter((fill) => fill.startsWith("rgb(") && fill !== style.backgroundColor);
      return [style.color, style.backgroundColor, bars[0]];
    });
    expect(contrast(text, page_)).toBe(21);
    expect(contrast(bar, page_), `${bar} on ${page_}`).toBeGreaterThan(4.5);
    // It stands in the switch, and the switch takes the place of the query.
    const themes = page.getByRole("group", { name: "Theme" });
    await expect(themes.getByRole("button", { name: "Contrast" })).toHaveAttribute("aria-pressed", "true");
    await themes.getByRole("button", { name: "Auto" }).click();
    await page.reload();
    await expect(themes.getByRole("button", { name: "Auto" })).toHaveAttribute("aria-pressed", "true");
    await expect(page.locator("html")).not.toHaveAttribute("data-theme");
  });
}

test("a system that asks for more contrast gets it", async ({ page }) => {
  await page.emulateMedia({ contrast: "more" });
  await openPage(page);
  await expect(page.locator("html")).toHaveAttribute("data-theme", "hc");
  await page.emulateMedia({ contrast: "no-preference" });
  await expect(page.locator("html")).not.toHaveAttribute("data-theme");
  // Of the few colours of a system that forces its own several are alike: patterns tell series apart.
  await page.emulateMedia({ contrast: "no-preference", forcedColors: "active" });
  await expect(page.locator("html")).toHaveAttribute("data-decal", "1");
  await page.emulateMedia({ contrast: "no-preference", forcedColors: "none" });
  await expect(page.locator("html")).not.toHaveAttribute("data-decal");
});

test("patterns, no motion and a serif where the address asks for them", async ({ page }) => {
  await openPage(page, "./?decal=1&motion=0&font=serif");
  await importFile(page, teamExport());
  await goTo(page, "#view=velocity");
  const figure = await chart(page, "velocity");
  await expect(figure.locator(".chart-frame pattern").first()).toBeAttached();
  await expect(figure.locator(".legend .mark-bar").first()).toHaveCSS("background-image", /gradient/);
  const font = await figure.locator("svg text").first().evaluate((text) => getComputedStyle(text).fontFamily);
  expect(font).toContain("serif");
  expect(font).not.toContain("sans");
  const moves = await page.evaluate(() => [...document.querySelectorAll("*")].filter((one) => getComputedStyle(one).transitionDuration.split(", ").some((time) => time !== "0s")).length);
  expect(moves).toBe(0);

  await openPage(page, "./#view=velocity");
  await chart(page, "velocity");
  await expect(page.locator("html")).not.toHaveAttribute("data-decal");
  await expect(page.locator(".chart-frame pattern")).toHaveCount(0);
});

test("time is told by sprints where it can be, and a chart that cannot says why", async ({ page }, testInfo) => {
  await openPage(page);
  await importFile(page, teamExport());
  await goTo(page, "#view=throughput");
  const figure = await chart(page, "throughput");
  const weeks = await numbers(page, "throughput");
  await page.getByRole("group", { name: "Period" }).getByRole("button", { name: "Sprint" }).click();
  await expect(figure.locator("table.numbers tbody tr")).not.toHaveCount(Object.keys(weeks["Finished"]).length);
  expect(new URL(page.url()).hash).toContain("g=sprint");
  expect(await numbers(page, "throughput")).toEqual(numbersOf(report(testInfo, teamExport(), "g=sprint"), "throughput"));
  await expect(figure.locator('[data-note="by-week"]')).toHaveCount(0);

  // All its items lie in no sprint: weeks, and the reason.
  await goTo(page, "#v=1&view=throughput&g=sprint&f.sprint=");
  await expect(figure.locator('[data-note="by-week"]')).toContainText("Shown by week and not by sprint: no sprint of these items has dates.");

  await goTo(page, "#v=1&view=throughput&wk=sun");
  await expect(figure.locator('[data-note="weeks"]')).toHaveText("Weeks begin on Sunday.");
  const first = Object.keys((await numbers(page, "throughput"))["Finished"])[0];
  expect(new Date(`${first}T00:00Z`).getUTCDay()).toBe(0);
});

test("a time zone and a language say what they do", async ({ page }) => {
  await openPage(page, "./?tz=America/New_York");
  await importFile(page, teamExport());
  await goTo(page, "#view=import");
  await expect(page.locator("main")).toContainText("Days are those of the time zone America/New_York");
  await expect(page.locator(".notice", { hasText: "tz=" })).toHaveCount(0);
  await goTo(page, "#v=1&view=import&tz=Asia/Tokyo&lang=de");
  await expect(page.locator(".notice", { hasText: "tz=Asia/Tokyo changes nothing" })).toContainText("The days of this workspace are those of America/New_York");
  await expect(page.locator(".notice", { hasText: "lang=de changes nothing" })).toContainText("2024-01-31");
  await goTo(page, "#v=1&view=overview&tz=Mars/Olympus&lang=en-GB");
  await expect(page.locator(".notice", { hasText: "tz=Mars/Olympus changes nothing" })).toContainText("knows no such time zone");
});
