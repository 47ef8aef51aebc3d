// Delivery from three plain tables: its charts walked by keyboard, production chosen, links corrected, kept over a reload and undone,
// and releases marked and listed.
import type { Page } from "@playwright/test";
import type { Export } from "./exports";
import { chart, chooseFiles, expectImported, expectSaved, goTo, numbers, openPage } from "./product";
import { expect, test } from "./watched_page";

const file = (name: string, lines: string[]): Export => ({ name, bytes: Buffer.from([...lines, ""].join("\n")) });

const FILES = [
  file("deployments.csv", [
    "deployed_at,status,id,service,environment,unplanned",
    "2024-01-01T08:00:00Z,success,d0,shop,staging,no",
    "2024-01-02T10:00:00Z,success,d1,shop,production,no",
    "2024-01-03T10:00:00Z,success,d2,cart,production,no",
    "2024-01-09T10:00:00Z,success,d3,shop,production,no",
    "2024-01-16T10:00:00Z,failure,d4,shop,production,no",
    "2024-01-17T10:00:00Z,success,d5,shop,production,yes",
    "2024-01-23T10:00:00Z,success,d6,cart,production,no",
  ]),
  file("incidents.csv", [
    "started_at,resolved_at,id,service",
    "2024-01-09T12:00:00Z,2024-01-09T14:00:00Z,INC-1,shop",
    "2024-01-16T12:00:00Z,2024-01-17T11:00:00Z,INC-2,shop",
    "2024-01-20T12:00:00Z,2024-01-20T13:00:00Z,INC-3,mail",
  ]),
  file("changes.csv", [
    "id,first_commit_at,opened_at,first_review_at,merged_at,work_item,service",
    "PR-1,2024-01-01T10:00:00Z,2024-01-01T12:00:00Z,2024-01-01T14:00:00Z,2024-01-02T09:00:00Z,WEB-1,shop",
    "PR-2,2024-01-05T10:00:00Z,2024-01-06T10:00:00Z,2024-01-07T10:00:00Z,2024-01-08T10:00:00Z,,shop",
  ]),
  file("items.csv", ["key,title,type,status,created", "WEB-1,First,Story,To Do,2024-01-01", "WEB-2,Second,Story,To Do,2024-01-01"]),
];

const CHARTS = [
  "deployment-frequency",
  "deployment-success",
  "change-lead-time",
  "change-failure-rate",
  "failed-deployment-recovery-time",
  "deployment-rework-rate",
  "deployment-calendar",
];

async function openDelivery(page: Page) {
  await openPage(page);
  for (const one of FILES) {
    await chooseFiles(page, one);
    await expectImported(page, one.name);
  }
  await goTo(page, "#view=dora");
}

const rate = async (page: Page) => (await numbers(page, "change-failure-rate"))["By service"];
const incident = (page: Page, id: string) => page.locator(`#incident-links tr[data-link="${id}"]`);
const change = (page: Page, id: string) => page.locator(`#change-links tr[data-link="${id}"]`);

test("every chart of delivery is walked by keyboard to the records behind it", async ({ page, incidents }) => {
  await openDelivery(page);
  for (const id of CHARTS) {
    const figure = await chart(page, id);
    await figure.locator(".chart-stop").focus();
    const readout = figure.locator(".chart-readout");
    let counted: string | undefined;
    for (let step = 0; step < 60 && counted === undefined; step++) {
      await page.keyboard.press(step % 12 === 11 ? "ArrowDown" : "ArrowRight");
      counted = /\((\d+ (?:deployments?|changes?|incidents?))\)/.exec((await readout.textContent()) ?? "")?.[1];
    }
    expect(counted, `${id} leads to records`).toBeDefined();
    await page.keyboard.press("Enter");
    const drawer = page.locator("dialog.drawer[open]");
    await expect(drawer.locator(".table-count")).toHaveText(counted!);
    await expect(drawer.locator("tbody tr[data-record]")).toHaveCount(Number.parseInt(counted!, 10));
    await page.keyboard.press("Escape");
    await expect(drawer).toHaveCount(0);
  }
  expect(incidents.errors ?? []).toEqual([]);
});

