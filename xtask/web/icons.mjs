// Draws the icons of the installed app from public/favicon.svg with Chromium: `node xtask/web/icons.mjs [CHROMIUM]`. Not part of
// the build; run it when the drawing changes and commit what it writes to public/icons.
import { mkdir, readFile } from "node:fs/promises";
import { chromium } from "playwright-core";

const FOLDER = "public/icons";
/** Systems cut a maskable icon to a circle of 80 % of its width; the drawing has to stay inside. */
const INSIDE_THE_CIRCLE = 0.85;
const ICONS = [
  { name: "icon-192", pixels: 192 },
  { name: "icon-512", pixels: 512 },
  { name: "maskable-512", pixels: 512, fillsSquare: true },
  // iOS cuts its own corners and paints transparency black.
  { name: "apple-touch-180", pixels: 180, fillsSquare: true },
];

const drawing = await readFile("public/favicon.svg", "utf8");
const background = /<rect [^>]*>/.exec(drawing)[0];
const mark = drawing.slice(drawing.indexOf(background) + background.length, drawing.indexOf("</svg>"));

function picture({ pixels, fillsSquare }) {
  const shrunk = `translate(16 16) scale(${INSIDE_THE_CIRCLE}) translate(-16 -16)`;
  const inside = fillsSquare ? `${background.replace(/ rx="[^"]*"/, "")}<g transform="${shrunk}">${mark}</g>` : background + mark;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32" width="${pixels}" height="${pixels}" style="display:block">${inside}</svg>`;
}

await mkdir(FOLDER, { recursive: true });
const browser = await chromium.launch({ executablePath: process.argv[2] ?? "/usr/bin/chromium", args: ["--no-sandbox", "--disable-gpu"] });
const page = await browser.newPage();
for (const icon of ICONS) {
  await page.setViewportSize({ width: icon.pixels, height: icon.pixels });
  await page.setContent(`<body style="margin:0">${picture(icon)}</body>`);
  await page.screenshot({ path: `${FOLDER}/${icon.name}.png`, omitBackground: true });
}
await browser.close();
