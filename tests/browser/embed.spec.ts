// The app inside pages of others: heights, colours, storage, sources and messages, against two origins.
import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { expectSaved, importFile, inWorkers, openPage } from "./product";
import { teamExport } from "./exports";
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

const DATA = "src=data/workspace.json&embed=1";
const address = (more: string) => `${both.app}?${DATA}&${more}`;
const iframe = (more: string, height: number, attributes = "") =>
  `<iframe title="chart" src="${address(more).replaceAll("&", "&amp;")}" style="width:700px;height:${height}px;border:0" ${attributes}></iframe>`;
const settled = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Notes every message that the page around is told. */
const LISTEN = `<script>window.heard = []; addEventListener("message", (event) => heard.push({ origin: event.origin, data: event.data }));</script>`;
const heard = (page: Page): Promise<{ origin: string; data: any }[]> => page.evaluate(() => (window as any).heard);
const send = (page: Page, message: unknown) =>
  page.evaluate((message) => document.querySelector("iframe")!.contentWindow!.postMessage(message, "*"), message);

for (const height of [420, 300, 200]) {
  test(`a chart fits a frame of ${height} px: nothing is cut`, async ({ page, incidents }) => {
    await page.goto(both.host + both.page(iframe(`chart=burnup&h=${height}`, height)));
    const frame = await drawnFrame(page);
    expect(await hidden(frame)).toEqual([]);
    await expect(frame.locator("figcaption")).toBeVisible({ visible: height >= 260 });
    await expect(frame.locator(".legend")).toBeVisible({ visible: height >= 360 });
    const drawing = await frame.locator(".chart-frame").boundingBox();
    expect(drawing!.height, "the chart has room").toBeGreaterThan(80);
    await expect(frame.locator(".framed-age")).toHaveText(/^Data up to 2024-\d\d-\d\d$/);
    // The items behind a mark, inside the frame.
    await frame.locator(".chart-stop").focus();
    const drawer = frame.locator("dialog.drawer[open]");
    await page.keyboard.press("Home");
    for (let marks = 0; marks < 40 && (await drawer.count()) === 0; marks++) {
      await page.keyboard.press("ArrowRight");
      await page.keyboard.press("Enter");
    }
    await expect(drawer).toBeVisible();
    const [box, window] = await drawer.evaluate((drawer) => [drawer.getBoundingClientRect().toJSON(), innerHeight] as const);
    expect(box.top).toBeGreaterThanOrEqual(0);
    expect(box.bottom).toBeLessThanOrEqual(window);
    await page.keyboard.press("Escape");
    await expect(drawer).toHaveCount(0);
    expect(incidents.violations).toEqual([]);
    expect(incidents.errors).toEqual([]);
  });
}

test("a strip of figures fits 120 px, of the overview and of a chart", async ({ page, incidents }) => {
  await page.goto(both.host + both.page(iframe("view=overview&strip=1", 120)));
  const frame = page.frameLocator("iframe");
  await expect(frame.locator(".tile").first()).toBeVisible({ timeout: 30_000 });
  expect(await frame.locator(".tile").count()).toBeGreaterThan(1);
  expect(await hidden(frame)).toEqual([]);
  await expect(frame.locator("figure")).toHaveCount(0);

  await page.goto(both.host + both.page(iframe("chart=throughput&strip=1", 120)));
  await expect(frame.locator(".figure").first()).toBeVisible({ timeout: 30_000 });
  expect(await hidden(frame)).toEqual([]);
  expect(incidents.errors).toEqual([]);
});

test("a board shows a view without anything to edit, drop or choose a file with", async ({ page, incidents }) => {
  await page.goto(both.host + both.page(iframe("view=sprint", 900)));
  const frame = await drawnFrame(page);
  expect(await frame.locator("figure[data-chart]").count()).toBeGreaterThan(1);
  await expect(frame.locator('input[type="file"], form, input[type="date"]')).toHaveCount(0);
  await expect(frame.locator("header.top, nav.views")).toHaveCount(0);
  // No shortcut and no drop of the whole page.
  await frame.locator("main").press("Control+o");
  const listens = await frame.locator("main").evaluate((main) => {
    const drag = new DragEvent("dragover", { bubbles: true, cancelable: true, dataTransfer: new DataTransfer() });
    const paste = new ClipboardEvent("paste", { bubbles: true, cancelable: true, clipboardData: new DataTransfer() });
    return [main.dispatchEvent(drag), main.dispatchEvent(paste)];
  });
  expect(listens, "neither is taken").toEqual([true, true]);
  await expect(frame.locator(".drop-overlay")).toHaveCount(0);
  expect(incidents.errors).toEqual([]);
});

