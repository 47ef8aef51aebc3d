// Data handed to a frame by the page around it, and charts handed back: who may do which, and what becomes of it.
import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { readFileSync } from "node:fs";
import { teamExport } from "./exports";
import { chunks, texts } from "./png";
import { inWorkers, openPage } from "./product";
import { drawnFrame, hidden, startTwoOrigins } from "./two_origins";
import type { TwoOrigins } from "./two_origins";
import { expect, test } from "./watched_page";

// One after another: they share their servers.
test.describe.configure({ mode: "default" });

let both: TwoOrigins;

test.beforeAll(async ({ browser, baseURL }) => {
  test.setTimeout(120_000);
  both = await startTwoOrigins(browser, baseURL!);
});
test.afterAll(() => both.stop());
test.afterEach(() => both.setUp({}));

const PUBLISHED = "src=data/workspace.json&";
const settled = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const frameOf = (more: string, height = 420) =>
  `<iframe title="chart" name="one" src="${`${both.app}?embed=1&${more}`.replaceAll("&", "&amp;")}" style="width:700px;height:${height}px;border:0"></iframe>`;

type Given = { name: unknown; text?: string; bytes?: string; buffer?: unknown };
type Heard = { origin: string; data: any };

/** Opens a page with a frame and notes what it is told; buffers as base64. */
async function host(page: Page, address: string) {
  await page.addInitScript(() => {
    if (window.parent !== window) return;
    const heard: any[] = ((window as any).heard = []);
    window.addEventListener("message", (event) => {
      const { buffer, ...data } = event.data ?? {};
      if (buffer instanceof ArrayBuffer) data.buffer = btoa(Array.from(new Uint8Array(buffer), (byte) => String.fromCharCode(byte)).join(""));
      heard.push({ origin: event.origin, data });
    });
  });
  await page.goto(address);
}
const heard = (page: Page): Promise<Heard[]> => page.evaluate(() => (window as any).heard);
const told = async (page: Page, type: string) => (await heard(page)).filter(({ data }) => data.type === type).map(({ data }) => data);
/** The last error with this code. */
const lastError = async (page: Page, code: string) => (await told(page, "error")).filter((error) => error.code === code).at(-1);
const say = (page: Page, message: object) =>
  page.evaluate((message) => document.querySelector("iframe")!.contentWindow!.postMessage({ app: "Throughline", v: 1, ...message }, "*"), message);

/** Hands files over: texts and base64 become buffers on the page, anything else goes as it is. */
const load = (page: Page, files: Given[], more: object = {}) =>
  page.evaluate(
    ([files, more]) => {
      const given = files.map(({ name, text, bytes, buffer }) => {
        if (text !== undefined) return { name, buffer: new TextEncoder().encode(text).buffer };
        if (bytes !== undefined) return { name, buffer: Uint8Array.from(atob(bytes), (letter) => letter.charCodeAt(0)).buffer };
        return { name, ...(buffer === undefined ? {} : { buffer }) };
      });
      document.querySelector("iframe")!.contentWindow!.postMessage({ app: "Throughline", v: 1, type: "load", name: "Handed over", files: given, keep: false, ...more }, "*");
    },
    [files, more] as const,
  );

/** The published workspace as a file to hand over. */
async function workspaceFile(page: Page): Promise<Given> {
  const answer = await page.request.get(`${both.app}data/team.throughline`);
  return { name: "team.throughline", bytes: (await answer.body()).toString("base64") };
}

// Four items, three of them finished.
const ITEMS = "key,title,type,status,created,finished,estimate\nA-1,One,Story,Done,2024-01-01,2024-01-03,2\nA-2,Two,Story,Done,2024-01-01,2024-01-10,3\nA-3,Three,Story,Done,2024-01-02,2024-01-11,5\nA-4,Four,Story,Open,2024-01-02,,4\n";
const MORE = `${ITEMS}A-5,Five,Story,Done,2024-01-02,2024-01-04,1\n`;

