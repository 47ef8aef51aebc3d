// What a status counts as is corrected on the page: every chart follows, a reload keeps it, undo takes it back.
import { teamExport } from "./exports";
import { expectSaved, goTo, importFile, numbers, openPage } from "./product";
import { expect, expectNoIncidents, test } from "./watched_page";

test("a corrected status changes the charts, survives a reload and can be undone", async ({ page, incidents }) => {
  await openPage(page);
  await importFile(page, teamExport());
  const finished = async () => {
    await goTo(page, "#view=throughput");
    const weeks = (await numbers(page, "throughput"))["Finished"];
    return Object.values(weeks).reduce((sum, count) => sum + count, 0);
  };
  const before = await finished();
  expect(before).toBeGreaterThan(40);

  await goTo(page, "#view=import");
  const choice = page.getByLabel("What In Progress counts as");
  await expect(choice.locator("option:checked")).toHaveText("In progress (guessed)");
  await choice.selectOption("Done");
  await expect(page.locator("p.status[role=status]")).toContainText("In Progress counts as Done");
  await expect(page.getByLabel("What In Progress counts as").locator("option:checked")).toHaveText("Done");
  await goTo(page, "#view=items");
  await goTo(page, "#view=import");
  await expect(page.locator(".view-title")).toContainText("64 items");
  const corrected = await page.locator(".view-title").innerText();
  await expectSaved(page);
  await page.reload();
  await goTo(page, "#view=import");
  await expect(page.locator(".view-title")).toContainText("64 items");
  expect(await page.locator(".view-title").innerText()).toBe(corrected);
  await page.getByLabel("What In Progress counts as").selectOption("");
  await expect(page.getByLabel("What In Progress counts as").locator("option:checked")).toHaveText("In progress (guessed)");
  expect(await finished()).toBe(before);
  await page.keyboard.press("Control+z");
  await goTo(page, "#view=import");
  await expect(page.getByLabel("What In Progress counts as").locator("option:checked")).toHaveText("Done");
  expectNoIncidents(incidents);
});

const WORKFLOW = {
  name: "workflow.csv",
  bytes: Buffer.from(
    ["Summary,Issue key,Issue id,Issue Type,Status,Created", ...["Done", "Testing", "To Do", "In Progress"].map((status, item) => `Item ${item},W-${item},${item},Story,${status},01/Jan/24 9:00 AM`)].join("\n") + "\n",
  ),
};

test("the order of statuses is changed with the keyboard, survives a reload and can be undone", async ({ page, incidents }) => {
  const names = page.locator("table.statuses tbody th");
  const move = (status: string, direction: string) => page.getByRole("button", { name: `Move ${status} ${direction}`, exact: true });
  const guessed = ["To Do", "In Progress", "Testing", "Done"];
  const chosen = ["To Do", "Testing", "In Progress", "Done"];
  await openPage(page);
  await importFile(page, WORKFLOW);
  await goTo(page, "#view=import");
  await expect(names).toHaveText(guessed);
  // A status stays among those of its category.
  for (const [status, direction] of [["To Do", "up"], ["To Do", "down"], ["In Progress", "up"], ["Testing", "down"], ["Done", "up"]]) {
    await expect(move(status, direction)).toBeDisabled();
  }
  await expect(page.getByRole("button", { name: "Order as guessed" })).toBeHidden();
  await move("Testing", "up").focus();
  await page.keyboard.press("Enter");
  await expect(names).toHaveText(chosen);
  await expect(page.locator("p.status[role=status]")).toContainText("Testing now comes before In Progress");
  // It can go no further up, so the focus is on its way back.
  await expect(move("Testing", "down")).toBeFocused();

  await expectSaved(page);
  await page.reload();
  await goTo(page, "#view=import");
  await expect(names).toHaveText(chosen);
  await page.getByRole("button", { name: "Order as guessed" }).click();
  await expect(names).toHaveText(guessed);
  await page.keyboard.press("Control+z");
  await expect(names).toHaveText(chosen);
  expectNoIncidents(incidents);
});