test("the parts of a chart are switched off one by one", async ({ page }) => {
  await page.goto(both.host + both.page(iframe("chart=burnup&title=0&legend=0&caption=0&controls=0&table=0&link=0", 420)));
  const frame = await drawnFrame(page);
  for (const part of ["h2.framed-title", "figcaption", ".legend", ".framed-table", ".framed-foot button", ".framed-foot a"]) {
    await expect(frame.locator(part).filter({ visible: true }), part).toHaveCount(0);
  }
});

test("the link opens the same view in a tab of its own, and the table lies over the frame", async ({ page, context }) => {
  await page.goto(both.host + both.page(iframe("chart=velocity&f.type=Story", 300)));
  const frame = await drawnFrame(page);
  await frame.getByRole("button", { name: /table/i }).click();
  await expect(frame.locator("dialog table.numbers")).toBeVisible();
  await page.keyboard.press("Escape");
  const [tab] = await Promise.all([context.waitForEvent("page"), frame.getByRole("link", { name: "Open in Throughline" }).click()]);
  await expect(tab.locator("main[data-view]")).toHaveAttribute("data-view", "velocity", { timeout: 30_000 });
  await expect(tab.locator("header.top")).toBeVisible();
  expect(tab.url()).toContain("f.type=Story");
  expect(await tab.evaluate(() => window.opener)).toBeNull();
});

const luminance = (page: Page) =>
  page.frameLocator("iframe").first().locator("body").evaluate((body) => {
    const [red, green, blue, alpha = 1] = getComputedStyle(body).backgroundColor.match(/[\d.]+/g)!.map(Number);
    return alpha === 0 ? null : (red + green + blue) / 3;
  });

test.describe("colours", () => {
// As browsers do it: a test that sets the colours of the system sets those of frames as well.
test.use({ colorScheme: null });

test("a dark host gets a dark chart, a light host a light one", async ({ page }) => {
  await page.goto(both.host + both.page(iframe("chart=burnup", 420), "<style>:root { color-scheme: dark }</style>"));
  await drawnFrame(page);
  expect(await luminance(page)).toBeLessThan(60);
  await page.goto(both.host + both.page(iframe("chart=burnup", 420), "<style>:root { color-scheme: light }</style>"));
  await drawnFrame(page);
  expect(await luminance(page)).toBeGreaterThan(200);
  await page.goto(both.host + both.page(iframe("chart=burnup&theme=dark", 420), "<style>:root { color-scheme: light }</style>"));
  await drawnFrame(page);
  expect(await luminance(page), "the address decides").toBeLessThan(60);
});

for (const theme of ["auto", "light", "dark"]) {
  test(`the page around shows through with bg=transparent, theme=${theme}`, async ({ page }) => {
    const head = "<style>:root { color-scheme: dark } body { background: #103050; margin: 0 } h1 { display: none }</style>";
    await page.goto(both.host + both.page(iframe(`chart=burnup&bg=transparent&theme=${theme}`, 420), head));
    const frame = await drawnFrame(page);
    expect(await luminance(page), "no colour of its own").toBeNull();
    // What is seen at a corner of the frame, and inside the drawing's edge.
    const seen = await page.screenshot({ clip: { x: 2, y: 2, width: 1, height: 1 } });
    const colour = await page.evaluate(async (png) => {
      const picture = await createImageBitmap(await (await fetch(`data:image/png;base64,${png}`)).blob());
      const context = new OffscreenCanvas(1, 1).getContext("2d")!;
      context.drawImage(picture, 0, 0);
      return [...context.getImageData(0, 0, 1, 1).data];
    }, seen.toString("base64"));
    expect(colour.slice(0, 3)).toEqual([0x10, 0x30, 0x50]);
    await expect(frame.locator("figure")).toBeVisible();
  });
}
});

