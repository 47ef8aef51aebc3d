// Pictures of charts and the clipboard: loaded when somebody first takes a chart along (boot.js: loadTakeAlong). Every text
// goes into a document as text; what is written out is written by the browser's own serializer.

const SVG = "http://www.w3.org/2000/svg";
const DUBLIN_CORE = "http://purl.org/dc/elements/1.1/";
const EDGE = 16;
const SIZES = { title: 18, sentence: 13, legend: 12, foot: 11 };
const DASHES = { solid: null, dashed: "6 4", dotted: "2 3" };
const PNG_SCALE = 2;

/** Characters that XML cannot hold, and those that would turn the line around them. */
const plain = (text) => String(text).replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]/g, "");

const element = (name, attributes, ...children) => {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== null && value !== undefined) made.setAttribute(key, String(value));
  }
  made.append(...children);
  return made;
};

/** Tells how wide a text is, in CSS pixels. */
function ruler(font) {
  const context = document.createElement("canvas").getContext("2d");
  return (text, size) => {
    context.font = `${size}px ${font}`;
    return context.measureText(text).width;
  };
}

/** A text in lines that fit, at most `most`; the last ends with an ellipsis when there is more. */
function lines(text, size, room, most, width) {
  const found = [];
  let line = "";
  for (const word of plain(text).split(/\s+/).filter(Boolean)) {
    const longer = line === "" ? word : `${line} ${word}`;
    if (width(longer, size) <= room) {
      line = longer;
      continue;
    }
    if (line !== "") found.push(line);
    line = "";
    for (const character of word) {
      if (width(line + character, size) > room) {
        found.push(line);
        line = "";
      }
      line += character;
    }
  }
  if (line !== "") found.push(line);
  if (found.length > most) {
    found.length = most;
    while (found[most - 1] !== "" && width(`${found[most - 1]}…`, size) > room) found[most - 1] = found[most - 1].slice(0, -1);
    found[most - 1] += "…";
  }
  return found;
}

function swatch({ colour, mark, dash }, x, middle) {
  const dashes = DASHES[dash];
  if (mark === "line") return [element("path", { d: `M${x} ${middle}h20`, stroke: colour, "stroke-width": 2.5, "stroke-dasharray": dashes, fill: "none" })];
  if (mark === "area") {
    return [
      element("rect", { x, y: middle - 5, width: 20, height: 10, fill: colour, "fill-opacity": 0.55 }),
      element("path", { d: `M${x} ${middle - 5}h20`, stroke: colour, "stroke-width": 1.5, "stroke-dasharray": dashes, fill: "none" }),
    ];
  }
  if (mark === "bar") {
    return dash === "solid"
      ? [element("rect", { x: x + 4, y: middle - 6, width: 12, height: 12, fill: colour })]
      : [element("rect", { x: x + 5, y: middle - 5, width: 10, height: 10, fill: "none", stroke: colour, "stroke-width": 2, "stroke-dasharray": dash === "dotted" ? "2 2" : null })];
  }
  const shapes = { solid: `M${x + 6.5} ${middle}a3.5 3.5 0 1 0 7 0a3.5 3.5 0 1 0-7 0z`, dashed: `M${x + 10} ${middle - 5}l5 9.5h-10z`, dotted: `M${x + 10} ${middle - 5.5}l5.5 5.5-5.5 5.5-5.5-5.5z` };
  return [element("path", { d: shapes[dash], fill: colour })];
}

/**
 * The drawing on the screen as a picture that says what it is: title, sentence, legend, drawing, and from which data.
 * @returns {{ text: string, width: number, height: number }} the SVG and its size in CSS pixels
 */
