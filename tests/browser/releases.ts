// Releases of the app as a host has them, one after the other: copies of dist/, changed, with their lists as `cargo xtask dist`
// writes them.
import { createHash } from "node:crypto";
import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DIST } from "./nginx";

export type Change = (read: (name: string) => string, write: (name: string, text: string) => void) => void;

/** A folder with the release in dist/. */
export function deploymentFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "throughline-site-"));
  cpSync(DIST, folder, { recursive: true });
  return folder;
}

/** Another release in the same folder, as hosts replace one: the files of the one before are gone. */
export function deploy(folder: string, build: string, change: Change = () => {}) {
  for (const name of readdirSync(folder)) rmSync(join(folder, name), { recursive: true });
  cpSync(DIST, folder, { recursive: true });
  const read = (name: string) => readFileSync(join(folder, name), "utf8");
  const write = (name: string, text: string) => writeFileSync(join(folder, name), text);

  const before = workerHash(read("index.html"));
  const after = `hash-of-${build}`;
  const page = read("index.html")
    .replaceAll(`?${before}`, `?${after}`)
    .replace(/(name="throughline:build" content=")[^"]*/, `$1${build}`);
  write("index.html", page);
  change(read, write);

  const script = read("sw.js");
  const release = /const RELEASE = (\{.*\});/.exec(script)!;
  const files = JSON.parse(release[1]).files.map(([address]: [string]) => {
    const name = address.split("?")[0];
    const digest = createHash("sha256").update(readFileSync(join(folder, name))).digest("hex");
    return [address.replace(`?${before}`, `?${after}`), digest];
  });
  write("sw.js", script.replace(release[0], `const RELEASE = ${JSON.stringify({ build, files })};`));
}

const workerHash = (page: string) => /worker_boot\.js\?([\w-]+)/.exec(page)![1];