test("data of a page of another origin is asked about: nothing is read before the answer, nor after a no", async ({ page, incidents }) => {
  const requests: string[] = [];
  page.on("request", (request) => requests.push(new URL(request.url()).pathname));
  await host(page, both.host + both.page(frameOf("chart=burnup")));
  const frame = page.frameLocator("iframe");
  await expect(frame.getByRole("link", { name: "Open Throughline in a new tab" })).toBeVisible({ timeout: 30_000 });
  const caps = (await told(page, "ready"))[0].caps;
  expect(caps).toContain("load");
  expect(caps).toContain("export");
  const hostile = "../<img src=x onerror=alert(1)>\u202evsc.exe";
  await load(page, [{ name: hostile, text: ITEMS }, { name: "more.csv", text: "x".repeat(2_500_000) }]);
  const question = frame.getByRole("dialog");
  await expect(question).toContainText(`Load data of ${both.host}?`);
  await expect(question.locator("li")).toHaveText([/<img src=x onerror=alert\(1\)>.*\(\d+ bytes\)$/, /^more\.csv \(2\.5 MB\)$/]);
  await expect(question.locator("img")).toHaveCount(0);
  // The way out is what the keys reach first.
  await expect(frame.getByRole("button", { name: "Refuse" })).toBeFocused();
  await page.screenshot({ path: "test-results/embed-question.png" });
  await settled(500);
  expect(requests.filter((path) => /engine_worker|import_worker|unpack_worker/.test(path)), "no program that reads").toEqual([]);
  // A second one meanwhile does not change what was asked about.
  await load(page, [{ name: "other.csv", text: ITEMS }]);
  await expect.poll(async () => (await told(page, "error")).at(-1)?.message).toContain("asked about already");
  await expect(question.locator("li")).toHaveCount(2);
  await page.keyboard.press("Enter");
  await expect(question).toHaveCount(0);
  await expect.poll(() => lastError(page, "load-refused")).toMatchObject({ id: "one", message: expect.stringContaining("the reader refused it") });
  await expect(frame.getByRole("link", { name: "Open Throughline in a new tab" })).toBeVisible();
  await settled(500);
  expect(page.workers(), "nothing was started to read with").toEqual([]);
  // Escape is a no, too.
  await load(page, [{ name: "items.csv", text: ITEMS }]);
  await expect(question).toBeVisible();
  await page.keyboard.press("Escape");
  await expect.poll(async () => (await told(page, "error")).filter(({ message }) => message.includes("refused it")).length).toBe(2);
  expect(incidents.violations).toEqual([]);
  expect(incidents.errors).toEqual([]);
});

test("what the reader agrees to is shown, says whose it is, is not kept, and goes back to who gave it", async ({ page, incidents }) => {
  const opened: string[] = [];
  page.on("request", (request) => {
    if (request.url().includes("database-opened")) opened.push(request.url());
  });
  await inWorkers(page, 'const open = IDBFactory.prototype.open; IDBFactory.prototype.open = function (...about) { void fetch("./database-opened"); return open.apply(this, about); }');
  // Another origin of the same site: the frame's database would be that of the app.
  await host(page, both.sibling + both.page(frameOf("chart=burnup")));
  const frame = page.frameLocator("iframe");
  await expect(frame.locator(".frame-card")).toBeVisible({ timeout: 30_000 });
  await load(page, [{ name: "items.csv", text: ITEMS }]);
  await frame.getByRole("button", { name: "Load" }).press("Enter");
  await drawnFrame(page);
  await expect(frame.locator("figcaption")).toContainText("3 of 4 items");
  await expect(frame.locator(".source-banner")).toHaveText(`Data from ${both.sibling}, not from this site. It is not saved.`);
  await expect(frame.getByRole("link", { name: "Open in Throughline" }), "the data is in no other tab").toHaveCount(0);
  await expect.poll(async () => (await told(page, "state")).at(-1)).toMatchObject({ chart: "burnup", id: "one" });
  expect(Object.keys((await told(page, "state")).at(-1)), "nothing of the data by itself").not.toContain("asOf");
  expect(await hidden(frame)).toEqual([]);
  await page.screenshot({ path: "test-results/embed-given.png" });
  // Other data in its place, asked about again; it does not add up.
  await load(page, [{ name: "more.csv", text: MORE }]);
  await frame.getByRole("button", { name: "Load" }).click();
  await expect(frame.locator("figcaption")).toContainText("4 of 5 items", { timeout: 30_000 });
  // Who gave it may have it back.
  await drawnFrame(page);
  await say(page, { type: "export", reply: 7, format: "csv" });
  await expect.poll(async () => (await told(page, "exported")).length).toBe(1);
  expect((await told(page, "exported"))[0]).toMatchObject({ reply: 7, mime: "text/csv", id: "one" });
  expect(opened, "no database was opened").toEqual([]);
  expect(await frame.locator("body").evaluate(async () => (await indexedDB.databases()).length)).toBe(0);
  expect(incidents.violations).toEqual([]);
  expect(incidents.errors).toEqual([]);
});

