// Several files of different tools at once: each finds its importer, nothing is asked, and cancelling half way keeps what was read.
import { readFileSync } from "node:fs";
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

test("cancelling half way keeps the files that were read and leaves no half one", async ({ page }) => {
  await openPage(page);
  await importFile(page, teamExport());
  const before = async () => {
    await goTo(page, "#view=import");
    return page.locator(".view-title").innerText();
  };
  const words = await before();
  // Large enough to be cancelled while it is read.
  await chooseFiles(page, longExport(200_000), fixture("trello-json/board/input.json", "board.json"));
  await expect(page.locator("[data-import=progress]")).toBeVisible();
  await page.getByRole("button", { name: "Cancel" }).click();
  await expect(status(page)).toContainText(/cancelled/i);
  await expect(page.locator("[data-import=progress]")).toHaveCount(0);
  expect(await before()).toBe(words);
  await expect(page.locator(".source-card")).toHaveCount(1);
});
