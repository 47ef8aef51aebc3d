// The functions a chart option may name (public/chart_functions.js).
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import vm from "node:vm";

const source = readFileSync(new URL("../../public/chart_functions.js", import.meta.url), "utf8");
const window = {};
// No code from text, as under the page's content security policy.
vm.runInNewContext(source, { window, Intl }, { contextCodeGeneration: { strings: false } });
const bound = (name) => window.bindChartFunctions({ formatter: `fn:${name}` }).formatter;

test("a name is replaced where ECharts takes a function, at any depth", () => {
  const option = window.bindChartFunctions({ yAxis: [{ axisLabel: { formatter: "fn:days" } }], tooltip: { valueFormatter: "fn:plain" } });
  assert.equal(typeof option.yAxis[0].axisLabel.formatter, "function");
  assert.equal(typeof option.tooltip.valueFormatter, "function");
});

test("text of users that looks like a name stays text", () => {
  const option = window.bindChartFunctions({ xAxis: { data: ["fn:days"] }, series: [{ name: "fn:plain" }] });
  assert.equal(option.xAxis.data[0], "fn:days");
  assert.equal(option.series[0].name, "fn:plain");
});

test("a template of ECharts stays as it is", () => {
  assert.equal(window.bindChartFunctions({ formatter: "{value} d" }).formatter, "{value} d");
});

test("an unknown name is an error that tells the known ones", () => {
  assert.throws(() => bound("nothing"), /"nothing"; chart_functions\.js has escape, days, dayMonth, plain, mark/);
});

test("markup in names and values is shown, not obeyed", () => {
  const html = bound("escape")([
    { axisValueLabel: "<img src=x onerror=alert(1)>", marker: "<i></i>", seriesName: `A&B "x" 'y'`, value: ["2025-01-01", 3] },
  ]);
  assert.equal(html, "&lt;img src=x onerror=alert(1)&gt;<br><i></i>A&amp;B &quot;x&quot; &#39;y&#39; <b>3</b>");
});

test("a point without a value is left out of the tooltip", () => {
  assert.equal(bound("escape")([{ name: "a", seriesName: "s", value: null }, { seriesName: "t", value: 0 }]), "a<br>t <b>0</b>");
});

test("a number that is missing is a dash and never 0", () => {
  for (const missing of [null, undefined, "", "-", Number.NaN]) assert.equal(bound("plain")(missing), "–");
  assert.equal(bound("plain")(0), "0");
});

test("days have a singular", () => {
  assert.equal(bound("days")(1), "1 day");
  assert.equal(bound("days")([20_000, 2.5]), `${new Intl.NumberFormat().format(2.5)} days`);
});

test("a day is the civil day whatever the zone", () => {
  const march3 = new Intl.DateTimeFormat(undefined, { day: "numeric", month: "short", timeZone: "UTC" }).format(Date.UTC(2025, 2, 3));
  assert.equal(bound("dayMonth")(Date.UTC(2025, 2, 3)), march3);
  assert.equal(bound("dayMonth")("2025-03-03"), march3);
  assert.equal(bound("dayMonth")("Sprint 4"), "Sprint 4");
});

test("a large row of numbers is passed over", () => {
  const data = new Float64Array(10);
  assert.equal(window.bindChartFunctions({ data }).data, data);
});