test("a page of the app's own origin is not asked about: in place of what was published, and back when nothing can be read", async ({ page, incidents }) => {
  await host(page, both.ownPage(frameOf(`${PUBLISHED}view=flow&chart=throughput`)));
  const frame = await drawnFrame(page);
  const published = await frame.locator("figcaption").textContent();
  await load(page, [{ name: "items.csv", text: ITEMS }]);
  await expect(frame.locator("figcaption")).not.toHaveText(published!, { timeout: 30_000 });
  await expect(frame.locator('figure[data-chart="throughput"][data-status="ok"]')).toBeVisible({ timeout: 30_000 });
  await expect(frame.locator(".source-banner")).toHaveCount(0);
  const given = await frame.locator("figcaption").textContent();
  // A file that nothing can be made of: the words are in the frame and told, and what was shown is shown.
  await load(page, [{ name: "noise.bin", bytes: Buffer.from("\u0000\u0001\u0002\u0003".repeat(500)).toString("base64") }]);
  await expect.poll(() => lastError(page, "parse")).toMatchObject({ message: expect.stringContaining("noise.bin") });
  await expect(frame.locator(".notice")).toContainText("noise.bin was not imported");
  await expect(frame.locator("figcaption")).toHaveText(given!);
  await page.screenshot({ path: "test-results/embed-refused-file.png" });
  // One of two files: the other is shown.
  await load(page, [{ name: "noise.bin", bytes: Buffer.from("\u0000\u0001\u0002\u0003".repeat(500)).toString("base64") }, { name: "more.csv", text: MORE }]);
  await expect.poll(async () => (await told(page, "error")).filter(({ code }) => code === "parse").length).toBe(2);
  await expect(frame.locator("figcaption")).not.toHaveText(given!);
  expect(incidents.violations).toEqual([]);
  expect(incidents.errors).toEqual([]);
});

test("published data is shown again after a load of which nothing could be read", async ({ page }) => {
  await host(page, both.host + both.page(frameOf(`${PUBLISHED}chart=throughput`)));
  const frame = await drawnFrame(page);
  const published = await frame.locator("figcaption").textContent();
  await load(page, [{ name: "noise.bin", text: "\u0000\u0001\u0002" }]);
  await frame.getByRole("button", { name: "Load" }).click();
  await expect.poll(async () => (await told(page, "error")).at(-1)?.message).toContain("noise.bin");
  await drawnFrame(page);
  await expect(frame.locator("figcaption")).toHaveText(published!);
  await expect(frame.locator(".source-banner")).toHaveCount(0);
  // It is not the parent's: not a byte of it goes out.
  await say(page, { type: "export", reply: "a", format: "csv" });
  await expect.poll(() => lastError(page, "export-refused")).toMatchObject({ reply: "a", message: expect.stringContaining("did not come from your page") });
  expect(await told(page, "exported")).toEqual([]);
});

