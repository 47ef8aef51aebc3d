// A page that notices what must never happen: a violation of the content security policy, an error on the console, a
// request to another origin. Every browser test takes `test` from here.
import { test as base, expect } from "@playwright/test";

export type Incidents = { violations: string[]; errors: string[]; foreignRequests: string[] };

export const test = base.extend<{ incidents: Incidents }>({
  incidents: [
    async ({ page, baseURL }, use) => {
      const incidents: Incidents = { violations: [], errors: [], foreignRequests: [] };
      await page.exposeFunction("reportViolation", (text: string) => incidents.violations.push(text));
      await page.addInitScript(() => {
        document.addEventListener("securitypolicyviolation", (event) => {
          (window as any).reportViolation(`${event.effectiveDirective} blocked ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`);
        });
      });
      page.on("console", (message) => {
        if (message.type() === "error") incidents.errors.push(message.text());
      });
      page.on("pageerror", (error) => incidents.errors.push(String(error)));
      const origin = new URL(baseURL!).origin;
      page.context().on("request", (request) => {
        const address = new URL(request.url());
        if (address.protocol.startsWith("http") && address.origin !== origin) incidents.foreignRequests.push(address.href);
      });
      await use(incidents);
    },
    { auto: true },
  ],
});

/** Fails when anything of the above happened. A test that provokes errors looks at the lists itself. */
export function expectNoIncidents(incidents: Incidents) {
  expect(incidents).toEqual({ violations: [], errors: [], foreignRequests: [] });
}

export { expect };
