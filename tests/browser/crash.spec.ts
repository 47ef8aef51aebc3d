// The crash screen: plain JavaScript, no WebAssembly, and the saved workspace comes out whole.
import { readFile } from "node:fs/promises";
import type { Page } from "@playwright/test";
import { expect, test } from "./watched_page";

const crash = (page: Page) =>
  page.evaluate(() => (window as any).throughlineCrash({ message: "index out of bounds", location: "src/app/mod.rs:1:2" }));

/** A saved workspace in the layout of the storage, written without any code of the product. */
async function saveWorkspace(page: Page, options: { withLayer: boolean; withPrevious?: boolean }) {
  await page.evaluate(async ({ withLayer, withPrevious }) => {
    const database = await new Promise<IDBDatabase>((resolve, reject) => {
      const request = indexedDB.open("throughline", 1);
      request.onupgradeneeded = () => {
        for (const store of ["heads", "documents", "layers", "originals"]) {
          if (!request.result.objectStoreNames.contains(store)) request.result.createObjectStore(store);
        }
      };
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
    const transaction = database.transaction(["heads", "documents", "layers"], "readwrite");
    const previous = withPrevious ? [{ generation: 2, saved_at: 1_735_000_000_000, layers: [] }] : [];
    const head = { id: "w1", name: "Team Ö", generation: 3, saved_at: 1_735_787_045_000, app: "0.1.0", layers: ["ab12"], previous };
    transaction.objectStore("heads").put(new TextEncoder().encode(JSON.stringify(head)), "w1");
    transaction.objectStore("documents").put(new Uint8Array([1, 2, 3]), "w1/3");
    if (withPrevious) transaction.objectStore("documents").put(new Uint8Array([4, 5]), "w1/2");
    if (withLayer) transaction.objectStore("layers").put(new Uint8Array([9, 8, 7, 6]), "w1/ab12");
    await new Promise((resolve) => (transaction.oncomplete = resolve));
    database.close();
  }, options);
}

test.beforeEach(async ({ page }) => {
  // The page's own code stays away: the crash screen must not need it, and the tests write the storage themselves.
  await page.route(/app-.*\.js/, (route) => route.abort());
  await page.goto("./");
});

test("the saved workspace is downloaded byte for byte", async ({ page }) => {
  await saveWorkspace(page, { withLayer: true });
  await crash(page);
  const waiting = page.waitForEvent("download");
  await page.getByRole("button", { name: "Download saved workspace" }).click();
  const file = await waiting;
  expect(file.suggestedFilename()).toBe("Team-Ö.throughline");
  const bytes = await readFile(await file.path());
  const magic = "THROUGHLINE-WORKSPACE 1\n";
  expect(bytes.subarray(0, magic.length).toString()).toBe(magic);
  const length = bytes.readUInt32LE(magic.length);
  const start = magic.length + 4;
  const index = JSON.parse(bytes.subarray(start, start + length).toString("utf8"));
  expect(index.head.name).toBe("Team Ö");
  expect(index.parts).toEqual([
    { kind: "document", name: "document", length: 3 },
    { kind: "layer", name: "ab12", length: 4 },
  ]);
  expect([...bytes.subarray(start + length)]).toEqual([1, 2, 3, 9, 8, 7, 6]);
});

test("half a workspace is not handed out as a whole one", async ({ page }) => {
  await saveWorkspace(page, { withLayer: false });
  await crash(page);
  await page.getByRole("button", { name: "Download saved workspace" }).click();
  await expect(page.locator(".crash-notice")).toContainText("layer w1/ab12 is missing");
});

test("when the newest save is damaged the one before is handed out, and that is said", async ({ page }) => {
  await saveWorkspace(page, { withLayer: false, withPrevious: true });
  await crash(page);
  const waiting = page.waitForEvent("download");
  await page.getByRole("button", { name: "Download saved workspace" }).click();
  const bytes = await readFile(await (await waiting).path());
  expect([...bytes.subarray(-2)]).toEqual([4, 5]);
  expect(bytes.toString("latin1")).toContain('"generation":2');
  await expect(page.locator(".crash-notice")).toContainText("the newest save cannot be read");
});

test("a damaged record and a deleted workspace do not keep the others from being handed out", async ({ page }) => {
  await saveWorkspace(page, { withLayer: true });
  await page.evaluate(async () => {
    const database = await new Promise<IDBDatabase>((resolve) => {
      const request = indexedDB.open("throughline", 1);
      request.onsuccess = () => resolve(request.result);
    });
    const transaction = database.transaction("heads", "readwrite");
    transaction.objectStore("heads").put(new TextEncoder().encode('{"id":"w2","na'), "w2");
    const deleted = { id: "w3", name: "Deleted", generation: 1, saved_at: 1, layers: [], marks: { deleted_at: 2 } };
    transaction.objectStore("heads").put(new TextEncoder().encode(JSON.stringify(deleted)), "w3");
    await new Promise((resolve) => (transaction.oncomplete = resolve));
    database.close();
  });
  await crash(page);
  const waiting = page.waitForEvent("download");
  // The only one that is left: its button needs no name.
  await page.getByRole("button", { name: "Download saved workspace", exact: true }).click();
  expect((await waiting).suggestedFilename()).toBe("Team-Ö.throughline");
});

test("without a saved workspace the screen says so and creates no database", async ({ page }) => {
  await crash(page);
  await expect(page.locator(".crash-notice")).toContainText("No workspace was saved");
  expect(await page.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name))).not.toContain("throughline");
});

test("the report names the place and holds no more than the screen shows", async ({ page, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await crash(page);
  await page.getByRole("button", { name: "Copy report" }).click();
  await expect(page.locator(".crash-notice")).toContainText("in the clipboard");
  const report = await page.evaluate(() => navigator.clipboard.readText());
  expect(report).toContain("index out of bounds");
  expect(report).toContain("src/app/mod.rs:1:2");
  expect(report).toBe(await page.locator(".crash pre").textContent());
});

test("safe mode is reached by one click and leaves the view behind", async ({ page }) => {
  await page.goto("./#v1/anything");
  await crash(page);
  await page.getByRole("button", { name: "Reload in safe mode" }).click();
  await page.waitForURL(/\/a\/b\/\?safe=1$/);
});

test("the second crash within a minute offers safe mode first", async ({ page }) => {
  await crash(page);
  await expect(page.getByRole("button").last()).toBeVisible();
  await expect(page.locator(".primary")).toHaveText("Reload");
  await page.reload();
  await crash(page);
  await expect(page.locator(".primary")).toHaveText("Reload in safe mode");
  await expect(page.getByRole("alert")).toContainText("twice within a minute");
});

test("a trap that never reached the panic hook ends in the crash screen too", async ({ page }) => {
  await page.evaluate(() => {
    // The smallest module whose start traps: (module (func unreachable) (start 0)).
    const bytes = new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 3, 2, 1, 0, 8, 1, 0, 10, 5, 1, 3, 0, 0, 11]);
    setTimeout(() => new WebAssembly.Instance(new WebAssembly.Module(bytes)));
  });
  await expect(page.getByRole("alert")).toContainText("Throughline stopped working");
});

test("only the first crash is told", async ({ page }) => {
  await crash(page);
  await page.evaluate(() => (window as any).throughlineCrash({ message: "echo", location: "later" }));
  await expect(page.locator(".crash pre")).toContainText("index out of bounds");
});