test("however often it asks meanwhile, a page gets what it gave and nothing of what was published", async ({ page, incidents }) => {
  // Whoever looks finds newer published data, some time later.
  let looks = 0;
  await page.route("**/data/workspace.json*", async (route) => {
    const answer = await route.fetch();
    await settled(50);
    const generated_at = new Date(Date.UTC(2024, 5, 1) + ++looks * 1000).toISOString();
    await route.fulfill({ response: answer, json: { ...(await answer.json()), generated_at } });
  });
  await host(page, both.host + both.page(frameOf(`${PUBLISHED}chart=throughput`)));
  const frame = await drawnFrame(page);
  // Asks all the time, and has the frame look for newer published data all the time.
  await page.evaluate(() => {
    const target = document.querySelector("iframe")!.contentWindow!;
    let asks = 0;
    const ask = () => {
      for (const message of [...(++asks % 40 ? [] : [{ type: "refresh" }]), { type: "export", format: "csv" }]) target.postMessage({ app: "Throughline", v: 1, ...message }, "*");
    };
    setInterval(ask, 5);
  });
  // Of nothing that can be read, then of something.
  for (const [file, words] of [[{ name: "noise.bin", text: "\u0000\u0001\u0002" }, "noise.bin"], [{ name: "items.csv", text: ITEMS }, ""]] as const) {
    await load(page, [file]);
    await frame.getByRole("button", { name: "Load" }).click();
    if (words) {
      await expect.poll(async () => (await lastError(page, "parse"))?.message).toContain(words);
      await drawnFrame(page);
      expect(await told(page, "exported"), "nothing was given that could be read").toEqual([]);
    }
  }
  await drawnFrame(page);
  await expect.poll(async () => (await told(page, "exported")).length).toBeGreaterThan(20);
  await settled(1000);
  expect(looks).toBeGreaterThan(3);
  const texts = new Set((await told(page, "exported")).map(({ buffer }) => Buffer.from(buffer, "base64").toString("utf8")));
  // One whole week with one item.
  expect([...texts]).toEqual(['\ufeff"Date","Finished (items)"\r\n"2024-01-01",1\r\n']);
  await expect(frame.locator("figcaption")).toHaveText("1 item finished in the one whole week of the data.");
  expect(incidents.errors).toEqual([]);
});

test("an origin of embedOrigins loads at once and early, also a board, archives and workspace files", async ({ page, incidents }) => {
  both.setUp({ embedOrigins: [both.host] });
  await host(page, both.host + both.page(frameOf(`${PUBLISHED}view=flow`, 900)));
  // Before anything was opened.
  await page.waitForFunction(() => (window as any).heard.some(({ data }: any) => data.type === "ready"));
  const team = teamExport(40);
  await load(page, [{ name: team.name, bytes: team.bytes.toString("base64") }]);
  const frame = await drawnFrame(page);
  await expect(frame.locator("main")).toHaveAttribute("data-view", "flow");
  await expect.poll(async () => (await told(page, "state")).at(-1)).toMatchObject({ view: "flow", asOf: expect.stringMatching(/^2024-/) });
  // A gzip file and a workspace, as they are dropped on the page.
  const zipped = await page.evaluate(async (text) => {
    const stream = new Blob([text]).stream().pipeThrough(new CompressionStream("gzip"));
    return btoa(Array.from(new Uint8Array(await new Response(stream).arrayBuffer()), (byte) => String.fromCharCode(byte)).join(""));
  }, ITEMS);
  await say(page, { type: "set", params: { chart: "burnup" } });
  await load(page, [{ name: "items.csv.gz", bytes: zipped }]);
  await expect(frame.locator("figcaption")).toContainText("3 of 4 items", { timeout: 30_000 });
  await load(page, [await workspaceFile(page)]);
  await expect(frame.locator("figcaption")).toContainText("56 of 61 items", { timeout: 30_000 });
  await expect(frame.locator("main")).toHaveAttribute("data-view", "flow");
  expect(await told(page, "error")).toEqual([]);
  expect(incidents.errors).toEqual([]);
});

test("in a sandbox without the same origin a workspace file is shown, and an export is refused with the reason", async ({ page, incidents }) => {
  await host(page, both.host + both.page(frameOf("chart=burnup").replace("<iframe", '<iframe sandbox="allow-scripts"')));
  const frame = page.frameLocator("iframe");
  await expect(frame.locator(".frame-card")).toBeVisible({ timeout: 30_000 });
  await load(page, [{ name: "items.csv", text: ITEMS }]);
  await expect.poll(async () => (await lastError(page, "load-refused"))?.message).toContain("Give the frame allow-same-origin");
  await load(page, [await workspaceFile(page)]);
  await frame.getByRole("button", { name: "Load" }).click();
  await drawnFrame(page);
  await expect(frame.locator("figcaption")).toContainText("56 of 61 items");
  expect(incidents.violations).toEqual([]);
  expect(incidents.errors).toEqual([]);
});

test("where the site takes no data of its readers, nobody is asked and nothing is taken", async ({ page }) => {
  both.setUp({ allowLocal: false });
  await host(page, both.host + both.page(frameOf(`${PUBLISHED}chart=throughput`)));
  const frame = await drawnFrame(page);
  await load(page, [{ name: "items.csv", text: ITEMS }]);
  await expect.poll(async () => (await told(page, "error")).at(-1)?.message).toContain("embedOrigins");
  await expect(frame.getByRole("dialog")).toHaveCount(0);
});

