// A real nginx for a test: the server of docs/nginx.conf, word for word, with its folder, port and what a test changes.
import { spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const PROGRAM = process.env.NGINX ?? (existsSync("/usr/sbin/nginx") ? "/usr/sbin/nginx" : "nginx");
const STARTS_WITHIN_MS = 15_000;
export const DIST = join(ROOT, "dist");

export type NginxOptions = {
  /** What is served; `dist/` unless told. */
  folder?: string;
  /** Where it appears: "/" or "/a/b/". */
  prefix?: string;
  /** Any free one unless told. */
  port?: number;
  /** Headers in place of those of docs/nginx.conf, or in addition; null leaves one out. */
  headers?: Record<string, string | null>;
  /** More lines for the server, such as a `location`. */
  more?: string;
};

export type Nginx = {
  /** "http://127.0.0.1:4430" */
  origin: string;
  /** The app's own address, with the slash at its end. */
  address: string;
  port: number;
  /** Ends it and waits until it has. */
  stop(): Promise<void>;
};

/** Starts nginx and waits until it answers. Whoever starts it stops it. */
export async function startNginx(options: NginxOptions = {}): Promise<Nginx> {
  const { folder = DIST, prefix = "/", headers = {}, more = "" } = options;
  const port = options.port ?? (await freePort());
  const place = mkdtempSync(join(tmpdir(), "throughline-nginx-"));
  const configuration = join(place, "nginx.conf");
  writeFileSync(configuration, main(place, server({ root: rootFor(place, folder, prefix), prefix, port, headers, more })));

  let said = "";
  const child = spawn(PROGRAM, ["-e", join(place, "error.log"), "-p", place, "-c", configuration], { stdio: ["ignore", "ignore", "pipe"] });
  child.stderr.on("data", (text) => (said += text));
  let ended = false;
  const end = new Promise<void>((resolve) => {
    child.once("error", (error) => (said += error));
    child.once("close", () => {
      ended = true;
      resolve();
    });
  });
  const stop = async () => {
    if (!ended) child.kill("SIGTERM");
    await end;
    rmSync(place, { recursive: true, force: true });
  };

  const origin = `http://127.0.0.1:${port}`;
  const deadline = Date.now() + STARTS_WITHIN_MS;
  while (!(await answers(origin))) {
    if (ended || Date.now() > deadline) {
      const log = join(place, "error.log");
      const why = `${said}${existsSync(log) ? readFileSync(log, "utf8") : ""}`;
      await stop();
      throw new Error(`nginx (${PROGRAM}) did not start on port ${port}: ${why}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return { origin, address: `${origin}${prefix}`, port, stop };
}

const answers = (origin: string) => fetch(origin).then(() => true, () => false);

/** The folder itself, or one in which it lies under its prefix. */
function rootFor(place: string, folder: string, prefix: string) {
  const inside = prefix.replace(/^\/|\/$/g, "");
  if (!inside) return folder;
  const link = join(place, "root", inside);
  mkdirSync(dirname(link), { recursive: true });
  symlinkSync(folder, link);
  return join(place, "root");
}

/** What a machine's own nginx.conf is around the file of docs. */
function main(place: string, server: string) {
  const isRoot = process.getuid?.() === 0;
  const temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map((what) => `  ${what}_temp_path ${place}/${what};`);
  const types = existsSync("/etc/nginx/mime.types") ? "  include /etc/nginx/mime.types;" : "";
  return [
    isRoot ? "user root;" : "",
    "daemon off;",
    `pid ${place}/pid;`,
    "worker_processes 1;",
    "events { worker_connections 512; }",
    "http {",
    "  access_log off;",
    types,
    ...temporary,
    server,
    "}",
  ].join("\n");
}

function server({ root, prefix, port, headers, more }: { root: string; prefix: string; port: number; headers: Record<string, string | null>; more: string }) {
  let text = readFileSync(join(ROOT, "docs/nginx.conf"), "utf8");
  const change = (pattern: RegExp, to: string) => {
    if (!pattern.test(text)) throw new Error(`docs/nginx.conf holds no ${pattern}`);
    text = text.replace(pattern, () => to);
  };
  change(/listen 80;/, `listen 127.0.0.1:${port};`);
  change(/server_name [^;]+;/, "server_name localhost;");
  change(/root [^;]+;/, `root ${root};`);
  change(/error_page 404 [^;]+;/, `error_page 404 ${prefix}404.html;`);
  for (const [name, value] of Object.entries(headers)) {
    const line = value === null ? "" : `add_header ${name} "${value}" always;`;
    const there = new RegExp(`add_header ${name} .*;`);
    if (there.test(text)) change(there, line);
    else change(/index index\.html;/, `index index.html;\n    ${line}`);
  }
  change(/\}\s*$/, `${more}\n}\n`);
  return text;
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => resolve(port));
    });
  });
}
