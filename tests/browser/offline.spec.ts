// The installed app: opens and works without its host, takes files from the system, and goes from one release to the next without
// losing anything. Each test has an nginx of its own, whose files it replaces and which it stops.
import type { Page } from "@playwright/test";
import { appendFileSync, copyFileSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { zipOf } from "./archives";
import { longExport, teamExport } from "./exports";
import { startNginx } from "./nginx";
import type { Nginx } from "./nginx";
import { chart, chooseFiles, expectImported, expectSaved, goTo, importFile, openPage, status } from "./product";
import { deploy, deploymentFolder } from "./releases";
import { expect, test } from "./watched_page";

test.use({ serviceWorkers: "allow" });

let folder: string;
let host: Nginx;

test.beforeEach(async () => {
  folder = deploymentFolder();
  host = await startNginx({ folder, prefix: "/a/b/" });
});

test.afterEach(async () => {
  await host.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** Waits until the release that the page was told of is kept as a whole. */
async function expectKept(page: Page) {
  await page.evaluate(() => navigator.serviceWorker.ready);
  await expect.poll(() => page.evaluate(() => navigator.serviceWorker.controller !== null)).toBe(true);
}

const buildOf = (page: Page) => page.locator('meta[name="throughline:build"]').getAttribute("content");

/** A page that frames the app. */
const hostPage = (address: string) => `location = /host.html { default_type text/html; return 200 "<iframe src='${address}'></iframe>"; }`;

const registrations = (page: Page) => page.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).length);

test("after the first visit everything works without the host, also programs that were not loaded yet", async ({ page }) => {
  await openPage(page, host.address);
  await expectKept(page);
  await host.stop();

  // The page of the first visit itself: nothing has loaded the programs for files so far.
  await importFile(page, teamExport());
  await expectSaved(page);

  await openPage(page, host.address);
  await goTo(page, "#view=throughput");
  await chart(page, "throughput");
  await chooseFiles(page, zipOf("more.zip", [longExport(20)]));
  await expect(status(page)).toContainText(" read: ", { timeout: 30_000 });
  const download = page.waitForEvent("download");
  await page.keyboard.press("Control+s");
  expect((await download).suggestedFilename()).toContain(".throughline");
});

test("in the network's absence the browser's own switch gives the same", async ({ page, context }) => {
  await openPage(page, host.address);
  await expectKept(page);
  await context.setOffline(true);
  await openPage(page, `${host.address}index.html?from=now-90d#view=start`);
  await importFile(page, teamExport());
});

test("a newer release is told, the old tab works and saves with its own files, and the reload has both", async ({ page, context }) => {
  await openPage(page, host.address);
  await expectKept(page);
  const before = await buildOf(page);

  // The files of the old release are gone from the host, and the program of the new one would not do for the old page.
  deploy(folder, "next", (read, write) => {
    write("import_worker.js", "throw new Error('this is the program of another release');\n");
    write("index.html", read("index.html").replace("<h1>Throughline</h1>", "<h1>Throughline, next</h1>"));
  });
  await page.evaluate(async () => (await navigator.serviceWorker.getRegistration())!.update());
  const notice = page.getByLabel("Note").filter({ hasText: "new version" });
  await expect(notice).toBeVisible({ timeout: 30_000 });
  expect(await buildOf(page), "nothing is loaded unasked").toBe(before);

  await importFile(page, teamExport());
  await expectSaved(page);
  await goTo(page, "#view=throughput");
  await chart(page, "throughput");
  // A second tab has the new release, side by side with the old one.
  const other = await context.newPage();
  await openPage(other, host.address);
  expect(await buildOf(other)).toBe("next");
  await other.close();

  // A change that is not saved yet, and at once the click: the page waits for the save.
  await importFile(page, longExport(30));
  await notice.getByRole("button", { name: "Reload" }).click();
  await expect.poll(() => buildOf(page).catch(() => null), { timeout: 30_000 }).toBe("next");
  await expect(page.locator("main[data-view]")).toBeVisible({ timeout: 30_000 });
  await goTo(page, "#view=throughput");
  await chart(page, "throughput");
  await goTo(page, "#view=import");
  await expect(page.locator("main")).toContainText("team.csv");
  await expect(page.locator("main")).toContainText("long.csv");
  await expect(page.getByLabel("Note").filter({ hasText: "new version" })).toHaveCount(0);
});

test("a release of which one file is another on the host is not taken", async ({ page }) => {
  await openPage(page, host.address);
  await expectKept(page);
  const before = await buildOf(page);
  deploy(folder, "half");
  // As on a host whose files are replaced one by one, or that rewrites them.
  appendFileSync(`${folder}/unpack_worker.js`, "\n// added by the host\n");
  await page.evaluate(async () => {
    const registration = (await navigator.serviceWorker.getRegistration())!;
    const redundant = new Promise<void>((resolve) => {
      registration.addEventListener("updatefound", () => {
        const worker = registration.installing!;
        worker.addEventListener("statechange", () => worker.state === "redundant" && resolve());
      });
    });
    await registration.update().catch(() => {});
    await redundant;
  });
  await openPage(page, host.address);
  expect(await buildOf(page)).toBe(before);
  await importFile(page, teamExport());
});

test("files of releases that nobody has open any more go", async ({ page, context }) => {
  await openPage(page, host.address);
  await expectKept(page);
  deploy(folder, "next");
  await page.evaluate(async () => (await navigator.serviceWorker.getRegistration())!.update());
  await expect(page.getByLabel("Note").filter({ hasText: "new version" })).toBeVisible({ timeout: 30_000 });
  await page.close();
  // The last page of the old release is gone: the browser turns to the new worker, which clears up.
  const next = await context.newPage();
  await next.goto(`${host.origin}/`); // outside of what the worker serves
  const names = () => next.evaluate(async () => (await caches.keys()).filter((name) => !name.endsWith(" data")));
  await expect.poll(names, { timeout: 30_000 }).toEqual([`throughline ${host.address} next`]);
  await host.stop();
  await openPage(next, host.address);
  expect(await buildOf(next)).toBe("next");
});

test("the kill switch removes what was kept and itself; workspaces stay", async ({ page }) => {
  await openPage(page, host.address);
  await expectKept(page);
  await importFile(page, teamExport());
  await expectSaved(page);
  await page.evaluate(() => caches.open("another program of this origin"));

  copyFileSync(`${folder}/sw-kill.js`, `${folder}/sw.js`);
  await openPage(page, host.address);
  await expect.poll(() => page.evaluate(() => caches.keys()), { timeout: 30_000 }).toEqual(["another program of this origin"]);
  await expect.poll(async () => {
    await openPage(page, host.address);
    return page.evaluate(() => navigator.serviceWorker.controller === null);
  }).toBe(true);
  await goTo(page, "#view=throughput");
  await chart(page, "throughput");
  await host.stop();
  await expect(page.goto(host.address)).rejects.toThrow(/ERR_CONNECTION_REFUSED/);
});

test("in a frame, in safe mode and without a secure origin nothing is registered", async ({ page, context }) => {
  const framed = await startNginx({ folder, headers: { "Content-Security-Policy": null }, more: hostPage("./") });
  const other = await startNginx({ folder, headers: { "Content-Security-Policy": null }, more: hostPage(framed.address) });
  try {
    for (const [where, { address }] of Object.entries({ "the same origin": framed, "another origin": other })) {
      await page.goto(`${address}host.html`);
      await expect(page.frameLocator("iframe").locator("main").first()).toBeVisible({ timeout: 30_000 });
      await page.waitForTimeout(2_000); // long enough for a registration that must not come
      const frame = page.frames()[1];
      expect(await frame.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).length), where).toBe(0);
    }

    await openPage(page, `${host.address}?safe=1`);
    await page.waitForTimeout(2_000);
    expect(await registrations(page)).toBe(0);

    const plain = await context.newPage();
    await plain.addInitScript(() => Object.defineProperty(window, "isSecureContext", { value: false }));
    await openPage(plain, host.address);
    await plain.waitForTimeout(2_000);
    expect(await registrations(plain)).toBe(0);
  } finally {
    await framed.stop();
    await other.stop();
  }
});