test("messages that are not as agreed are answered with the reason; those of others are not heard", async ({ page, incidents }) => {
  await host(page, both.ownPage(frameOf("chart=burnup")));
  const frame = page.frameLocator("iframe");
  await expect(frame.locator(".frame-card")).toBeVisible({ timeout: 30_000 });
  const broken: [Given[], object, string][] = [
    [[], {}, "a list of 1 to 64"],
    [[{ name: "a.csv" }], {}, "a.csv has no buffer"],
    [[{ name: "a.csv", buffer: "key,title" }], {}, "a.csv has no buffer"],
    [[{ name: "a.csv", buffer: [1, 2, 3] }], {}, "a.csv has no buffer"],
    [[{ name: 7, text: ITEMS }], {}, "file 1 has no name"],
    [[{ name: { toString: "x" }, text: ITEMS }], {}, "file 1 has no name"],
    [[{ name: "x".repeat(5000), text: ITEMS }], {}, "file 1 has no name"],
    [[{ name: "empty.csv", text: "" }], {}, "empty.csv holds no bytes"],
    [Array.from({ length: 65 }, (_, number) => ({ name: `${number}.csv`, text: "x" })), {}, "a list of 1 to 64"],
    [[{ name: "a.csv", text: ITEMS }], { keep: true }, "keeps nothing"],
    [[{ name: "a.csv", text: ITEMS }], { name: 7 }, '"name" is not'],
    [[{ name: "a.csv", text: ITEMS }], { files: "a.csv" }, "a list of 1 to 64"],
  ];
  for (const [files, more, words] of broken) {
    await load(page, files, more);
    await expect.poll(async () => (await told(page, "error")).at(-1)?.message, words).toContain(words);
    expect((await told(page, "error")).at(-1).code).toBe("load-refused");
  }
  // Too much for the memory that a frame shares with the page around.
  await page.evaluate(() => {
    const buffer = new ArrayBuffer(90 * 1024 * 1024);
    const files = ["a", "b", "c"].map((name) => ({ name, buffer: new Blob([buffer]) }));
    document.querySelector("iframe")!.contentWindow!.postMessage({ app: "Throughline", v: 1, type: "load", files }, "*");
  });
  await expect.poll(async () => (await told(page, "error")).at(-1)?.message).toContain("larger than 256 MB");
  // Buffers that were transferred away leave nothing behind that could be sent.
  const words = await page.evaluate(() => {
    const buffer = new ArrayBuffer(8);
    structuredClone(buffer, { transfer: [buffer] });
    try {
      document.querySelector("iframe")!.contentWindow!.postMessage({ app: "Throughline", v: 1, type: "load", files: [{ name: "a.csv", buffer }] }, "*");
      return "sent";
    } catch (error) {
      return String(error);
    }
  });
  expect(words, "the browser itself").toContain("DataCloneError");
  for (const [message, part] of [
    [{ type: "export" }, "the format is not known"],
    [{ type: "export", format: "pdf" }, "the format is not known"],
    [{ type: "export", format: "png", chart: 7 }, '"chart" is not a text'],
    [{ type: "export", format: "png" }, "no chart is shown"],
    [{ type: "export", format: "png", chart: "velocity" }, 'the chart "velocity" is not shown'],
  ] as const) {
    await say(page, { reply: "x", ...message });
    await expect.poll(async () => (await told(page, "error")).at(-1)?.message).toContain(part);
    expect((await told(page, "error")).at(-1)).toMatchObject({ code: "export-refused", reply: "x" });
  }
  // The same from a frame beside it, and from the frame itself.
  const before = (await heard(page)).length;
  await page.evaluate(() => {
    const other = document.createElement("iframe");
    other.name = "other";
    document.body.append(other);
  });
  await expect.poll(() => page.frame("other") !== null).toBe(true);
  await page.frame("other")!.evaluate((items) => {
    const target = window.parent.frames[0];
    for (let number = 0; number < 50; number++) {
      target.postMessage({ app: "Throughline", v: 1, type: "load", files: [{ name: "spoofed.csv", buffer: new TextEncoder().encode(items).buffer }] }, "*");
      target.postMessage({ app: "Throughline", v: 1, type: "export", format: "csv" }, "*");
    }
  }, ITEMS);
  await settled(1500);
  expect((await heard(page)).length, "not answered").toBe(before);
  await expect(page.frameLocator('iframe[name="one"]').locator(".frame-card"), "not shown").toBeVisible();
  expect(incidents.errors).toEqual([]);
});

