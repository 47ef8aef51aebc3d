// Browser tests: the built dist/ in a real Chromium, served under a folder as static hosts often do.
// `cargo xtask test` sets CHROMIUM and THROUGHLINE_PORT; without them the defaults below hold.
import { existsSync } from "node:fs";
import { defineConfig } from "@playwright/test";

const port = Number(process.env.THROUGHLINE_PORT ?? 4179);
const systemChromium = "/usr/bin/chromium";
// Undefined: the browser that `npx playwright install chromium` put in place.
const executablePath = process.env.CHROMIUM ?? (existsSync(systemChromium) ? systemChromium : undefined);

export default defineConfig({
  testDir: "./browser",
  outputDir: "../test-results",
  fullyParallel: true,
  forbidOnly: true,
  // A flaky test is a broken test.
  retries: 0,
  workers: 2,
  timeout: 60_000,
  // A loaded machine is slow, not wrong.
  expect: { timeout: 15_000 },
  reporter: [["list"]],
  use: {
    baseURL: `http://127.0.0.1:${port}/a/b/`,
    locale: "en-GB",
    timezoneId: "Europe/Berlin",
    // A service worker would answer instead of the host, unseen by page.route; offline.spec.ts lets it.
    serviceWorkers: "block",
    screenshot: "only-on-failure",
    trace: "retain-on-failure",
    launchOptions: {
      executablePath,
      args: [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
      ],
    },
  },
  projects: [{ name: "chromium" }],
  webServer: {
    command: `cargo xtask serve --no-build --prefix /a/b/ --port ${port}`,
    cwd: "..",
    url: `http://127.0.0.1:${port}/a/b/`,
    timeout: 180_000,
    reuseExistingServer: false,
  },
});
