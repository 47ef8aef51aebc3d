// The check of a published site (check.html): plain JavaScript that uses nothing of the app, since it must also tell why the app does
// not start. A page may read all headers of its own host and of no other, so it is the site that is open which checks itself.

const PAGE = "./";
const LIST = "files.json";
const CONFIG = "app.config.json";
/** Hosts read these two themselves, and some serve neither. */
const OF_THE_HOST = ["404.html", "_headers"];
/** File endings and what their type must begin with; browsers refuse programs and style sheets of another type. */
const TYPES = { wasm: ["application/wasm"], js: ["text/javascript", "application/javascript"], css: ["text/css"], html: ["text/html"] };
/** Files at a time: quick over a slow line, and no burst that a host would refuse. */
const AT_A_TIME = 4;

const status = document.getElementById("check-status");
const findings = document.getElementById("check-findings");
const say = (text) => (status.textContent = text);

/** What was found: `wrong` breaks something, `look` limits something, `good` is as it should be. */
const WORDS = { wrong: "Wrong", look: "Look at this", good: "Good" };
const counts = { wrong: 0, look: 0, good: 0 };
function tell(level, what, next = "") {
  counts[level] += 1;
  const line = document.createElement("li");
  line.dataset.level = level;
  const mark = document.createElement("strong");
  mark.textContent = `${WORDS[level]}: `;
  line.append(mark, what);
  if (next) {
    const step = document.createElement("p");
    step.textContent = next;
    line.append(step);
  }
  // What is wrong comes first, whatever was looked at first.
  const levels = Object.keys(WORDS);
  const after = [...findings.children].find((other) => levels.indexOf(other.dataset.level) > levels.indexOf(level));
  findings.insertBefore(line, after ?? null);
}

const size = (bytes) => (bytes < 100_000 ? `${bytes.toLocaleString("en")} bytes` : `${(bytes / 1e6).toFixed(1)} MB`);
const some = (names) => (names.length > 4 ? `${names.slice(0, 4).join(", ")} and ${names.length - 4} more` : names.join(", "));
const ending = (path) => path.split(".").pop();
/** An answer from the host itself: neither from the browser's cache nor from what is kept for offline use. */
const ask = (path) => fetch(new URL(path, location.href), { cache: "no-store" });