test("a file whose columns nobody knows, or whose dates have two readings, is asked about in the frame", async ({ page, incidents }) => {
  await host(page, both.ownPage(frameOf("chart=burnup")));
  const frame = page.frameLocator("iframe");
  await expect(frame.locator(".frame-card")).toBeVisible({ timeout: 30_000 });
  await load(page, [{ name: "odd.csv", text: "Nr;Was;Lage;Angelegt;Fertig\n1;Eins;Done;2024-01-01;2024-01-03\n2;Zwei;Done;2024-01-01;2024-01-05\n3;Drei;Offen;2024-01-02;\n" }]);
  const question = frame.getByRole("dialog");
  await expect(question).toContainText("odd.csv", { timeout: 30_000 });
  await page.screenshot({ path: "test-results/embed-columns.png" });
  const { violations } = await new AxeBuilder({ page }).include(["iframe"]).analyze();
  expect(violations.filter(({ impact }) => impact === "serious" || impact === "critical").map(({ id }) => id)).toEqual([]);
  await question.getByRole("button", { name: "Leave this file out" }).click();
  await expect.poll(() => lastError(page, "load-refused")).toMatchObject({ message: expect.stringContaining("left the files out") });

  const dates = ITEMS.replaceAll(/2024-01-(\d\d)/g, "$1/02/2024");
  await load(page, [{ name: "dates.csv", text: dates }]);
  await expect(question).toContainText("Day or month first?", { timeout: 30_000 });
  await page.screenshot({ path: "test-results/embed-dates.png" });
  await question.getByRole("button", { name: "Read them month first" }).click();
  await drawnFrame(page);
  await expect(frame.locator("figcaption")).toContainText("3 of 4 items");
  await expect(frame.locator(".framed-age")).toHaveText("Data up to 2024-11-02");
  await expect(frame.locator(".notice"), "it was answered").toHaveCount(0);

  // Not answered: it is shown as it was read, and said.
  await load(page, [{ name: "dates.csv", text: dates }]);
  await expect(question).toContainText("Day or month first?", { timeout: 30_000 });
  await question.getByRole("button", { name: "I do not know" }).click();
  await drawnFrame(page);
  await expect(frame.locator(".notice")).toContainText("dates.csv: nothing in it tells whether day or month comes first");
  await expect.poll(() => lastError(page, "parse")).toMatchObject({ message: expect.stringContaining("dates.csv") });
  expect(incidents.violations).toEqual([]);
  expect(incidents.errors).toEqual([]);
});

test("data that is handed over is read in the time zone of the address", async ({ page, incidents }) => {
  await host(page, both.ownPage(frameOf("chart=throughput&g=day&tz=Asia/Tokyo")));
  await expect.poll(async () => (await told(page, "ready")).length).toBeGreaterThan(0);
  // This afternoon in UTC, and in Europe, is the next day in Tokyo.
  const rows = [2, 3, 4, 5].map((day) => `B-${day},One,Story,Done,2024-01-0${day - 1}T10:00:00Z,2024-01-0${day}T16:00:00Z`);
  await load(page, [{ name: "items.csv", text: `key,title,type,status,created,updated,finished\n${rows.map((row) => row.replace(/([^,]+)$/, "$1,$1")).join("\n")}\n` }]);
  await drawnFrame(page);
  await say(page, { type: "export", reply: 1, format: "csv" });
  await expect.poll(async () => (await told(page, "exported")).length).toBe(1);
  const csv = Buffer.from((await told(page, "exported"))[0].buffer, "base64").toString("utf8");
  expect(csv).toContain('"2024-01-04",1');
  expect(csv).not.toContain('"2024-01-02",1');
  expect(incidents.errors).toEqual([]);
});

