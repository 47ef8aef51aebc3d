// The functions a chart option may name. src/charts builds options as plain JSON, so that they can be compared in tests
// and so that no text is ever compiled to code (the content security policy forbids it); where ECharts takes a
// function, the option says "fn:NAME", and this file puts the function in its place.
"use strict";
(() => {
  /** Text for ECharts' tooltip, which takes HTML: nothing in it may act as markup. */
  const escapeHtml = (text) =>
    String(text).replace(/[&<>"']/g, (c) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" })[c]);

  const number = new Intl.NumberFormat(undefined, { maximumFractionDigits: 2 });
  // Chart dates are civil days, written as UTC midnight: any other zone would show the day before or after.
  const dayMonthFormat = new Intl.DateTimeFormat(undefined, { day: "numeric", month: "short", timeZone: "UTC" });

  const isMissing = (value) => value === null || value === undefined || value === "" || value === "-";
  /** ECharts hands over a point as a plain value or as [x, y]; what is written is y. */
  const shown = (value) => (Array.isArray(value) ? value[value.length - 1] : value);

  /** A number as people write it, at most two decimals: 1234.5 -> "1,234.5". */
  const plain = (value) => {
    const v = shown(value);
    return isMissing(v) || Number.isNaN(Number(v)) ? "–" : number.format(Number(v));
  };

  /** A duration in days: 1 -> "1 day", 2.5 -> "2.5 days". */
  const days = (value) => {
    const text = plain(value);
    return text === "–" ? text : `${text} ${Number(shown(value)) === 1 ? "day" : "days"}`;
  };

  /** A civil day, from milliseconds or an ISO date: "3 Mar". Other text stays as it is: Date would read "Sprint 4" as 1 April. */
  const dayMonth = (value) => {
    const isDate = typeof value === "number" || /^\d{4}-\d{2}-\d{2}/.test(value);
    const at = isDate ? new Date(value) : undefined;
    return at && !Number.isNaN(at.getTime()) ? dayMonthFormat.format(at) : String(value ?? "");
  };

  /** A tooltip: a title, then a line per series. `params` is one point, or all points at the axis value. */
  const escape = (params) => {
    const points = Array.isArray(params) ? params : [params];
    const title = points[0]?.axisValueLabel ?? points[0]?.name ?? "";
    const lines = points
      .filter((point) => point && !isMissing(shown(point.value)))
      // `marker` is the coloured dot, HTML made by ECharts from the colour alone.
      .map((point) => `${point.marker ?? ""}${escapeHtml(point.seriesName ?? "")} <b>${escapeHtml(plain(point.value))}</b>`);
    return [...(title === "" ? [] : [escapeHtml(title)]), ...lines].join("<br>");
  };

  /** The name given to one mark: the number of a note. */
  const mark = (point) => String(point?.data?.name ?? "");

  // `escape` alone makes HTML; the others are for axis labels and `valueFormatter`, which ECharts escapes itself.
  const FUNCTIONS = new Map(Object.entries({ escape, days, dayMonth, plain, mark }));
  // Only where ECharts takes a function: an issue whose title is "fn:days" must stay a title.
  const FUNCTION_KEYS = new Set(["formatter", "valueFormatter", "labelFormatter"]);
  const PREFIX = "fn:";

  /**
   * Replaces "fn:NAME" by the function of that name, in place, and returns the option.
   * @throws {Error} for a name this file does not have: a chart without its formatter would show wrong text.
   */
  window.bindChartFunctions = (option) => {
    // A row of plain numbers or a typed array may have 100,000 places and holds no functions.
    if (option === null || typeof option !== "object" || ArrayBuffer.isView(option) || typeof option[0] === "number") {
      return option;
    }
    for (const [key, value] of Object.entries(option)) {
      if (typeof value === "string" && FUNCTION_KEYS.has(key) && value.startsWith(PREFIX)) {
        const name = value.slice(PREFIX.length);
        if (!FUNCTIONS.has(name)) {
          throw new Error(`The chart option asks for the function "${name}"; chart_functions.js has ${[...FUNCTIONS.keys()].join(", ")}.`);
        }
        option[key] = FUNCTIONS.get(name);
      } else {
        window.bindChartFunctions(value);
      }
    }
    return option;
  };
})();