function compose(picture) {
  const { colours, font } = picture;
  const width = Math.max(picture.width, 320);
  const room = width - 2 * EDGE;
  const measure = ruler(font);
  const body = [];
  const write = (text, x, y, size, colour, extra = {}) => body.push(element("text", { x, y, "font-size": size, fill: colour, ...extra }, text));
  let y = EDGE;
  const badge = picture.sample ? measure("Sample data", SIZES.foot) + 24 : 0;
  for (const line of lines(picture.title, SIZES.title, room - badge, 2, measure)) {
    y += 20;
    write(line, EDGE, y - 4, SIZES.title, colours.text, { "font-weight": 600 });
  }
  if (picture.sample) {
    body.push(element("rect", { x: width - EDGE - badge, y: EDGE, width: badge, height: 20, rx: 10, fill: "none", stroke: colours.muted }));
    write("Sample data", width - EDGE - badge / 2, EDGE + 14, SIZES.foot, colours.muted, { "text-anchor": "middle" });
  }
  y += 4;
  for (const line of lines(picture.sentence, SIZES.sentence, room, 5, measure)) {
    y += 18;
    write(line, EDGE, y - 4, SIZES.sentence, colours.text);
  }
  y += 8;
  let x = EDGE;
  for (const entry of picture.legend) {
    const [name] = [...lines(entry.name, SIZES.legend, Math.min(300, room - 30), 1, measure), ""];
    const wide = 26 + measure(name, SIZES.legend);
    if (x > EDGE && x + wide > width - EDGE) {
      x = EDGE;
      y += 20;
    }
    body.push(...swatch(entry, x, y + 10));
    write(name, x + 26, y + 14, SIZES.legend, colours.text);
    x += wide + 18;
  }
  y += picture.legend.length > 0 ? 24 : 0;
  // ECharts' rules for hovering are of no use in a picture, and the page's policy forbids them already while they are read.
  // Texts are escaped in it: `<style` is its own.
  const still = picture.chart.replace(/<style\b[^>]*>[\s\S]*?<\/style>/g, "");
  const drawn = new DOMParser().parseFromString(still, "image/svg+xml").documentElement;
  if (drawn.localName !== "svg" || drawn.querySelector("parsererror")) throw new Error("the chart library gave no picture");
  drawn.querySelectorAll("script, foreignObject").forEach((part) => part.remove());
  const chart = document.importNode(drawn, true);
  for (const [key, value] of Object.entries({ x: (width - picture.width) / 2, y, width: picture.width, height: picture.height })) chart.setAttribute(key, String(value));
  body.push(chart);
  y += picture.height + 6;
  for (const line of picture.foot.flatMap((text) => lines(text, SIZES.foot, room, 2, measure))) {
    y += 15;
    write(line, EDGE, y - 3, SIZES.foot, colours.muted);
  }
  const height = Math.ceil(y + EDGE / 2);
  const head = [element("title", { id: "title" }, plain(picture.title)), element("desc", { id: "description" }, plain(picture.sentence))];
  if (picture.address) {
    const source = document.createElementNS(DUBLIN_CORE, "dc:source");
    source.textContent = plain(picture.address);
    head.push(element("metadata", {}, source));
  }
  const whole = element(
    "svg",
    { viewBox: `0 0 ${width} ${height}`, width, height, role: "img", "aria-labelledby": "title description", "font-family": font },
    ...head,
    element("rect", { width, height, fill: colours.surface }),
    ...body,
  );
  return { text: new XMLSerializer().serializeToString(whole), width, height };
}

const CRC = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1;
  return value >>> 0;
});

/** A chunk of a PNG file: length, type, data, checksum (PNG specification, section 5.3). */
function chunk(type, data) {
  const bytes = new Uint8Array(12 + data.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, data.length);
  bytes.set(new TextEncoder().encode(type), 4);
  bytes.set(data, 8);
  let crc = 0xffffffff;
  for (const byte of bytes.subarray(4, 8 + data.length)) crc = CRC[(crc ^ byte) & 0xff] ^ (crc >>> 8);
  view.setUint32(8 + data.length, (crc ^ 0xffffffff) >>> 0);
  return bytes;
}