// The three kinds of hosts that follow the height.
const OPEN_IFRAME_RESIZER = `<script>
  const frame = document.querySelector("iframe"); window.sizes = [];
  frame.addEventListener("load", () => frame.contentWindow.postMessage({ type: "iframe-child-init" }, "*"));
  addEventListener("message", (event) => {
    if (event.source !== frame.contentWindow || event.data?.type !== "iframe-resized") return;
    sizes.push(event.data.height); frame.style.height = event.data.height + "px";
  });
</script>`;
const USER_MACRO = `<script>
  const frame = document.querySelector("iframe"); window.sizes = [];
  frame.addEventListener("load", () => frame.contentWindow.postMessage({ confluenceColorMode: "dark" }, "*"));
  addEventListener("message", (event) => {
    if (event.source !== frame.contentWindow || !event.data?.confluenceFrameHeight) return;
    sizes.push(event.data.confluenceFrameHeight); frame.style.height = event.data.confluenceFrameHeight + "px";
  });
</script>`;
const ownHost = (more: string) =>
  `<div data-throughline-src="${address(more).replaceAll("&", "&amp;")}" data-throughline-height="150"></div>
   <script>window.sizes = []; addEventListener("message", (event) => { if (event.data?.type === "resize") sizes.push(event.data.height); });</script>
   <script src="${both.app}embed.js" defer></script>`;

const hosts: [string, () => string][] = [
  ["embed.js", () => ownHost("view=sprint")],
  ["open-iframe-resizer", () => iframe("view=sprint", 150) + OPEN_IFRAME_RESIZER],
  ["the user macro of Confluence Data Center", () => iframe("view=sprint", 150) + USER_MACRO],
];
for (const [name, body] of hosts) {
  test(`${name} gives the frame the height of its content, which then stays`, async ({ page, incidents }) => {
    await page.goto(both.host + both.page(body()));
    const frame = await drawnFrame(page);
    await expect(frame.locator('figure[data-status="loading"]')).toHaveCount(0);
    const measure = () => frame.locator("html").evaluate((html) => [innerHeight, html.scrollHeight, Math.ceil(document.querySelector(".framed")!.getBoundingClientRect().height)]);
    await expect.poll(async () => (([frame, , content]) => Math.abs(frame - content))(await measure())).toBeLessThanOrEqual(1);
    const before = await measure();
    expect(before[0], "as high as several charts").toBeGreaterThan(600);
    expect(before[1], "nothing to scroll").toBeLessThanOrEqual(before[0]);
    const told = await page.evaluate(() => (window as any).sizes.length);
    expect(told).toBeGreaterThan(0);
    expect(told, "few messages").toBeLessThan(15);
    await settled(3000);
    expect(await measure(), "no growth").toEqual(before);
    expect(await page.evaluate(() => (window as any).sizes.length)).toBe(told);
    if (name.startsWith("the user macro")) expect(await luminance(page), "in the colours of the page").toBeLessThan(60);
    // A narrower page: the content is higher, and the frame follows.
    await page.locator("iframe").evaluate((frame) => (frame.style.width = "340px"));
    await expect.poll(async () => (([frame, , content]) => Math.abs(frame - content))(await measure())).toBeLessThanOrEqual(1);
    expect(incidents.errors).toEqual([]);
  });
}

test("a host that changes the width with every height is not answered for ever", async ({ page }) => {
  const wild = OPEN_IFRAME_RESIZER.replace("frame.style.height = event.data.height", "frame.style.width = 300 + (sizes.length % 2) * 300 + 'px'; frame.style.height = event.data.height");
  await page.goto(both.host + both.page(iframe("view=sprint", 150) + wild));
  await drawnFrame(page);
  await settled(12_000);
  const told = await page.evaluate(() => (window as any).sizes.length);
  expect(told).toBeGreaterThan(5);
  expect(told).toBeLessThanOrEqual(31);
});

test("without storage, as where the browser blocks it in frames, the chart is there", async ({ page, incidents }) => {
  await page.addInitScript(() => {
    if (window.parent === window) return;
    for (const name of ["indexedDB", "localStorage", "sessionStorage", "caches"]) {
      Object.defineProperty(window, name, { get: () => { throw new DOMException("Access is denied for this document.", "SecurityError"); } });
    }
  });
  await page.goto(both.host + both.page(iframe("chart=burnup", 420)));
  await drawnFrame(page);
  expect(incidents.errors).toEqual([]);
});

