// Pictures as files: what is in them, read without a library.

/** Type and content of each chunk of a PNG, read by its specification. */
export function chunks(png: Buffer): [string, Buffer][] {
  const found: [string, Buffer][] = [];
  for (let at = 8; at < png.length; ) {
    const length = png.readUInt32BE(at);
    found.push([png.toString("latin1", at + 4, at + 8), png.subarray(at + 8, at + 8 + length)]);
    at += 12 + length;
  }
  return found;
}

/** The texts of a PNG's chunks, by their keywords. */
export const texts = (parts: [string, Buffer][]): Record<string, string> =>
  Object.fromEntries(parts.filter(([type]) => type === "iTXt").map(([, data]) => data.toString("utf8").split("\0\0\0\0\0")));
