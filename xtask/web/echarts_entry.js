// The part of ECharts that Throughline uses. A chart type or component that is not registered here is silently not
// drawn, so a new one in src/charts needs a line here.
import { init, use } from "echarts/core";
import { BarChart, LineChart, ScatterChart } from "echarts/charts";
import { AriaComponent, AxisPointerComponent, GridComponent, TooltipComponent } from "echarts/components";
import { CanvasRenderer, SVGRenderer } from "echarts/renderers";

use([
  BarChart,
  LineChart,
  ScatterChart,
  AriaComponent,
  AxisPointerComponent,
  GridComponent,
  TooltipComponent,
  CanvasRenderer,
  SVGRenderer,
]);

// src/web/echarts.rs calls it by this name; no other function of the library is used.
window.echarts = { init };