test("in a sandbox without the same origin, in which there are no workers, the chart is there", async ({ page, incidents }) => {
  await page.goto(both.host + both.page(iframe("chart=burnup", 420, 'sandbox="allow-scripts allow-popups"')));
  const frame = await drawnFrame(page);
  expect(await frame.locator("body").evaluate(() => window.origin)).toBe("null");
  expect(await hidden(frame)).toEqual([]);
  expect(incidents.violations).toEqual([]);
  expect(incidents.errors).toEqual([]);
});

test("what this browser keeps is never shown in a frame, with and without embed=1", async ({ page }) => {
  // A same-site host: the frame's database would be the very one that is filled here.
  await openPage(page, both.app);
  await importFile(page, teamExport(40, (item) => `Secret plan ${item}`));
  await expectSaved(page);
  // The engine opens the database, in a worker.
  const opened: string[] = [];
  page.on("request", (request) => {
    if (request.url().includes("database-opened")) opened.push(request.url());
  });
  await inWorkers(page, 'const open = IDBFactory.prototype.open; IDBFactory.prototype.open = function (...about) { void fetch("./database-opened"); return open.apply(this, about); }');
  for (const query of ["", "embed=1", "embed=0", "own=1", "own=1&embed=0", "view=items", "view=items&embed=1", "chart=burnup&embed=1", "safe=1", `${DATA}&view=items`]) {
    for (const carrier of ["?", "#"]) {
      if (carrier === "#" && query.includes("src")) continue;
      await page.goto(both.sibling + both.page(`<iframe title="x" src="${both.app}${carrier}${query.replaceAll("&", "&amp;")}" style="width:900px;height:600px"></iframe>`));
      const frame = page.frameLocator("iframe");
      await expect(frame.locator("main[data-view]")).toBeVisible({ timeout: 30_000 });
      await expect(frame.locator(".frame-card, .framed")).toBeVisible();
      if (query.includes("src")) await expect(frame.locator("table.items")).toBeVisible();
      await expect(frame.locator("body")).not.toContainText("Secret plan");
      await expect(frame.locator("body")).not.toContainText("Saved in this browser");
    }
  }
  expect(opened, "no frame opened a database of the page").toEqual([]);
  await openPage(page, `${both.app}#v=1&view=items`);
  await expect.poll(() => opened.length, "a tab of its own does").toBeGreaterThan(0);
  await expect(page.locator("table.items"), "it was there all the time").toContainText("Secret plan");
});

test("data of another host is asked about, and nothing is fetched before or after a no", async ({ page }) => {
  // http is refused at once; https of another host is asked about.
  both.asked.length = 0;
  const requests: string[] = [];
  page.on("request", (request) => requests.push(request.url()));
  const framed = (source: string) => `<iframe title="x" src="${both.app}?embed=1&amp;chart=burnup&amp;src=${encodeURIComponent(source)}" style="width:700px;height:420px"></iframe>`;
  await page.goto(both.host + both.page(framed("https://elsewhere.invalid/data/workspace.json") + LISTEN));
  const frame = page.frameLocator("iframe");
  await expect(frame.getByRole("dialog")).toContainText("elsewhere.invalid");
  await settled(1000);
  await frame.getByRole("button", { name: "No, show nothing" }).click();
  await expect(frame.locator(".framed-content")).toContainText("There is nothing to show here.");
  await settled(1000);
  expect(requests.filter((url) => new URL(url).hostname === "elsewhere.invalid")).toEqual([]);
  await expect.poll(async () => (await heard(page)).map(({ data }) => data.code).filter(Boolean)).toContain("src-denied");

  await page.goto(both.host + both.page(framed(`${both.foreign}/data/workspace.json`)));
  await expect(frame.locator(".framed-content")).toContainText("There is nothing to show here.");
  await settled(500);
  expect(both.asked, "the other host was never asked").toEqual([]);
});

const ours = (more: object) => ({ app: "Throughline", v: 1, ...more });