test("a host that refuses the worker is not spoken of", async ({ page, incidents }) => {
  await host.stop();
  host = await startNginx({ folder, prefix: "/a/b/", more: "location = /a/b/sw.js { return 403; }" });
  await openPage(page, host.address);
  await page.waitForTimeout(2_000);
  expect(await registrations(page)).toBe(0);
  await expect(page.locator(".notices section")).toHaveCount(0);
  expect(incidents.violations).toEqual([]);
  await importFile(page, teamExport());
});

test("a host that sends index.html to its folder is no obstacle", async ({ page }) => {
  await host.stop();
  host = await startNginx({ folder, prefix: "/a/b/", more: "if ($request_uri ~ index\\.html) { return 308 /a/b/; }" });
  await openPage(page, host.address);
  await expectKept(page);
  await host.stop();
  await openPage(page, `${host.address}index.html`);
  await importFile(page, teamExport());
});

test("settings and data of the site come from the host first, and from the last visit without it", async ({ page }) => {
  mkdirSync(`${folder}/data`, { recursive: true });
  const publish = (text: string) => writeFileSync(`${folder}/data/note.json`, JSON.stringify(text));
  const read = (name: string) => page.evaluate(async (name) => (await fetch(name)).json(), name);
  publish("first");
  // Fetched while the page starts, before there is a worker.
  await page.addInitScript(() => void fetch("data/note.json"));
  await openPage(page, host.address);
  await expectKept(page);
  const kept = () => page.evaluate(async (address) => (await (await caches.open(`throughline ${address} data`)).match("data/note.json"))?.json(), host.address);
  await expect.poll(kept).toBe("first");
  publish("second");
  expect(await read("data/note.json?t=1")).toBe("second");
  await host.stop();
  expect(await read("data/note.json?t=2")).toBe("second");
  expect(await page.evaluate(() => fetch("data/never-seen.json").then(() => "answered", () => "failed"))).toBe("failed");
});

