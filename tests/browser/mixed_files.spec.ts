// Several files of different tools at once: each finds its importer, nothing is asked, and cancelling half way keeps what was read.
import { readFileSync } from "node:fs";
import type { Page } from "@playwright/test";
import type { Export } from "./exports";
import { longExport, teamExport } from "./exports";
import { chart, chooseFiles, goTo, importFile, openPage, status } from "./product";
import { expect, expectNoIncidents, test } from "./watched_page";

const fixture = (path: string, name: string): Export => ({ name, bytes: readFileSync(new URL(`../exports/${path}`, import.meta.url)) });

const MIXED = [
  teamExport(),
  fixture("github-deployments/statuses/input.json", "deployments.json"),
  fixture("pagerduty-incidents/answer/input.json", "incidents.json"),
  fixture("plain-capacity/two-teams/input.csv", "capacity.csv"),
  fixture("trello-json/board/input.json", "board.json"),
];

test("five files of five tools come in at once, without a question", async ({ page, incidents }) => {
  await openPage(page);
  await chooseFiles(page, ...MIXED);
  await expect(status(page)).toContainText("board.json: ", { timeout: 30_000 });
  await expect(page.locator("[data-import=progress]")).toHaveCount(0);
  await expect(page.locator("dialog[open]")).toHaveCount(0);
  await goTo(page, "#view=import");
  const cards = page.locator(".source-card");
  await expect(cards).toHaveCount(MIXED.length);
  const formats = await cards.locator("p > strong").allInnerTexts();
  expect(formats.join(" ")).toMatch(/Trello/);
  expect(formats.join(" ")).toMatch(/PagerDuty/);
  expect(formats.join(" ")).toMatch(/GitHub/);
  // Every row of every file is accounted for.
  for (const words of await cards.locator("[data-equation]").allInnerTexts()) {
    expect(words).not.toContain("not accounted for");
    const numbers = words.split(/[=+]/).map((term) => Number(term.replace(/[^0-9]/g, "")));
    expect(numbers.slice(1).reduce((sum, number) => sum + number, 0), words).toBe(numbers[0]);
  }
  await goTo(page, "#view=throughput");
  await chart(page, "throughput");
  expectNoIncidents(incidents);
});

/** Clicks Cancel in the moment that the progress says this: a click from outside may come when the file has been read. */
const cancelWhen = (page: Page, progress: RegExp) =>
  page.evaluate((pattern) => {
    const observer = new MutationObserver(() => {
      const words = document.querySelector("[data-import=progress]")?.textContent ?? "";
      if (!new RegExp(pattern).test(words)) return;
      observer.disconnect();
      document.querySelector<HTMLButtonElement>(".import-progress button")!.click();
    });
    observer.observe(document.body, { subtree: true, childList: true, characterData: true });
  }, progress.source);

const view = async (page: Page) => {
  await goTo(page, "#view=import");
  return page.locator(".view-title").innerText();
};

for (const [when, progress] of [
  ["at once", /Reading, 0 rows/],
  ["half way", /Reading: .* of .*, [1-9]/],
] as const) {
  test(`cancelling ${when} keeps the files that were read and leaves no half one`, async ({ page }) => {
    await openPage(page);
    await importFile(page, teamExport());
    const words = await view(page);
    await cancelWhen(page, progress);
    // Large enough to be read in several parts.
    await chooseFiles(page, longExport(200_000), fixture("trello-json/board/input.json", "board.json"));
    await expect(status(page)).toContainText("The import of long.csv was cancelled. The workspace is as it was.");
    await expect(page.locator("[data-import=progress]")).toHaveCount(0);
    expect(await view(page)).toBe(words);
    await expect(page.locator(".source-card")).toHaveCount(1);
  });
}

test("cancelling when a file has been read leaves out those after it, and says so", async ({ page }) => {
  // The moment in which it is too late for a file: the page hands it over to the engine, in a message of four parts.
  await page.addInitScript(() => {
    const plain = Worker.prototype.postMessage;
    Worker.prototype.postMessage = function (this: Worker, ...words: any[]) {
      plain.apply(this, words as [any]);
      if ("cancelNext" in window && Array.isArray(words[0]) && words[0].length === 4) {
        document.querySelector<HTMLButtonElement>(".import-progress button")!.click();
      }
    };
  });
  await openPage(page);
  await importFile(page, teamExport());
  await page.evaluate(() => Object.assign(window, { cancelNext: true }));
  await chooseFiles(page, longExport(20_000), fixture("trello-json/board/input.json", "board.json"));
  await expect(status(page)).toContainText("The import was cancelled after long.csv, which had been read: the file after it was left out.");
  await expect(page.locator("[data-import=progress]")).toHaveCount(0);
  await goTo(page, "#view=import");
  await expect(page.locator(".source-card")).toHaveCount(2);
});
