// Bundles what Trunk cannot: our part of ECharts and the style sheets. Called by Trunk before each build (Trunk.toml),
// writes to target/web, which index.html links to. Nothing of it is committed.
import { readFile, writeFile } from "node:fs/promises";
import { build } from "esbuild";

// zrender keeps the widths of texts in a plain object by the text itself. A text of users that is the name of a property of all
// objects ("__proto__", "constructor") is then found there, and the list of the cache is hung into what is found: every object of
// the page changes. The objects get no prototype instead. It goes when zrender uses a Map.
const cacheWithoutPrototype = {
  name: "cache-without-prototype",
  setup({ onLoad }) {
    onLoad({ filter: /zrender[\\/]lib[\\/]core[\\/]LRU\.js$/ }, async ({ path }) => {
      const text = await readFile(path, "utf8");
      const parts = text.split("this._map = {};");
      if (parts.length !== 3) throw new Error(`${path} has changed: look whether its cache still is a plain object`);
      return { contents: parts.join("this._map = Object.create(null);"), loader: "js" };
    });
  },
};

const shared = { bundle: true, minify: true, legalComments: "none", logLevel: "warning" };

await Promise.all([
  build({
    ...shared,
    entryPoints: ["xtask/web/echarts_entry.js"],
    plugins: [cacheWithoutPrototype],
    outfile: "target/web/echarts.js",
    format: "iife",
    // Our floor is WebAssembly SIMD: Chrome 91, Firefox 89, Safari 16.4.
    target: ["chrome91", "firefox89", "safari16.4"],
    // ECharts' licence asks that its notice travels with it.
    banner: { js: "/*! Apache ECharts, Apache License 2.0, https://echarts.apache.org; zrender, BSD 3-Clause */" },
  }),
  build({
    ...shared,
    entryPoints: ["style/main.css"],
    outfile: "target/web/style.css",
    external: ["*.woff2"],
  }),
]);

// What is bundled asks that its licence travels with it.
const licences = ["echarts/LICENSE", "echarts/NOTICE", "zrender/LICENSE", "tslib/LICENSE.txt"];
const texts = await Promise.all(licences.map((name) => readFile(`node_modules/${name}`, "utf8")));
await writeFile("target/web/third-party-licences.txt", licences.map((name, i) => `${name}\n\n${texts[i]}`).join("\n\n"));
