// What a person does with the product, and what the command line says about the same file.
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Locator, Page, TestInfo } from "@playwright/test";
import { expect } from "./watched_page";
import type { Export } from "./exports";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const IMPORT_MS = 30_000;
export const ZONE = "Europe/Berlin";

/** Opens the page and waits for its first view. */
export async function openPage(page: Page, address = "./") {
  await page.goto(address);
  await expect(page.locator("main[data-view]")).toBeVisible({ timeout: IMPORT_MS });
}

const payload = ({ name, bytes }: Export) => ({ name, mimeType: "text/csv", buffer: bytes });

/** Chooses files in the page's file dialog. */
export async function chooseFiles(page: Page, ...files: Export[]) {
  await page.setInputFiles('input[type="file"]', files.map(payload));
}

/** Drops a file somewhere on the page. */
export async function dropFile(page: Page, { name, bytes }: Export) {
  const transfer = await page.evaluateHandle(
    ([name, base64]) => {
      const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
      const transfer = new DataTransfer();
      transfer.items.add(new File([bytes], name, { type: "text/csv" }));
      return transfer;
    },
    [name, bytes.toString("base64")] as const,
  );
  for (const type of ["dragenter", "dragover", "drop"]) await page.dispatchEvent("body", type, { dataTransfer: transfer });
}

/** The live region of the page. */
export const status = (page: Page): Locator => page.locator("p.status[role=status]");

/** Waits until a file is in the workspace. */
export async function expectImported(page: Page, name: string) {
  await expect(status(page)).toContainText(`${name}: `, { timeout: IMPORT_MS });
  await expect(status(page)).toContainText(" read: ", { timeout: IMPORT_MS });
}

/** Waits until the workspace is committed and read back. */
export async function expectSaved(page: Page) {
  await expect(page.locator("[data-saved]")).toContainText("Saved in this browser", { timeout: IMPORT_MS });
}

export async function importFile(page: Page, file: Export) {
  await chooseFiles(page, file);
  await expectImported(page, file.name);
}

/** Goes to a view by its address, as a link does. */
export async function goTo(page: Page, fragment: string) {
  await page.evaluate((fragment) => (location.hash = fragment), fragment);
  const view = new URLSearchParams(fragment.slice(1)).get("view");
  await expect(page.locator(`main[data-view="${view}"]`)).toBeVisible();
}

/** A chart that has its numbers. */
export async function chart(page: Page, id: string): Promise<Locator> {
  const figure = page.locator(`figure[data-chart="${id}"]`);
  await expect(figure).toHaveAttribute("data-status", "ok", { timeout: IMPORT_MS });
  return figure;
}

/** Series name -> place -> value, as the accessible table has them. */
export type Numbers = Record<string, Record<string, number>>;

/** Reads the accessible table of a chart. */
export async function numbers(page: Page, id: string): Promise<Numbers> {
  const figure = await chart(page, id);
  // Closed parts of a card come after its numbers.
  await expect(figure.locator("table.numbers")).toBeAttached();
  return figure.evaluate((figure) => {
    const heads = [...figure.querySelectorAll("table.numbers thead th")].slice(1);
    const series = heads.map((head) => head.textContent!.replace(/ \([^()]*\)$/, ""));
    const found: Record<string, Record<string, number>> = Object.fromEntries(series.map((name) => [name, {}]));
    for (const row of figure.querySelectorAll("table.numbers tbody tr")) {
      const place = row.querySelector("th")!.textContent!;
      row.querySelectorAll("td").forEach((cell, column) => {
        if (cell.dataset.value !== undefined) found[series[column]][place] = Number(cell.dataset.value);
      });
    }
    return found;
  });
}

/** What the command line reports about a file, as it writes it. */
export function reportText(testInfo: TestInfo, file: Export, ...settings: string[]) {
  const path = testInfo.outputPath(file.name);
  writeFileSync(path, file.bytes);
  const words = ["report", path, "--json", "--tz", ZONE, ...settings.flatMap((setting) => ["--set", setting])];
  // Built by the native tests before; Cargo only looks.
  const text = execFileSync("cargo", ["run", "--quiet", "--locked", "--bin", "throughline", "--", ...words], { cwd: ROOT, maxBuffer: 1 << 28 });
  return text.toString();
}

/** The same, read. */
export const report = (testInfo: TestInfo, file: Export, ...settings: string[]) => JSON.parse(reportText(testInfo, file, ...settings));

/** The same shape as `numbers`, from a report; unknown values are left out. */
export function numbersOf(report: any, id: string): Numbers {
  const metric = report.metrics.find((metric: any) => metric.id === id);
  expect(metric, `the report has ${id}`).toBeDefined();
  expect(metric.status, `${id} is computed`).toBe("ok");
  return Object.fromEntries(
    metric.series.map(({ name, points }: any) => [name, Object.fromEntries(points.filter(({ y }: any) => y !== null).map(({ x, y }: any) => [x, y]))]),
  );
}

/** Script that runs in every worker before the product's own code; the storage and the files are used there. */
export async function inWorkers(page: Page, script: string) {
  await page.context().route(/worker_boot\.js/, async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: `${script};\n${await response.text()}` });
  });
}

/** Notes the name of each worker that is started, over reloads of the page. */
export async function watchWorkers(page: Page): Promise<string[]> {
  const names: string[] = [];
  await page.exposeFunction("workerStarted", (name: string) => names.push(name));
  await page.addInitScript(() => {
    const Plain = window.Worker;
    window.Worker = class extends Plain {
      constructor(address: string | URL, options?: WorkerOptions) {
        super(address, options);
        (window as any).workerStarted(options?.name ?? "");
      }
    };
  });
  return names;
}