test("the page around is told what is shown, and can change it", async ({ page, incidents }) => {
  await page.goto(both.host + both.page(LISTEN + iframe("chart=burnup", 420, 'name="first"')));
  const frame = await drawnFrame(page);
  await expect.poll(async () => (await heard(page)).map(({ data }) => data.type)).toContain("state");
  for (const { origin, data } of await heard(page)) {
    expect(origin).toBe(both.appOrigin);
    expect(data).toMatchObject({ app: "Throughline", v: 1, id: "first" });
  }
  const state = (await heard(page)).find(({ data }) => data.type === "state")!.data;
  expect(Object.keys(state).sort(), "nothing of the data").toEqual(["app", "chart", "id", "title", "type", "v", "view"]);

  const before = (await heard(page)).length;
  await send(page, "PING");
  await expect.poll(async () => (await heard(page)).slice(before).map(({ data }) => data.type)).toEqual(["ready"]);
  await send(page, ours({ type: "theme", theme: "dark" }));
  await expect.poll(() => luminance(page)).toBeLessThan(60);
  await send(page, ours({ type: "set", params: { chart: "velocity", "f.type": "Story", caption: "0", src: "https://evil.invalid/", embed: "0" } }));
  await expect(frame.locator('figure[data-chart="velocity"][data-status="ok"]')).toBeVisible();
  await expect(frame.locator("figcaption")).toBeHidden();
  await expect(frame.locator(".framed")).toBeVisible();
  for (const [message, code] of [[ours({ type: "set", params: { g: "fortnight" } }), "bad-parameter"]] as const) {
    await send(page, message);
    await expect.poll(async () => (await heard(page)).map(({ data }) => data.code)).toContain(code);
  }
  expect(incidents.errors).toEqual([]);
});

test("spoofed messages are ignored: of another window, of another origin, of wrong shapes, a hundred of each", async ({ page, incidents }) => {
  const body = LISTEN + iframe(`chart=burnup&parent=${encodeURIComponent("https://wiki.invalid")}`, 420) + '<iframe id="other" title="other" src="about:blank"></iframe>';
  await page.goto(both.host + both.page(body));
  const frame = await drawnFrame(page, 'iframe[title="chart"]');
  const count = (await heard(page)).length;
  await expect.poll(async () => (await heard(page)).map(({ data }) => data.type)).toContain("state");
  const drawn = () => frame.locator("figure").getAttribute("data-chart");
  // The address names another page around than this one: it is not heard, though it is the parent.
  for (let number = 0; number < 100; number++) await send(page, ours({ type: "theme", theme: "dark" }));
  await send(page, "PING");
  await settled(500);
  expect(await luminance(page)).toBeGreaterThan(200);
  expect((await heard(page)).length, "not answered").toBe(count);

  await page.goto(both.host + both.page(LISTEN + iframe("chart=burnup", 420)));
  await drawnFrame(page);
  await expect.poll(async () => (await heard(page)).map(({ data }) => data.type)).toContain("state");
  const told = (await heard(page)).length;
  // The right words, but from a window that is not the parent: another frame, and the frame itself.
  await page.evaluate(() => {
    const other = document.body.appendChild(document.createElement("iframe"));
    other.id = "other";
    const script = other.contentDocument!.createElement("script");
    script.textContent = `for (let number = 0; number < 100; number++) for (const message of ["PING", { type: "iframe-child-init" }, { confluenceColorMode: "dark" }, { app: "Throughline", v: 1, type: "set", params: { chart: "velocity" } }]) parent.document.querySelector("iframe").contentWindow.postMessage(message, "*");`;
    other.contentDocument!.body.append(script);
  });
  await frame.locator("body").evaluate(() => {
    for (let number = 0; number < 100; number++) window.postMessage({ app: "Throughline", v: 1, type: "theme", theme: "dark" }, "*");
  });
  // The parent, with shapes that are none.
  await page.evaluate(() => {
    const target = document.querySelector("iframe")!.contentWindow!;
    const deep: any = {};
    deep.self = deep;
    const many = Object.fromEntries(Array.from({ length: 1000 }, (_, number) => [`key${number}`, "x"]));
    const shapes: unknown[] = [
      null, undefined, 0, NaN, true, "", "ping", "x".repeat(100_000), [], ["PING"], {}, deep, many, new Map([["app", "Throughline"]]), new Date(), new ArrayBuffer(8), new Uint8Array(8), 10n,
      { app: "Throughline" }, { app: "Throughline", v: 1 }, { app: "Throughline", v: "1", type: "ping" }, { app: "Throughline", v: 2, type: "ping" }, { app: ["Throughline"], v: 1, type: "ping" },
      { app: "Throughline", v: 1, type: "theme", theme: "<img src=x onerror=alert(1)>" }, { app: "Throughline", v: 1, type: "theme", theme: { toString: 1 } },
      { app: "Throughline", v: 1, type: "set", params: deep }, { app: "Throughline", v: 1, type: "set", params: { chart: ["velocity"] } }, { app: "Throughline", v: 1, type: "set", params: many, chart: deep },
      { type: "iframe-resized", height: 1 }, { confluenceFrameHeight: 1 }, { type: "eval", code: "1" }, { app: "throughline", v: 1, type: "set", params: { chart: "velocity" } },
      JSON.parse('{"__proto__": {"polluted": 1}, "app": "Throughline", "v": 1, "type": "set", "params": {"__proto__": "x"}}').app ? { app: "Other", v: 1, type: "ping" } : null,
    ];
    for (let number = 0; number < 100; number++) for (const shape of shapes) target.postMessage(shape, "*");
  });
  await settled(1500);
  expect(await drawn()).toBe("burnup");
  expect(await luminance(page), "still light").toBeGreaterThan(200);
  expect(await frame.locator("html").getAttribute("data-frame"), "still as high as the frame").toBe("follow");
  expect(await frame.locator("body").evaluate(() => "polluted" in {})).toBe(false);
  expect((await heard(page)).slice(told).map(({ data }) => data), "not answered").toEqual([]);
  // It still works.
  await send(page, "PING");
  await expect.poll(async () => (await heard(page)).slice(told).map(({ data }) => data.type)).toEqual(["ready"]);
  expect(incidents.errors).toEqual([]);
});