/** SHA-256 in hexadecimal; nothing where the browser has none, which is over plain http. */
async function digest(bytes) {
  if (!globalThis.crypto?.subtle) return undefined;
  return [...new Uint8Array(await crypto.subtle.digest("SHA-256", bytes))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Answer and content of a file, or what kept them away. */
async function fetched(path) {
  try {
    const answer = await ask(path);
    if (new URL(answer.url).origin !== location.origin) return { trouble: `the host sends the browser to ${new URL(answer.url).host}` };
    if (!answer.ok) return { trouble: `the host answers ${answer.status}` };
    return { answer, bytes: await answer.arrayBuffer() };
  } catch (reason) {
    return { trouble: `there is no answer (${reason.message}), or the host sends the browser to another one` };
  }
}

const NO_ANSWER = "Check that the file is there and may be read by everybody who may see the site. A host that asks for a sign-in must not ask for single files.";
const NO_PAGE = "Some hosts answer the start page, or a page of their own, in place of a file that is missing. Upload the whole folder again.";

/** A file that holds JSON; nothing, and told, when it does not. */
async function readJson(path, what) {
  const { bytes, trouble } = await fetched(path);
  if (trouble) {
    tell("wrong", `${path}, ${what}, cannot be read: ${trouble}.`, NO_ANSWER);
    return undefined;
  }
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    tell("wrong", `${path}, ${what}, is not what it should be: it is no JSON.`, NO_PAGE);
    return undefined;
  }
}

// ---- The host -------------------------------------------------------------------------------------------------------

const sourcesOf = (policy, name) => policy.split(";").map((rule) => rule.trim().split(/\s+/)).find(([rule]) => rule.toLowerCase() === name)?.slice(1);

function checkFraming(headers) {
  const old = headers.get("x-frame-options");
  const policy = headers.get("content-security-policy") ?? "";
  // Every policy of a joined header holds; the strictest word is the one to tell.
  const rules = policy.split(",").map((policy) => sourcesOf(policy, "frame-ancestors")).filter(Boolean);
  if (old && rules.length === 0) {
    const next = "Send no X-Frame-Options. Say in Content-Security-Policy, behind frame-ancestors, which wikis may show it (docs/hosting.md).";
    tell("wrong", `No page of another host may show this site in a frame: the host sends X-Frame-Options: ${old}.`, next);
  } else if (rules.some((sources) => sources.length === 0 || sources.join() === "'none'")) {
    tell("wrong", "No page may show this site in a frame: frame-ancestors names nobody.", "Name the wikis that may, behind frame-ancestors in Content-Security-Policy.");
  } else if (rules.length === 0) {
    const next = "Where the host lets you set headers, name behind frame-ancestors who may. What is published is readable by everybody who reaches the address all the same.";
    tell("look", "Every page may show this site in a frame: the host does not say who may.", next);
  } else {
    const named = [...new Set(rules.flat())].map((source) => (source === "'self'" ? "this host" : source));
    const isOnlySelf = named.join() === "this host";
    const next = isOnlySelf ? "For charts in a wiki add its address behind frame-ancestors." : "If your wiki has another address, add it behind frame-ancestors.";
    tell(isOnlySelf ? "look" : "good", `In frames of these the site may be shown: ${some(named)}.`, next);
  }
}

function checkPolicy(headers) {
  const policy = headers.get("content-security-policy");
  if (!policy) return;
  const forbids = policy.split(",").some((policy) => {
    const sources = sourcesOf(policy, "script-src") ?? sourcesOf(policy, "default-src");
    return sources && !sources.some((source) => ["'wasm-unsafe-eval'", "'unsafe-eval'"].includes(source));
  });
  if (forbids) {
    tell("wrong", "The host forbids WebAssembly: script-src of its Content-Security-Policy lacks 'wasm-unsafe-eval'. The app cannot start.", "Send the policy of the file _headers of the app.");
  }
}

async function checkHost() {
  if (!isSecureContext) {
    tell("look", "The site is served over plain http: no offline use, no copying of pictures, and contents cannot be compared here, only sizes.", "Serve it over https. A wiki over https frames nothing else.");
  }
  const { answer, trouble } = await fetched(PAGE);
  if (trouble) {
    tell("wrong", `The page of the site cannot be read: ${trouble}.`, NO_ANSWER);
    return;
  }
  checkFraming(answer.headers);
  checkPolicy(answer.headers);
  if (answer.headers.get("access-control-allow-origin") !== "*") {
    tell("look", "Frames that are sandboxed without allow-same-origin cannot show charts of this site: the host sends no Access-Control-Allow-Origin: *.", "Most wikis do not need it. Send it for public data only.");
  }
}

// ---- Files ----------------------------------------------------------------------------------------------------------

/** Compares files with a list of path, bytes and SHA-256, whose paths go from `folder`. Tells what is wrong, each kind once. */
async function compare(files, folder, what) {
  const found = { missing: [], page: [], sizes: [], other: [], types: [], plain: [] };
  let looked = 0;
  let bytesInAll = 0;
  const waiting = [...files];
  const one = async (file) => {
    const path = folder + file.path;
    const { answer, bytes, trouble } = await fetched(path);
    say(`Looking at ${what}: ${(looked += 1)} of ${files.length}…`);
    if (trouble) return found.missing.push(`${path} (${trouble})`);
    bytesInAll += bytes.byteLength;
    const type = (answer.headers.get("content-type") ?? "").toLowerCase();
    const wanted = TYPES[ending(path)];
    const isPage = type.startsWith("text/html") && ending(path) !== "html";
    if (bytes.byteLength !== file.bytes) (isPage ? found.page : found.sizes).push(`${path} (${size(bytes.byteLength)} in place of ${size(file.bytes)})`);
    else if (((await digest(bytes)) ?? file.sha256) !== file.sha256) found.other.push(path);
    if (wanted && !isPage && !wanted.some((start) => type.startsWith(start))) found.types.push(`${path} (${type || "no type"})`);
    if (ending(path) === "wasm" && !answer.headers.get("content-encoding")) found.plain.push(path);
  };
  await Promise.all(Array.from({ length: AT_A_TIME }, async () => {
    while (waiting.length) await one(waiting.shift());
  }));
  tellFiles(found, what);
  const wrong = found.missing.length + found.page.length + found.sizes.length + found.other.length;
  if (!wrong) tell("good", `${what[0].toUpperCase()}${what.slice(1)}: ${files.length} files, ${size(bytesInAll)}, ${isSecureContext ? "each the one that was published, by its SHA-256" : "each of the size that was published"}.`);
}

function tellFiles({ missing, page, sizes, other, types, plain }, what) {
  if (missing.length) tell("wrong", `Of ${what} these cannot be read: ${some(missing)}.`, NO_ANSWER);
  if (page.length) tell("wrong", `Of ${what} these are pages instead: ${some(page)}.`, NO_PAGE);
  if (sizes.length) tell("wrong", `Of ${what} these have another size: ${some(sizes)}.`, "Upload them again. Two releases or two publications may be mixed.");
  if (other.length) tell("wrong", `Of ${what} these have another content: ${some(other)}.`, "The host changes what it serves (minifying, rewriting, adding scripts), or an older file lies there. Switch that off and upload them again.");
  if (types.length) {
    const wasm = types.some((path) => path.includes(".wasm"));
    const next = `${wasm ? "Serve .wasm as application/wasm" : "Serve .js as text/javascript and .css as text/css"} (docs/hosting.md says how for each host).`;
    tell("wrong", `These are sent with a wrong type: ${some(types)}.`, next);
  }
  if (plain.length) tell("look", `The host does not compress programs: ${some(plain)}.`, "With gzip the first visit transfers a third. Switch compression on for application/wasm.");
}

const isList = (list) => Array.isArray(list?.files) && list.files.every(({ path, bytes, sha256 }) => typeof path === "string" && typeof bytes === "number" && typeof sha256 === "string");

async function checkApp() {
  const list = await readJson(LIST, "the list of the app's files");
  if (list === undefined) return;
  if (!isList(list)) return tell("wrong", `${LIST} is no list of the app's files.`, NO_PAGE);
  await compare(list.files.filter(({ path }) => !OF_THE_HOST.includes(path)), "", "the app");
}

/** True for a path that goes down only. */
const isInside = (path) => path.split("/").every((step) => step && step !== "." && step !== "..") && !/[:\\?#%]/.test(path);

async function checkData() {
  const config = await readJson(CONFIG, "the settings of the site");
  if (config === undefined) return;
  if (typeof config?.workspace !== "string") {
    return tell("wrong", "Nothing is published here: app.config.json names no workspace.", "Visitors see an empty app. Unpack the whole zip, also app.config.json and the folder data.");
  }
  if (!isInside(config.workspace)) return tell("look", `The data lies elsewhere (${config.workspace}) and is not checked from here.`, "Open check.html at that place, if there is one.");
  const manifest = await readJson(config.workspace, "the manifest of the data");
  if (manifest === undefined) return;
  if (!isList(manifest) || !manifest.files.every(({ path }) => isInside(path))) return tell("wrong", `${config.workspace} is no manifest of published data.`, NO_PAGE);
  await compare(manifest.files, config.workspace.slice(0, config.workspace.lastIndexOf("/") + 1), "the data");
  const hours = (Date.now() - Date.parse(manifest.generated_at)) / 3_600_000;
  if (manifest.refresh_every > 0 && hours > manifest.refresh_every * 1.5) {
    tell("look", `The data was made ${Math.round(hours)} hours ago and should be made every ${manifest.refresh_every}.`, "Look at the job that makes it.");
  }
}

/** The page of the app names its style sheet by its content; this one has none of its own. */
async function dress() {
  const { bytes } = await fetched(PAGE);
  const page = bytes && new DOMParser().parseFromString(new TextDecoder().decode(bytes), "text/html");
  const sheet = page?.querySelector('link[rel="stylesheet"]')?.getAttribute("href");
  if (!sheet) return;
  const link = document.createElement("link");
  link.rel = "stylesheet";
  link.href = sheet;
  document.head.append(link);
}

async function check() {
  await dress();
  await checkHost();
  await checkApp();
  await checkData();
  const told = [[counts.wrong, "wrong"], [counts.look, "to look at"]].filter(([count]) => count).map(([count, what]) => `${count} ${what}`);
  say(told.length ? `Done: ${told.join(", ")}.` : "Done: everything is as it should be.");
  document.documentElement.dataset.checked = "true";
}

check().catch((reason) => say(`The check did not come to its end: ${reason.message}. Reload the page to try again.`));
