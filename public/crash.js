// What is left when the page's WebAssembly has panicked: plain JavaScript that tells the user, and hands out the saved
// workspace without a line of the code that failed. Loaded before anything that can fail.
"use strict";
(() => {
  const DATABASE = "throughline";
  const FILE_MAGIC = "THROUGHLINE-WORKSPACE 1\n";
  const STORAGE_ANSWER_MS = 5_000;
  const LOOP_WINDOW_MS = 60_000;
  const LOOP_CRASHES = 2;
  const CRASH_TIMES = "throughline.crashes";
  // A panic's message is our own sentence, but a long one may quote what it met: never pass on that much.
  const MESSAGE_LENGTH = 300;

  // ---- The stored workspace (layout: src/web/storage) ---------------------------------------------------------------

  const inTime = (promise, what) =>
    Promise.race([
      promise,
      new Promise((_, reject) => {
        setTimeout(() => reject(new Error(`${what} did not answer within ${STORAGE_ANSWER_MS / 1000} s`)), STORAGE_ANSWER_MS);
      }),
    ]);

  const settled = (request) =>
    new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });

  /** The open database, or null when this browser has none of ours. Opening must not create one: the page's own upgrade would then be skipped. */
  function openDatabase() {
    return inTime(
      new Promise((resolve, reject) => {
        const request = indexedDB.open(DATABASE);
        let isNew = false;
        request.onupgradeneeded = () => {
          isNew = true;
          request.transaction.abort();
        };
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => (isNew ? resolve(null) : reject(request.error));
      }),
      "The browser's storage",
    );
  }

  const read = (database, store, key) => {
    const objects = database.transaction(store, "readonly").objectStore(store);
    return inTime(settled(key === undefined ? objects.getAll() : objects.get(key)), `The store "${store}"`);
  };

  const savedAt = (head) => new Date(head.saved_at).getTime() || 0;

  /** A head, or null when its record is damaged: the others must come out all the same. */
  function headOf(bytes) {
    try {
      return JSON.parse(new TextDecoder().decode(bytes));
    } catch {
      return null;
    }
  }

  /** The heads of all saved workspaces that were not deleted, newest first. */
  async function readHeads(database) {
    const heads = (await read(database, "heads")).map(headOf).filter((head) => head && !head.marks?.deleted_at);
    return heads.sort((a, b) => savedAt(b) - savedAt(a));
  }

  /** The `.throughline` file of src/engine/workspace_file.rs: magic, u32 length of the index, index as JSON, the parts in its order. */
  function workspaceFile(head, parts) {
    const index = new TextEncoder().encode(
      JSON.stringify({ head, parts: parts.map(({ kind, name, bytes }) => ({ kind, name, length: bytes.byteLength })) }),
    );
    const length = new DataView(new ArrayBuffer(4));
    length.setUint32(0, index.byteLength, true);
    return new Blob([FILE_MAGIC, length, index, ...parts.map((part) => part.bytes)], { type: "application/octet-stream" });
  }

  /** Reads one saved state whole. A part that is missing is an error: half a workspace must not look like a whole one. */
  async function readState(database, head) {
    const wanted = [
      { kind: "document", name: "document", store: "documents", key: `${head.id}/${head.generation}` },
      ...head.layers.map((hash) => ({ kind: "layer", name: hash, store: "layers", key: `${head.id}/${hash}` })),
    ];
    const parts = [];
    for (const { kind, name, store, key } of wanted) {
      const bytes = await read(database, store, key);
      if (!bytes) throw new Error(`its ${kind} ${key} is missing from the browser's storage`);
      parts.push({ kind, name, bytes });
    }
    return workspaceFile(head, parts);
  }

  /** The newest state that can be read whole, and what was wrong with those after it. */
  async function readWorkspace(database, head) {
    const { previous = [], ...newest } = head;
    const wrong = [];
    for (const state of [newest, ...previous.map((generation) => ({ ...newest, ...generation }))]) {
      try {
        return { file: await readState(database, state), state, wrong };
      } catch (error) {
        wrong.push(error.message);
      }
    }
    throw new Error(wrong.join("; "));
  }

  function download(blob, name) {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(blob);
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  }

  const fileName = (head) => `${(head.name || "workspace").replace(/[^\p{L}\p{N}_-]+/gu, "-").slice(0, 80)}.throughline`;

  // ---- The screen ---------------------------------------------------------------------------------------------------

  /** Remembers this crash and says whether the page keeps crashing. Without session storage it says no. */
  function isCrashLoop() {
    try {
      const now = Date.now();
      const times = JSON.parse(sessionStorage.getItem(CRASH_TIMES) ?? "[]").filter((time) => now - time < LOOP_WINDOW_MS);
      times.push(now);
      sessionStorage.setItem(CRASH_TIMES, JSON.stringify(times));
      return times.length >= LOOP_CRASHES;
    } catch {
      return false;
    }
  }

  function element(tag, text, className) {
    const made = document.createElement(tag);
    if (text) made.textContent = text;
    if (className) made.className = className;
    return made;
  }

  function button(text, act) {
    const made = element("button", text);
    made.type = "button";
    made.addEventListener("click", act);
    return made;
  }

  /** What a bug report needs, and no word of the user's data. */
  function reportText({ message, location: place }) {
    const version = document.querySelector('meta[name="throughline:version"]')?.content ?? "unknown";
    return [
      `Throughline ${version} stopped working`,
      `Message: ${String(message ?? "none").slice(0, MESSAGE_LENGTH)}`,
      `Location: ${place ?? "unknown"}`,
      `Browser: ${navigator.userAgent}`,
    ].join("\n");
  }

  function safeModeAddress() {
    const address = new URL(location.href);
    address.searchParams.set("safe", "1");
    address.hash = ""; // the view in the link may be what crashes
    return address.href;
  }

  /** The page keeps the last state as a Blob while the browser's storage does not hold it (src/web/worker). */
  function offerUnsaved(place, say) {
    if (!(window.throughlineLast instanceof Blob)) return;
    const unsaved = button("Download unsaved workspace", () => {
      download(window.throughlineLast, "workspace.throughline");
      say("The workspace, as it was before the crash, was handed to the browser as a file. Throughline opens it like any other file.");
    });
    place.append(unsaved);
  }

  async function offerDownloads(place, say) {
    try {
      const database = await openDatabase();
      const heads = database ? await readHeads(database) : [];
      if (heads.length === 0) {
        if (place.childElementCount > 0) return;
        say("No workspace was saved in this browser; your tracker's export files are as they were.");
        return;
      }
      const buttons = heads.map((head) =>
        button(heads.length === 1 ? "Download saved workspace" : `Download saved workspace “${head.name}”`, async () => {
          try {
            const { file, state, wrong } = await readWorkspace(database, head);
            download(file, fileName(head));
            const which = wrong.length === 0 ? "" : `, as it was saved at ${new Date(state.saved_at).toLocaleString()} because the newest save cannot be read (${wrong[0]}),`;
            say(`The workspace “${head.name}”${which} was handed to the browser as a file. Throughline opens it like any other file.`);
          } catch (error) {
            say(`The workspace “${head.name}” could not be read: ${error.message}. Reload in safe mode and import your tracker's files again.`);
          }
        }),
      );
      place.append(...buttons);
    } catch (error) {
      say(`The browser's storage could not be read: ${error?.message ?? error}. Reload the page to try again.`);
    }
  }

  function showCrashScreen(crash) {
    const loop = isCrashLoop();
    const screen = element("main", "", "crash");
    screen.setAttribute("role", "alert");
    const notice = element("p", "", "crash-notice");
    notice.setAttribute("role", "status");
    const say = (text) => {
      notice.textContent = text;
    };

    const report = reportText(crash);
    const details = element("details");
    details.append(element("summary", "What the report says"), element("pre", report));
    const copy = button("Copy report", async () => {
      try {
        await navigator.clipboard.writeText(report);
        say("The report is in the clipboard. It holds nothing of your data.");
      } catch {
        details.open = true;
        say("The browser did not allow copying. Select the report below and copy it by hand.");
      }
    });
    const reload = button("Reload", () => location.reload());
    const safe = button("Reload in safe mode", () => location.assign(safeModeAddress()));
    const downloads = element("span", "", "crash-downloads");
    const actions = element("p", "", "crash-actions");
    actions.append(...(loop ? [safe, downloads, reload, copy] : [downloads, reload, safe, copy]));
    (loop ? safe : reload).classList.add("primary");

    screen.append(
      element("h1", "Throughline stopped working"),
      element(
        "p",
        loop
          ? "It has stopped twice within a minute. Safe mode starts without opening a workspace."
          : "This is an error in Throughline, not in your data. What was saved is still in this browser.",
      ),
      actions,
      notice,
      details,
    );
    document.body.replaceChildren(screen);
    screen.querySelector(".primary").focus();
    offerUnsaved(downloads, say);
    offerDownloads(downloads, say);
  }

  /** Called by the panic hook of src/bin/app.rs. The first crash counts; what follows it is its echo. */
  window.throughlineCrash = (crash) => {
    if (window.__crash) return;
    window.__crash = { message: String(crash?.message ?? ""), location: String(crash?.location ?? "") };
    showCrashScreen(window.__crash);
  };

  // A panic that never reached the hook still ends in `unreachable`.
  const onError = (error) => {
    if (typeof WebAssembly === "object" && error instanceof WebAssembly.RuntimeError) {
      window.throughlineCrash({ message: error.message, location: "outside the panic hook" });
    }
  };
  window.addEventListener("error", (event) => onError(event.error));
  window.addEventListener("unhandledrejection", (event) => onError(event.reason));
})();
