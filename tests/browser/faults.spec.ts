// A worker that dies or falls silent is noticed, told and replaced; a page that panics ends in the crash screen with the
// workspace in reach. The faults are those of src/web/fault.rs.
import { readFile } from "node:fs/promises";
import { teamExport } from "./exports";
import { chart, chooseFiles, expectSaved, goTo, importFile, openPage } from "./product";
import { expect, test } from "./watched_page";

const MAGIC = "THROUGHLINE-WORKSPACE 1\n";

for (const [fault, patience] of [["worker-panic", 10_000], ["worker-hang", 25_000]] as const) {
  test(`the engine worker is replaced after ${fault}`, async ({ page }) => {
    await openPage(page);
    await importFile(page, teamExport());
    await expectSaved(page);
    await openPage(page, `./?fault=${fault}#view=throughput`);
    await expect(page.locator(".notice-warning")).toContainText("was replaced", { timeout: patience });
    // The saved workspace is open again, and answers.
    await goTo(page, "#view=velocity");
    await chart(page, "velocity");
  });
}

for (const fault of ["import-panic", "import-hang"]) {
  test(`a file whose worker ends by ${fault} is told by name, and can be tried again`, async ({ page }) => {
    await openPage(page, `./?fault=${fault}`);
    await chooseFiles(page, teamExport());
    const notice = page.locator(".notice-error");
    await expect(notice).toContainText("team.csv", { timeout: 25_000 });
    await expect(notice).toContainText(/workspace is (unchanged|as it was)/);
    await importFile(page, teamExport());
    await goTo(page, "#view=throughput");
    await chart(page, "throughput");
  });
}

test("a panic of the page ends in the crash screen, and the saved workspace comes out", async ({ page }) => {
  await openPage(page);
  await importFile(page, teamExport());
  await expectSaved(page);
  await page.goto("./?fault=page-panic#view=throughput");
  await expect(page.getByRole("alert")).toContainText("Throughline stopped working", { timeout: 15_000 });
  const waiting = page.waitForEvent("download");
  await page.getByRole("button", { name: "Download saved workspace" }).click();
  const download = await waiting;
  const buffer = await readFile(await download.path());
  expect(buffer.subarray(0, MAGIC.length).toString()).toBe(MAGIC);

  // What the crash screen hands out is a whole workspace: it opens.
  await page.goto("./?safe=1");
  await expect(page.getByText("Safe mode: no workspace was opened.", { exact: true })).toBeVisible();
  await page.setInputFiles('input[type="file"]', [{ name: download.suggestedFilename(), mimeType: "application/octet-stream", buffer }]);
  await chart(page, "burnup");
  await goTo(page, "#view=velocity");
  await chart(page, "velocity");
});
