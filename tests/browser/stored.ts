// The stored workspaces as they lie in the browser, read without a line of the product.
import type { BrowserContext, Page } from "@playwright/test";
import { expect } from "./watched_page";

export type Head = { id: string; name: string; generation: number; layers: string[]; marks: { deleted_at: number | null; backup_at: number | null } };

/** Every head that is JSON. */
export async function heads(page: Page): Promise<Head[]> {
  return page.evaluate(
    () =>
      new Promise<any[]>((resolve, reject) => {
        const opening = indexedDB.open("throughline");
        opening.onerror = () => reject(opening.error);
        opening.onsuccess = () => {
          const database = opening.result;
          const reading = database.transaction("heads").objectStore("heads").getAll();
          reading.onerror = () => reject(reading.error);
          reading.onsuccess = () => {
            database.close();
            const texts = reading.result.map((bytes) => new TextDecoder().decode(bytes));
            resolve(texts.flatMap((text) => { try { return [JSON.parse(text)]; } catch { return []; } }));
          };
        };
      }),
  );
}

/** Flips one bit in the value of a store whose key ends so; `share` of its length says where. Answers what was flipped. */
export async function flip(page: Page, store: string, keyEnd: string, share: number): Promise<string> {
  return page.evaluate(
    ([store, keyEnd, share]) =>
      new Promise<string>((resolve, reject) => {
        const opening = indexedDB.open("throughline");
        opening.onerror = () => reject(opening.error);
        opening.onsuccess = () => {
          const database = opening.result;
          const transaction = database.transaction(store, "readwrite");
          const objects = transaction.objectStore(store);
          let told = "";
          objects.getAllKeys().onsuccess = (event) => {
            const keys = (event.target as IDBRequest<string[]>).result.filter((key) => key.endsWith(keyEnd));
            const key = keys.at(-1)!;
            objects.get(key).onsuccess = (event) => {
              const bytes: Uint8Array = (event.target as IDBRequest).result;
              const position = Math.min(bytes.length - 1, Math.floor(bytes.length * share));
              bytes[position] ^= 1 << (position % 8);
              told = `bit ${position % 8} of byte ${position} of ${bytes.length} in ${store} ${key}`;
              objects.put(bytes, key);
            };
          };
          transaction.oncomplete = () => (database.close(), resolve(told));
          transaction.onerror = () => reject(transaction.error);
        };
      }),
    [store, keyEnd, share] as const,
  );
}

/** Renames the open workspace in the header; does not wait for the save. */
export async function rename(page: Page, name: string) {
  await page.locator("header .workspace-name").click();
  const input = page.getByRole("textbox", { name: "Name of the workspace" });
  await input.fill(name);
  await input.press("Enter");
}

/** Renames and waits until that is on disk. */
export async function renameAndSave(page: Page, name: string) {
  await rename(page, name);
  await expect(page.locator("header .workspace-name")).toHaveText(name);
  await expect.poll(async () => (await heads(page)).map((head) => head.name)).toContain(name);
  await expect(page.locator("[data-saved]")).toContainText("Saved in this browser");
}

/** Numbers between 0 and 1 that a seed gives again. */
export function random(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/** A second page of the same browser profile. */
export async function otherTab(context: BrowserContext): Promise<Page> {
  return context.newPage();
}
