// Where the browser does not store, the product works from memory and says so in one line; where a save fails, it is told
// and the workspace can be taken along.
import { readFile } from "node:fs/promises";
import type { Page } from "@playwright/test";
import { teamExport } from "./exports";
import { chart, chooseFiles, expectSaved, goTo, importFile, inWorkers, numbers, openPage } from "./product";
import { expect, test } from "./watched_page";

const MAGIC = "THROUGHLINE-WORKSPACE 1\n";

const BROKEN = {
  "cannot be read": 'Object.defineProperty(self, "indexedDB", { get() { throw new DOMException("denied", "SecurityError"); } })',
  "is not there": 'Object.defineProperty(self, "indexedDB", { value: undefined })',
  "throws on opening": 'IDBFactory.prototype.open = () => { throw new DOMException("denied", "SecurityError"); }',
  "fails to open": `IDBFactory.prototype.open = () => {
      const request = new EventTarget();
      request.error = new DOMException("damaged", "UnknownError");
      setTimeout(() => { const event = new Event("error"); request.onerror?.(event); request.dispatchEvent(event); });
      return request;
    }`,
  "never answers": `{
      const open = IDBFactory.prototype.open;
      IDBFactory.prototype.open = function (name, version) {
        const request = open.call(this, "unheard-" + name, version);
        request.addEventListener = () => {};
        for (const event of ["onsuccess", "onerror", "onblocked", "onupgradeneeded"]) Object.defineProperty(request, event, { set() {} });
        return request;
      };
    }`,
};

async function expectWorksFromMemory(page: Page) {
  await importFile(page, teamExport());
  await goTo(page, "#view=throughput");
  expect(Object.keys((await numbers(page, "throughput"))["Finished"] ?? {}).length).toBeGreaterThan(0);
  await expect(page.locator("[data-saved]")).toContainText("works from memory", { timeout: 10_000 });
  await page.keyboard.press("Control+s");
}

for (const [how, script] of Object.entries(BROKEN)) {
  test(`works from memory when storage ${how}`, async ({ page }) => {
    await inWorkers(page, script);
    await openPage(page);
    const download = page.waitForEvent("download");
    await expectWorksFromMemory(page);
    const bytes = await readFile(await (await download).path());
    expect(bytes.subarray(0, MAGIC.length).toString()).toBe(MAGIC);
  });
}

test("a save that does not fit is told, the workspace is open and can be taken along", async ({ page }) => {
  await openPage(page, "./?fault=storage-full");
  await chooseFiles(page, teamExport());
  await expect(page.locator("[data-saved]")).toContainText("Not saved", { timeout: 15_000 });
  await expect(page.locator(".notice-error")).toContainText("not saved");
  const download = page.waitForEvent("download");
  await page.locator(".notice-error").getByRole("button", { name: "Download the workspace" }).click();
  const bytes = await readFile(await (await download).path());
  expect(bytes.subarray(0, MAGIC.length).toString()).toBe(MAGIC);
  await goTo(page, "#view=velocity");
  await chart(page, "velocity");
});

test("a downloaded workspace opens with the same numbers in another browser profile", async ({ page, browser, baseURL }) => {
  await openPage(page);
  await importFile(page, teamExport());
  await goTo(page, "#view=velocity&unit=points");
  const before = await numbers(page, "velocity");
  const waiting = page.waitForEvent("download");
  await page.keyboard.press("Control+s");
  const download = await waiting;
  const name = download.suggestedFilename();
  const buffer = await readFile(await download.path());

  const other = await browser.newContext({ baseURL, timezoneId: "Asia/Kolkata" });
  const fresh = await other.newPage();
  await openPage(fresh);
  await fresh.setInputFiles('input[type="file"]', [{ name, mimeType: "application/octet-stream", buffer }]);
  await expect(fresh.locator("nav.views")).toBeVisible();
  await goTo(fresh, "#view=velocity&unit=points");
  expect(await numbers(fresh, "velocity")).toEqual(before);
  await other.close();
});

test("what is shown as saved is there after the tab is gone", async ({ page, context }) => {
  await openPage(page);
  await importFile(page, teamExport());
  await expectSaved(page);
  await page.close({ runBeforeUnload: false });
  const again = await context.newPage();
  await openPage(again);
  await goTo(again, "#view=throughput");
  await chart(again, "throughput");
});
