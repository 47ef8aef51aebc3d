// The browser dies at a random moment while it saves, fifty times: afterwards the old or the new state is there, whole, and
// nothing is lost that was said to be saved. A killed process, not a power cut.
import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Browser, type Page, chromium } from "@playwright/test";
import { teamExport } from "./exports";
import { expectSaved, openPage } from "./product";
import { heads, random } from "./stored";
import { expect, test } from "./watched_page";

const ROUNDS = Number(process.env.THROUGHLINE_KILLS ?? 50);
/** A rename waits a quarter of a second for the numbers and is written then: all of that, and what comes after, is met. */
const WITHIN_MS = 800;

type Running = { process: ChildProcess; browser: Browser; page: Page };

/** A Chromium of our own on a profile that outlives it. */
async function start(profile: string, executable: string): Promise<Running> {
  const flags = ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"];
  // A process group of its own, so that the kill reaches every process of the browser at once.
  const child = spawn(executable, [...flags, "--remote-debugging-port=0", `--user-data-dir=${profile}`, "about:blank"], { detached: true, stdio: ["ignore", "ignore", "pipe"] });
  const address = await new Promise<string>((resolve, reject) => {
    let told = "";
    child.stderr!.on("data", (text) => {
      told += text;
      const found = /DevTools listening on (ws:\S+)/.exec(told);
      if (found) resolve(found[1]);
    });
    child.on("exit", () => reject(new Error(`Chromium ended: ${told}`)));
  });
  const browser = await chromium.connectOverCDP(address);
  const page = browser.contexts()[0].pages()[0] ?? (await browser.contexts()[0].newPage());
  return { process: child, browser, page };
}

/** Ends the process group that `start` began, in the middle of whatever it does. */
async function kill({ process: child, browser }: Running) {
  const gone = new Promise((resolve) => child.on("exit", resolve));
  process.kill(-child.pid!, "SIGKILL");
  await gone;
  await browser.close().catch(() => {});
}

/** Renames the open workspace again and again, and tells the name as soon as the page says that it is saved. */
async function renameOnAndOn(page: Page, round: number) {
  await page.evaluate((round) => {
    const element = <T extends Element>(selector: string) => document.querySelector(selector) as T | null;
    let step = 0;
    let wanted = "";
    const next = () => {
      wanted = `Round ${round} step ${++step}`;
      (window as any).begun(wanted);
      element<HTMLElement>("header .workspace-name")!.click();
      requestAnimationFrame(function fill() {
        const input = element<HTMLInputElement>("header .name-form input");
        if (!input) return requestAnimationFrame(fill);
        input.value = wanted;
        element<HTMLFormElement>("header .name-form")!.requestSubmit();
      });
    };
    // "Saved" counts only after "Saving" was seen for this name.
    let saving = false;
    new MutationObserver(() => {
      const saved = element("[data-saved]")!.textContent!;
      if (saved.startsWith("Saving")) saving = true;
      if (saving && saved.startsWith("Saved") && element("header .workspace-name")?.textContent === wanted) {
        saving = false;
        (window as any).acknowledged(wanted);
        setTimeout(next);
      }
    }).observe(document.querySelector("header")!, { subtree: true, childList: true, characterData: true });
    next();
  }, round);
}

test("killed while it saves, the browser has the old or the new state, and everything it said was saved", async ({ baseURL, launchOptions }) => {
  test.setTimeout(900_000);
  const seed = Number(process.env.THROUGHLINE_SEED ?? Date.now() % 1_000_000);
  console.log(`seed ${seed}`);
  const next = random(seed);
  const profile = mkdtempSync(join(tmpdir(), "throughline-kill-"));
  const executable = launchOptions.executablePath ?? "/usr/bin/chromium";
  let running: Running | undefined;
  try {
    running = await start(profile, executable);
    await openPage(running.page, baseURL!);
    await running.page.setInputFiles('input[type="file"]', [{ name: "team.csv", mimeType: "text/csv", buffer: teamExport().bytes }]);
    await expectSaved(running.page);
    await kill(running);

    let told = 0;
    let newer = 0;
    /** What may be there: the last name told as saved, or one that was begun after it. */
    let allowed = ["team"];
    for (let round = 1; round <= ROUNDS + 1; round++) {
      running = await start(profile, executable);
      const { page } = running;
      const begun: string[] = [];
      const acknowledged: string[] = [];
      await page.exposeFunction("begun", (name: string) => begun.push(name));
      await page.exposeFunction("acknowledged", (name: string) => acknowledged.push(name));
      await openPage(page, baseURL!);
      const name = (await page.locator("header .workspace-name").textContent({ timeout: 30_000 }))!;
      expect(allowed, `before round ${round}, seed ${seed}`).toContain(name);
      newer += Number(name !== allowed[0]);
      // Whole: it opens without a word about damage, and one workspace with its one layer is stored.
      expect(await page.locator(".notice").count(), `before round ${round}`).toBe(0);
      expect((await heads(page)).map((head) => [head.name, head.layers.length])).toEqual([[name, 1]]);
      if (round > ROUNDS) break;
      await renameOnAndOn(page, round);
      const steps = Math.floor(next() * 3);
      await expect.poll(() => acknowledged.length, { intervals: [10] }).toBeGreaterThanOrEqual(steps);
      await new Promise((resolve) => setTimeout(resolve, next() * WITHIN_MS));
      await kill(running);
      const last = acknowledged.at(-1) ?? name;
      allowed = [last, ...begun.slice(begun.indexOf(last) + 1)];
      told += acknowledged.length;
    }
    console.log(`${ROUNDS} kills, ${told} saves told, ${newer} times the newer state was there already`);
    expect(told).toBeGreaterThan(ROUNDS / 3);
  } finally {
    if (running?.process.exitCode === null && running.process.signalCode === null) await kill(running);
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  }
});