test("a published site opens without its host after one visit", async ({ page, browser }) => {
  await openPage(page, host.address);
  await importFile(page, teamExport());
  const download = page.waitForEvent("download");
  await page.keyboard.press("Control+s");
  mkdirSync(`${folder}/data`, { recursive: true });
  copyFileSync(await (await download).path(), `${folder}/data/team.throughline`);
  writeFileSync(`${folder}/app.config.json`, JSON.stringify({ workspace: "data/team.throughline" }));

  const reader = await browser.newContext({ serviceWorkers: "allow" });
  const published = await reader.newPage();
  await openPage(published, host.address);
  await expectKept(published);
  const kept = () => published.evaluate(async (address) => (await (await caches.open(`throughline ${address} data`)).keys()).map(({ url }) => url.slice(address.length)).sort(), host.address);
  await expect.poll(kept).toEqual(["app.config.json", "data/team.throughline"]);
  await host.stop();
  await published.goto("about:blank");
  await openPage(published, `${host.address}#view=throughput`);
  await chart(published, "throughput");

  // Nothing of it is the reader's own work: a newer release needs no question.
  const loads = published.waitForEvent("load");
  await published.evaluate(() => window.dispatchEvent(new Event("throughline:new-release")));
  await published.getByLabel("Note").filter({ hasText: "new version" }).getByRole("button", { name: "Reload" }).click();
  await loads;
  await chart(published, "throughput");
  await reader.close();
});

test("a site behind a sign-in opens for whoever has signed in, and asks again when that is over", async ({ page, context, browser }) => {
  const maker = await browser.newPage();
  await openPage(maker, host.address);
  await importFile(maker, teamExport());
  const download = maker.waitForEvent("download");
  await maker.keyboard.press("Control+s");
  mkdirSync(`${folder}/data`, { recursive: true });
  copyFileSync(await (await download).path(), `${folder}/data/team.throughline`);
  writeFileSync(`${folder}/app.config.json`, JSON.stringify({ workspace: "data/team.throughline" }));
  await maker.close();
  const { port } = host;
  await host.stop();
  // Without its cookie every request is sent elsewhere, as a sign-in in front of a site does.
  const signIn = await startNginx({ folder, more: 'location = /sign-in { default_type text/html; return 200 "<h1>Sign in</h1>"; }' });
  host = await startNginx({ folder, prefix: "/a/b/", port, more: `if ($cookie_session != "yes") { return 302 ${signIn.origin}/sign-in; }` });

  await context.addCookies([{ name: "session", value: "yes", url: host.origin }]);
  await openPage(page, `${host.address}#view=throughput`);
  await expectKept(page);
  await chart(page, "throughput");
  await context.clearCookies();
  await page.reload().catch(() => {}); // which the sign-in interrupts
  await expect(page.getByRole("heading", { name: "Sign in" })).toBeVisible({ timeout: 30_000 });
  await signIn.stop();
});

