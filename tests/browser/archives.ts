// Archives and workbooks written by the tests themselves.
import { deflateRawSync } from "node:zlib";
import type { Export } from "./exports";

const CRC = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  return value;
});

function crc32(bytes: Buffer) {
  let value = 0xffffffff;
  for (const byte of bytes) value = CRC[(value ^ byte) & 255] ^ (value >>> 8);
  return (value ^ 0xffffffff) >>> 0;
}

/** Numbers of two or four bytes, the lowest byte first. */
function fields(...pairs: [size: 2 | 4, value: number][]) {
  const bytes = Buffer.alloc(pairs.reduce((sum, [size]) => sum + size, 0));
  let at = 0;
  for (const [size, value] of pairs) at = bytes.writeUIntLE(value, at, size);
  return bytes;
}

/** A ZIP archive of these files. */
export function zipOf(name: string, files: Export[]): Export {
  const locals: Buffer[] = [];
  const list: Buffer[] = [];
  let at = 0;
  for (const file of files) {
    const path = Buffer.from(file.name);
    const packed = deflateRawSync(file.bytes);
    const common = fields([2, 20], [2, 0x800], [2, 8], [2, 0], [2, 0x21], [4, crc32(file.bytes)], [4, packed.length], [4, file.bytes.length], [2, path.length], [2, 0]);
    const local = Buffer.concat([Buffer.from("PK\x03\x04"), common, path, packed]);
    list.push(Buffer.from("PK\x01\x02"), fields([2, 20]), common, fields([2, 0], [2, 0], [2, 0], [4, 0], [4, at]), path);
    locals.push(local);
    at += local.length;
  }
  const listBytes = Buffer.concat(list);
  const end = fields([2, 0], [2, 0], [2, files.length], [2, files.length], [4, listBytes.length], [4, at], [2, 0]);
  return { name, bytes: Buffer.concat([...locals, listBytes, Buffer.from("PK\x05\x06"), end]) };
}

const escaped = (text: string) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");

function column(place: number): string {
  return place < 26 ? String.fromCharCode(65 + place) : column(Math.floor(place / 26) - 1) + column(place % 26);
}

/** An Excel workbook of one sheet: texts inline, numbers as numbers, moments as serials with a style of dates. */
export function workbookOf(name: string, rows: (string | number | Date)[][]): Export {
  const cell = (value: string | number | Date, row: number, place: number) => {
    const reference = `r="${column(place)}${row + 1}"`;
    if (value instanceof Date) return `<c ${reference} s="1"><v>${value.getTime() / 86_400_000 + 25_569}</v></c>`;
    if (typeof value === "number") return `<c ${reference}><v>${value}</v></c>`;
    return value === "" ? "" : `<c ${reference} t="inlineStr"><is><t xml:space="preserve">${escaped(value)}</t></is></c>`;
  };
  const sheet = rows.map((row, number) => `<row r="${number + 1}">${row.map((value, place) => cell(value, number, place)).join("")}</row>`).join("");
  const main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
  const relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
  const text = (name: string, content: string): Export => ({ name, bytes: Buffer.from(`<?xml version="1.0" encoding="UTF-8"?>${content}`) });
  return zipOf(name, [
    text("[Content_Types].xml", `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>`),
    text("xl/workbook.xml", `<workbook xmlns="${main}" xmlns:r="${relations}"><sheets><sheet name="Issues" sheetId="1" r:id="rId1"/></sheets></workbook>`),
    text("xl/_rels/workbook.xml.rels", `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="${relations}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`),
    text("xl/styles.xml", `<styleSheet xmlns="${main}"><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="22"/></cellXfs></styleSheet>`),
    text("xl/worksheets/sheet1.xml", `<worksheet xmlns="${main}"><sheetData>${sheet}</sheetData></worksheet>`),
  ]);
}