test("the cause of an incident is corrected, undone, done again and kept over a reload", async ({ page }) => {
  await openDelivery(page);
  await expect(incident(page, "INC-1").locator(".linked")).toContainText("d3");
  await expect(incident(page, "INC-1").locator(".how")).toHaveText("the latest of its service before it began");
  await expect(incident(page, "INC-3").locator(".linked")).toHaveText("none");
  // shop: d3 (INC-1) and d4 (INC-2, and the hotfix after it) of d1 d3 d4 d5; cart: none of two.
  expect(await rate(page)).toEqual({ cart: 0, shop: 50 });

  // It was the cart's deployment.
  await incident(page, "INC-1").getByRole("combobox").selectOption({ label: (await incident(page, "INC-1").locator("option").allTextContents()).find((text) => text.startsWith("d2"))! });
  await expect(incident(page, "INC-1")).toHaveAttribute("data-decided", "true");
  await expect(incident(page, "INC-1").locator(".linked")).toContainText("d2");
  await expect.poll(() => rate(page)).toEqual({ cart: 50, shop: 25 });

  await page.getByRole("heading", { name: "Incidents and the deployments" }).click();
  await page.keyboard.press("Control+z");
  await expect(incident(page, "INC-1")).toHaveAttribute("data-decided", "false");
  await expect.poll(() => rate(page)).toEqual({ cart: 0, shop: 50 });
  await page.keyboard.press("Control+Shift+z");
  await expect(incident(page, "INC-1")).toHaveAttribute("data-decided", "true");

  await expectSaved(page);
  await page.reload();
  await goTo(page, "#view=dora");
  await expect(incident(page, "INC-1").locator(".linked")).toContainText("d2");
  expect(await rate(page)).toEqual({ cart: 50, shop: 25 });
  await incident(page, "INC-1").getByRole("combobox").selectOption({ label: "As guessed again" });
  await expect(incident(page, "INC-1").locator(".linked")).toContainText("d3");
  await incident(page, "INC-1").getByRole("combobox").selectOption({ label: "None" });
  await expect(incident(page, "INC-1").locator(".linked")).toHaveText("none");
  await expect.poll(() => rate(page)).toEqual({ cart: 0, shop: 25 });
});

test("a change is given to a work item, and an unknown key is refused", async ({ page }) => {
  await openDelivery(page);
  await expect(change(page, "PR-1").locator(".linked")).toHaveText("WEB-1");
  await expect(change(page, "PR-2").locator(".linked")).toHaveText("none");
  const key = change(page, "PR-2").getByRole("textbox");
  await key.fill("WEB-99");
  await change(page, "PR-2").getByRole("button", { name: "Save" }).click();
  await expect(page.locator("p.status[role=status]")).toContainText("WEB-99");
  await expect(change(page, "PR-2")).toHaveAttribute("data-decided", "false");
  await key.fill("WEB-2");
  await change(page, "PR-2").getByRole("button", { name: "Save" }).click();
  await expect(change(page, "PR-2").locator(".linked")).toHaveText("WEB-2");
  await expectSaved(page);
  await page.reload();
  await goTo(page, "#view=dora");
  await expect(change(page, "PR-2").locator(".linked")).toHaveText("WEB-2");
  await change(page, "PR-2").getByRole("button", { name: "As guessed again" }).click();
  await expect(change(page, "PR-2").locator(".linked")).toHaveText("none");
});

test("production and the year of the bands are chosen, and every chart follows", async ({ page }) => {
  await openDelivery(page);
  const production = page.getByRole("group", { name: "Production environments" });
  const total = async () => Object.values((await numbers(page, "deployment-calendar"))["Deployments"]).reduce((sum, count) => sum + count, 0);
  expect(await total()).toBe(5);
  await production.getByLabel(/^staging/).check();
  await expect(production).toContainText("As you chose.");
  await expect.poll(total).toBe(6);
  await production.getByRole("button", { name: "As guessed again" }).click();
  await expect.poll(total).toBe(5);

  const band = page.locator('figure[data-chart="change-failure-rate"] [data-note="band"]');
  await expect(band).toContainText("report of 2023");
  await page.getByRole("group", { name: "Bands of the DORA report" }).getByRole("button", { name: "Bands of 2021" }).click();
  await expect(band).toContainText("report of 2021");
  await expectSaved(page);
  await page.reload();
  await goTo(page, "#view=dora");
  await expect(band).toContainText("report of 2021");
});

test("releases are listed beside each chart over days and can be switched off", async ({ page }) => {
  await openPage(page);
  const releases = [1, 2, 3].map((number) => ({
    id: number,
    tag_name: `v${number}.0`,
    target_commitish: "main",
    draft: false,
    prerelease: false,
    created_at: `2024-01-0${number}T08:00:00Z`,
    published_at: `2024-01-0${number}T09:00:00Z`,
    html_url: `https://github.com/o/r/releases/tag/v${number}.0`,
  }));
  await chooseFiles(page, { name: "releases.json", bytes: Buffer.from(JSON.stringify(releases)) });
  await expectImported(page, "releases.json");
  await goTo(page, "#view=dora");
  const figure = await chart(page, "deployment-calendar");
  await figure.getByText("Releases (3)").click();
  await expect(figure.locator("[data-release]")).toHaveText([/R1 2024-01-01\s*: v1\.0/, /R2 2024-01-02\s*: v2\.0/, /R3 2024-01-03\s*: v3\.0/]);
  const mark = figure.getByLabel("Mark releases on all charts over days");
  await expect(mark).toBeChecked();
  await mark.uncheck();
  await expect(mark).not.toBeChecked();
  await expect(figure.locator("[data-release]")).toHaveCount(3);
});