test("a page in no frame listens to nobody", async ({ page }) => {
  await page.addInitScript(() => {
    const add = window.addEventListener;
    (window as any).listened = [];
    window.addEventListener = function (type: string, ...more: any[]) {
      (window as any).listened.push(type);
      return (add as any).call(window, type, ...more);
    } as any;
  });
  await openPage(page, `${both.app}?${DATA}&chart=burnup`);
  await expect(page.locator('figure[data-status="ok"]')).toBeVisible({ timeout: 30_000 });
  expect(await page.evaluate(() => (window as any).listened)).not.toContain("message");
});

for (const colorScheme of ["light", "dark"] as const) {
  test(`nothing serious in a frame, and no violation of the policy: ${colorScheme}`, async ({ page, incidents }) => {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    for (const [more, height] of [["chart=burnup", 420], ["chart=burnup", 200], ["view=overview&strip=1", 120], ["chart=throughput&strip=1", 120], ["view=overview", 900], ["view=flow", 900], ["view=items", 600]] as const) {
      await page.goto(both.host + both.page(iframe(more, height), `<style>:root { color-scheme: ${colorScheme} }</style>`));
      const frame = page.frameLocator("iframe");
      await expect(frame.locator('.framed:not([data-layout="message"])')).toBeVisible({ timeout: 30_000 });
      await expect(frame.locator('figure[data-status="loading"]')).toHaveCount(0);
      await expect(frame.locator(".tile, .figure, table.items, .chart-frame svg, .chart-frame canvas").first()).toBeVisible();
      const { violations } = await new AxeBuilder({ page }).include(["iframe"]).analyze();
      const serious = violations.filter(({ impact }) => impact === "serious" || impact === "critical").map(({ id, nodes }) => `${id}: ${nodes.slice(0, 3).map(({ target }) => target.join(" ")).join(", ")}`);
      expect(serious, `${more} ${height}`).toEqual([]);
    }
    expect(incidents.violations).toEqual([]);
    expect(incidents.errors).toEqual([]);
  });
}

test("the page's address in a frame without embed=1: the published data, or else a card", async ({ page }) => {
  await page.goto(both.host + both.page(`<iframe title="x" src="${both.app}" style="width:500px;height:200px"></iframe>`));
  const frame = page.frameLocator("iframe");
  await expect(frame.getByRole("link", { name: "Open Throughline in a new tab" })).toBeVisible({ timeout: 30_000 });
  await expect(frame.locator('input, [contenteditable], header.top')).toHaveCount(0);
});