/** The same PNG with texts in it (iTXt, UTF-8, not compressed), behind its header. */
export function withTexts(png, texts) {
  const encoder = new TextEncoder();
  const chunks = texts.filter(([, text]) => text).map(([keyword, text]) => chunk("iTXt", encoder.encode(`${keyword}\0\0\0\0\0${text}`)));
  const header = 8 + 12 + new DataView(png.buffer, png.byteOffset).getUint32(8);
  const parts = [png.subarray(0, header), ...chunks, png.subarray(header)];
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

async function png(picture) {
  const { text, width, height } = compose(picture);
  const address = URL.createObjectURL(new Blob([text], { type: "image/svg+xml" }));
  try {
    const image = new Image();
    image.src = address;
    await image.decode();
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(width * PNG_SCALE);
    canvas.height = Math.round(height * PNG_SCALE);
    canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
    const blob = await new Promise((resolve) => canvas.toBlob(resolve, "image/png"));
    if (!blob) throw new Error("the browser made no picture of this size");
    const bytes = new Uint8Array(await blob.arrayBuffer());
    return withTexts(bytes, [["Title", picture.title], ["Description", picture.sentence], ["URL", picture.address]]);
  } finally {
    URL.revokeObjectURL(address);
  }
}

/** The picture as the bytes of a file: "svg" or "png" (at twice its size). */
export async function make(kind, picture) {
  return kind === "png" ? png(picture) : new TextEncoder().encode(compose(picture).text);
}

const escaped = (text) => plain(text).replace(/[&<>"']/g, (mark) => `&#${mark.charCodeAt(0)};`);

async function dataAddress(bytes) {
  const reader = new FileReader();
  const read = new Promise((resolve, reject) => {
    reader.onload = () => resolve(reader.result);
    reader.onerror = () => reject(reader.error);
  });
  reader.readAsDataURL(new Blob([bytes], { type: "image/png" }));
  return read;
}

/** Copies the way that no permission policy forbids; false where the browser refuses that, too. */
function copyBySelection({ text, html, image }) {
  const holder = document.createElement("div");
  holder.className = "copy-holder";
  if (image) {
    const link = document.createElement("a");
    link.href = text;
    const shown = document.createElement("img");
    shown.src = image;
    link.append(shown);
    holder.append(link);
  } else {
    holder.textContent = text;
  }
  const fill = (event) => {
    if (image) return;
    event.clipboardData.setData("text/plain", text);
    if (html) event.clipboardData.setData("text/html", html);
    event.preventDefault();
  };
  const focused = document.activeElement;
  // Nothing outside of a dialog that keeps focus inside can be selected.
  (document.querySelector("dialog:modal") ?? document.body).append(holder);
  getSelection().selectAllChildren(holder);
  document.addEventListener("copy", fill);
  try {
    return document.execCommand("copy");
  } catch {
    return false;
  } finally {
    document.removeEventListener("copy", fill);
    getSelection().removeAllRanges();
    holder.remove();
    focused?.focus?.();
  }
}

/** The last way: everything in a box, selected, for the reader's own keys. */
function showBox({ title, text, image }) {
  const box = document.createElement("dialog");
  box.className = "copy-box";
  const heading = document.createElement("h2");
  heading.id = "copy-box-title";
  heading.textContent = title;
  box.setAttribute("aria-labelledby", heading.id);
  const help = document.createElement("p");
  help.textContent = image
    ? "The browser does not let this page copy. Copy the picture with its own menu (right click), or the link below with Ctrl+C."
    : "The browser does not let this page copy. The text is selected: press Ctrl+C (on a Mac: Cmd+C).";
  const area = document.createElement("textarea");
  area.readOnly = true;
  area.value = text;
  area.setAttribute("aria-label", title);
  const close = document.createElement("button");
  close.type = "button";
  close.textContent = "Close";
  close.addEventListener("click", () => box.close());
  box.addEventListener("close", () => box.remove());
  box.append(heading, help);
  if (image) {
    const shown = document.createElement("img");
    shown.src = image;
    shown.alt = title;
    box.append(shown);
  }
  box.append(area, close);
  document.body.append(box);
  box.showModal();
  area.select();
}

const item = (parts) =>
  new ClipboardItem(Object.fromEntries(Object.entries(parts).map(([type, part]) => [type, part instanceof Promise ? part : new Blob([part], { type })])));

/**
 * Copies a picture, with a link back to its view.
 * @returns {Promise<"copied" | "shown">} "shown" when the reader has to copy by hand
 */
export async function copyPicture(picture) {
  const bytes = png(picture);
  // Whoever waits for the picture sees its failure; the clipboard may give up on it first.
  bytes.catch(() => {});
  const html = async () => `<a href="${escaped(picture.address)}"><img src="${await dataAddress(await bytes)}" alt="${escaped(`${picture.title}. ${picture.sentence}`)}"></a>`;
  try {
    const blob = (made, type) => made.then((part) => new Blob([part], { type }));
    await navigator.clipboard.write([item({ "image/png": blob(bytes, "image/png"), "text/html": blob(html(), "text/html") })]);
    return "copied";
  } catch {
    const image = await dataAddress(await bytes);
    if (copyBySelection({ text: picture.address, image })) return "copied";
    showBox({ title: `Copy the picture: ${picture.title}`, text: picture.address, image });
    return "shown";
  }
}

/**
 * Copies a text, and the same as HTML where there is one.
 * @returns {Promise<"copied" | "shown">}
 */
export async function copyText(title, text, html) {
  try {
    if (html) await navigator.clipboard.write([item({ "text/plain": text, "text/html": html })]);
    else await navigator.clipboard.writeText(text);
    return "copied";
  } catch {
    if (copyBySelection({ text, html })) return "copied";
    showBox({ title, text: text });
    return "shown";
  }
}
