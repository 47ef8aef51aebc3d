// The page starts under a folder of a static host, within the content security policy, and says why when it cannot.
import { expect, expectNoIncidents, test } from "./watched_page";

test("starts under a sub-folder without a violation, an error or a foreign request", async ({ page, incidents }) => {
  await page.goto("./");
  await expect(page.locator("#boot")).toHaveCount(0);
  await page.evaluate(() => (window as any).echartsReady.then((echarts: any) => typeof echarts.init));
  expectNoIncidents(incidents);
});

test("the worker's WebAssembly starts in a module worker", async ({ page, incidents }) => {
  await page.goto("./");
  const wasm = page.waitForResponse((response) => response.url().includes("engine_worker_bg.wasm"));
  await page.evaluate(() => {
    const address = document.querySelector<HTMLMetaElement>('meta[name="throughline:worker"]')!.content;
    const worker = new Worker(address, { type: "module" });
    (window as any).workerErrors = [];
    worker.onerror = (event) => (window as any).workerErrors.push(event.message);
  });
  expect((await wasm).headers()["content-type"]).toBe("application/wasm");
  await page.waitForTimeout(500); // long enough for an error of the start to arrive
  expect(await page.evaluate(() => (window as any).workerErrors)).toEqual([]);
  expectNoIncidents(incidents);
});

test("a chart option in our bundle is drawn by both renderers with bound functions", async ({ page, incidents }) => {
  await page.goto("./");
  const drawn = await page.evaluate(async () => {
    const echarts = await (window as any).echartsReady;
    const option = {
      animation: false,
      aria: { enabled: true },
      tooltip: { trigger: "axis", formatter: "fn:escape" },
      legend: {},
      dataZoom: [{ type: "inside" }, { type: "slider" }],
      xAxis: { type: "category", data: ["fn:days", "<b>two</b>"] },
      yAxis: { axisLabel: { formatter: "fn:days" } },
      series: [
        { type: "bar", name: "a", data: [1, 2], markLine: { data: [{ yAxis: 1 }] } },
        { type: "line", name: "b", data: [2, 1], markArea: { data: [[{ xAxis: 0 }, { xAxis: 1 }]] } },
        { type: "scatter", name: "c", data: [1, 1] },
      ],
    };
    const results: Record<string, string> = {};
    for (const renderer of ["svg", "canvas"]) {
      const frame = document.createElement("div");
      frame.style.width = "600px";
      frame.style.height = "300px";
      document.body.append(frame);
      const chart = echarts.init(frame, null, { renderer });
      chart.setOption((window as any).bindChartFunctions(structuredClone(option)));
      results[renderer] = frame.querySelector("svg")?.textContent ?? frame.querySelector("canvas")?.tagName ?? "nothing";
      chart.dispose();
    }
    return results;
  });
  expect(drawn.canvas).toBe("CANVAS");
  expect(drawn.svg).toContain("2 days");
  // A category that looks like a function name stays text.
  expect(drawn.svg).toContain("fn:days");
  expectNoIncidents(incidents);
});

test("without its code the page says what is wrong and what to do", async ({ page }) => {
  await page.route(/app-.*_bg\.wasm/, (route) => route.abort());
  await page.goto("./");
  const card = page.getByRole("alert");
  await expect(card).toContainText("Throughline could not start");
  await expect(card).toContainText("reload the page");
});

test("where WebAssembly is switched off the page says so", async ({ page }) => {
  await page.addInitScript(() => {
    delete (globalThis as any).WebAssembly;
  });
  await page.goto("./");
  await expect(page.getByRole("alert")).toContainText("does not allow WebAssembly");
});