test("a chart is handed over as the files of its menu: PNG, SVG and CSV", async ({ page, context, incidents }) => {
  await host(page, both.ownPage(frameOf(`${PUBLISHED}chart=throughput`)));
  const frame = await drawnFrame(page);
  const summary = await frame.locator("figcaption").textContent();
  const asked = async (format: string, more: object = {}) => {
    const reply = `${format} ${Math.round(performance.now())}`;
    await say(page, { type: "export", reply, format, ...more });
    await expect.poll(async () => (await told(page, "exported")).some((message) => message.reply === reply)).toBe(true);
    const { mime, buffer } = (await told(page, "exported")).find((message) => message.reply === reply);
    return { mime, bytes: Buffer.from(buffer, "base64") };
  };
  const png = await asked("png");
  expect(png.mime).toBe("image/png");
  expect(png.bytes.subarray(0, 8).toString("latin1")).toBe("\x89PNG\r\n\x1a\n");
  expect(texts(chunks(png.bytes))).toEqual({ Title: "Throughput", Description: summary, URL: expect.stringContaining("chart=throughput") });
  const svg = await asked("svg", { chart: "throughput" });
  expect(svg.mime).toBe("image/svg+xml");
  const read = await page.evaluate((text) => {
    const root = new DOMParser().parseFromString(text, "image/svg+xml").documentElement;
    return { name: root.localName, title: root.querySelector("title")?.textContent, source: root.querySelector("metadata")?.textContent, drawn: root.querySelectorAll("path").length };
  }, svg.bytes.toString("utf8"));
  expect(read).toMatchObject({ name: "svg", title: "Throughput", source: expect.stringContaining("chart=throughput") });
  expect(read.drawn).toBeGreaterThan(3);
  const csv = await asked("csv");
  expect(csv.mime).toBe("text/csv");
  // The same bytes as from the menu.
  const own = await context.newPage();
  await openPage(own, `${both.app}?${PUBLISHED}chart=throughput`);
  await expect(own.locator('figure[data-chart="throughput"][data-status="ok"]')).toBeVisible({ timeout: 30_000 });
  await own.getByLabel("Take along: Throughput").click();
  const [download] = await Promise.all([own.waitForEvent("download"), own.getByRole("button", { name: "Download CSV" }).click()]);
  expect(csv.bytes.equals(readFileSync(await download.path()))).toBe(true);
  await own.close();

  // Of a board, the one that is named.
  await host(page, both.ownPage(frameOf(`${PUBLISHED}view=flow`, 900)));
  await drawnFrame(page);
  await expect(frame.locator('figure[data-status="loading"]')).toHaveCount(0);
  await say(page, { type: "export", reply: 1, format: "csv" });
  await expect.poll(() => lastError(page, "export-refused")).toMatchObject({ reply: 1, message: expect.stringContaining('"cycle-time" or "cycle-time-histogram"') });
  const ofBoard = await asked("csv", { chart: "cycle" });
  expect(ofBoard.bytes.toString("utf8")).toContain('"Date","Cycle time (days)"');
  expect(incidents.violations).toEqual([]);
  expect(incidents.errors).toEqual([]);
});

test("embed.js hands data over and brings a chart back", async ({ page, incidents }) => {
  const body = `<div id="place" data-throughline-src="${both.app}?embed=1&amp;chart=burnup"></div><script src="${both.app}embed.js"></script>`;
  await host(page, both.host + both.page(body));
  await page.evaluate((items) => {
    const place = document.getElementById("place");
    (window as any).loaded = (window as any).throughlineEmbed.load(place, "Handed over", [{ name: "items.csv", buffer: new TextEncoder().encode(items).buffer }]);
  }, ITEMS);
  const frame = page.frameLocator("iframe");
  await frame.getByRole("button", { name: "Load" }).click({ timeout: 30_000 });
  await drawnFrame(page);
  const got = await page.evaluate(async () => {
    const embed = (window as any).throughlineEmbed;
    const place = document.getElementById("place");
    const png: Blob = await embed.export(place, "png");
    const failed = await embed.export(place, "gif").catch((error: Error) => error.message);
    const nowhere = await embed.export(document.body.appendChild(document.createElement("p")), "png").catch((error: Error) => error.message);
    const bitmap = await createImageBitmap(png);
    return { type: png.type, width: bitmap.width, failed, nowhere };
  });
  expect(got).toMatchObject({ type: "image/png", failed: expect.stringContaining("the format is not known"), nowhere: expect.stringContaining("no frame") });
  expect(got.width).toBeGreaterThan(600);
  expect(incidents.errors).toEqual([]);
});
