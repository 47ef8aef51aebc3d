// Two origins: the app with published data behind a real nginx, and a host whose pages put it into frames.
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, FrameLocator, Page } from "@playwright/test";
import { DIST, startNginx } from "./nginx";
import { teamExport } from "./exports";
import { importFile, openPage } from "./product";

export type TwoOrigins = {
  /** Address of the app, with the slash at its end. */
  app: string;
  /** Origin of the app. */
  appOrigin: string;
  /** Origin of the host; another site than the app's. */
  host: string;
  /** Another origin of the same site as the app: its storage is not partitioned from the app's. */
  sibling: string;
  /** Answers of a third origin, by path; how often each was asked for. */
  foreign: string;
  asked: string[];
  /** Puts a page at the host and answers its path. */
  page(body: string, head?: string): string;
  /** Puts a page beside the app, under the app's policy, and answers its address. */
  ownPage(body: string): string;
  /** Sets the app up anew (`app.config.json`). */
  setUp(site: object): void;
  stop(): Promise<void>;
};

/** The page's own saved file of a small team. */
async function workspaceFile(browser: Browser, baseURL: string): Promise<Buffer> {
  const context = await browser.newContext({ baseURL });
  const page = await context.newPage();
  await openPage(page);
  await importFile(page, teamExport());
  const [download] = await Promise.all([page.waitForEvent("download"), page.keyboard.press("Control+s")]);
  const bytes = readFileSync(await download.path());
  await context.close();
  return bytes;
}

/** A folder with the app, published data and a set-up. */
function siteFolder(workspace: Buffer, site: object): string {
  const folder = mkdtempSync(join(tmpdir(), "throughline-site-"));
  for (const name of readdirSync(DIST)) {
    if (name !== "app.config.json" && name !== "data") symlinkSync(join(DIST, name), join(folder, name));
  }
  mkdirSync(join(folder, "data"));
  writeFileSync(join(folder, "app.config.json"), JSON.stringify(site));
  writeFileSync(join(folder, "data/team.throughline"), workspace);
  writeFileSync(join(folder, "data/workspace.json"), JSON.stringify({ schema: 1, files: [{ kind: "workspace", path: "team.throughline" }] }));
  return folder;
}

/** Starts everything. `site` is what the app is set up with (`app.config.json`). */
export async function startTwoOrigins(browser: Browser, baseURL: string, site: object = {}): Promise<TwoOrigins> {
  const workspace = await workspaceFile(browser, baseURL);
  const folder = siteFolder(workspace, site);
  const pages = new Map<string, string>();
  const asked: string[] = [];
  const host = createServer((request, response) => {
    const path = new URL(request.url!, "http://host").pathname;
    // Browsers ask every host for an icon.
    const page = path === "/favicon.ico" ? "" : pages.get(path);
    response.writeHead(page === undefined ? 404 : 200, { "content-type": "text/html; charset=utf-8" });
    response.end(page);
  });
  const foreign = createServer((request, response) => {
    asked.push(request.url!);
    response.writeHead(200, { "content-type": "application/json", "access-control-allow-origin": "*" });
    response.end(JSON.stringify({ schema: 1, files: [] }));
  });
  const ports = await Promise.all(
    [host, foreign].map((server) => new Promise<number>((resolve) => server.listen(0, () => resolve((server.address() as AddressInfo).port)))),
  );
  const policy = readFileSync(join(DIST, "index.html"), "utf8").match(/http-equiv="Content-Security-Policy" content="([^"]+)"/)![1];
  const nginx = await startNginx({
    folder,
    headers: {
      // The policy of docs/nginx.conf for this host.
      "Content-Security-Policy": `${policy}; frame-ancestors 'self' http://localhost:${ports[0]} http://127.0.0.1:${ports[0]}`,
    },
    // For everybody, also for sandboxed frames, to which every file is of another origin.
    more: 'add_header Access-Control-Allow-Origin "*" always;',
  });
  let number = 0;
  return {
    app: nginx.address,
    appOrigin: nginx.origin,
    host: `http://localhost:${ports[0]}`,
    sibling: `http://127.0.0.1:${ports[0]}`,
    foreign: `http://localhost:${ports[1]}`,
    asked,
    page(body, head = "") {
      const path = `/page-${++number}.html`;
      pages.set(path, `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Host</title>${head}</head><body><h1>A page of somebody else</h1>${body}</body></html>`);
      return path;
    },
    ownPage(body) {
      const name = `host-${++number}.html`;
      writeFileSync(join(folder, name), `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Own</title><link rel="icon" href="data:,"></head><body>${body}</body></html>`);
      return nginx.address + name;
    },
    setUp(site) {
      writeFileSync(join(folder, "app.config.json"), JSON.stringify(site));
    },
    async stop() {
      await nginx.stop();
      for (const server of [host, foreign]) {
        server.closeAllConnections();
        await new Promise((resolve) => server.close(resolve));
      }
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The frame of a page, once its chart is drawn. */
export async function drawnFrame(page: Page, selector = "iframe"): Promise<FrameLocator> {
  const frame = page.frameLocator(selector);
  await frame.locator('figure[data-status="ok"]').first().waitFor({ timeout: 30_000 });
  await frame.locator(".chart-frame svg, .chart-frame canvas").first().waitFor({ timeout: 30_000 });
  return frame;
}

/** The part of a frame's content that cannot be seen, and cannot be scrolled to either, in pixels; and what must be scrolled to. */
export const hidden = (frame: FrameLocator) =>
  frame.locator(".framed").evaluate((framed) => {
    const seen = framed.ownerDocument.documentElement;
    const cut: string[] = [];
    for (const element of framed.querySelectorAll("h1, h2, figcaption, .legend li, .chart-frame, .framed-foot > *, .framed-table, .tile, .figure")) {
      const box = element.getBoundingClientRect();
      const isShown = box.width > 0 && box.height > 0;
      if (isShown && (box.top < -0.5 || box.bottom > seen.clientHeight + 0.5)) cut.push(`${element.className || element.tagName} ${Math.round(box.top)}–${Math.round(box.bottom)}`);
    }
    return cut;
  });