test("a host that sends the settings elsewhere for good does not make the page load again and again", async ({ page }) => {
  const { port } = host;
  await host.stop();
  host = await startNginx({ folder, prefix: "/a/b/", port, more: "location = /a/b/app.config.json { return 302 http://localhost:9/elsewhere; }" });
  let loads = 0;
  page.on("load", () => (loads += 1));
  await openPage(page, host.address);
  await expectKept(page);
  await page.waitForTimeout(3_000); // long enough for a second load that must not come
  expect(loads).toBe(1);
  await importFile(page, teamExport());
  await expectSaved(page);
  await openPage(page, host.address);
  await page.waitForTimeout(3_000);
  expect(loads, "once more, in case it was a sign-in").toBeLessThanOrEqual(3);
  await goTo(page, "#view=throughput");
  await chart(page, "throughput");
});

test("a host that begins to ask for a sign-in gets the page back", async ({ page }) => {
  mkdirSync(`${folder}/data`, { recursive: true });
  writeFileSync(`${folder}/data/note.json`, '"private"');
  await openPage(page, host.address);
  await expectKept(page);
  await page.evaluate(async () => (await fetch("data/note.json")).json());
  const { port } = host;
  await host.stop();
  // Every request is sent to another origin, as a sign-in in front of a site does.
  host = await startNginx({ folder, prefix: "/a/b/", port, more: "location /a/b/ { return 302 http://localhost:9/sign-in; }" });
  expect(await page.evaluate(() => fetch("data/note.json").then(() => "answered", () => "failed"))).toBe("failed");
  await expect(page.goto(host.address), "the browser goes to the sign-in").rejects.toThrow(/sign-in|ERR_/);
});

test("the browser finds everything that installing needs", async ({ page, context }) => {
  await openPage(page, host.address);
  await expectKept(page);
  const session = await context.newCDPSession(page);
  const { installabilityErrors } = await session.send("Page.getInstallabilityErrors");
  // Windows of tests are private ones, in which nothing is installed.
  expect(installabilityErrors.filter(({ errorId }) => errorId !== "in-incognito")).toEqual([]);
  const { errors, data } = await session.send("Page.getAppManifest");
  expect(errors).toEqual([]);
  const manifest = JSON.parse(data!);
  const types = manifest.file_handlers.flatMap(({ accept }: any) => Object.values(accept).flat());
  expect(types.sort()).toEqual([".csv", ".json", ".throughline", ".xlsx", ".xml", ".zip"]);
  for (const { src, sizes } of manifest.icons) {
    const size = await page.evaluate(async (src) => {
      const bitmap = await createImageBitmap(await (await fetch(src)).blob());
      return `${bitmap.width}x${bitmap.height}`;
    }, src);
    expect(size).toBe(sizes);
  }
});

test("files that the system opens the app with are read like dropped ones", async ({ page }) => {
  const file = teamExport();
  await page.addInitScript((text) => {
    const launches: any[] = [{ files: [{ kind: "file", getFile: async () => new File([text], "team.csv", { type: "text/csv" }) }] }];
    const queue = {
      setConsumer(consumer: (launch: any) => void) {
        (window as any).launch = consumer;
        launches.splice(0).forEach(consumer);
      },
    };
    Object.defineProperty(window, "launchQueue", { value: queue });
  }, file.bytes.toString());
  await openPage(page, host.address);
  await expectImported(page, file.name);
  await goTo(page, "#view=throughput");
  await chart(page, "throughput");

  // A later launch comes to the same window; a file that the browser withholds is told.
  await page.evaluate(() => (window as any).launch({ files: [{ getFile: async () => Promise.reject(new DOMException("gone", "NotFoundError")) }] }));
  await expect(page.locator(".notice-error")).toContainText("A file was not opened");
});

test("the click on Reload waits for the save and refuses to lose what cannot be saved", async ({ page }) => {
  await openPage(page, `${host.address}?fault=storage-full`);
  await chooseFiles(page, teamExport());
  await expect(page.locator("[data-saved]")).toContainText("Not saved", { timeout: 15_000 });
  await page.evaluate(() => window.dispatchEvent(new Event("throughline:new-release")));
  await page.getByLabel("Note").filter({ hasText: "new version" }).getByRole("button", { name: "Reload" }).click();
  await expect(page.getByLabel("Warning").filter({ hasText: "was not loaded again" })).toBeVisible();
  await goTo(page, "#view=throughput");
  await chart(page, "throughput");
});
