// The start of each worker program: src/web/worker/supervised.rs spawns this file as a module worker whose name is that of
// its program. It hands its own query (a content hash, written by `cargo xtask dist`) on to the two files it loads, because
// Trunk does not hash worker file names and an old cached file must never meet a new page.

const version = self.location.search;
const programs = { "throughline-import": "import_worker", "throughline-unpack": "unpack_worker", "throughline-export": "export_worker" };
const program = programs[self.name] ?? "engine_worker";

// Messages that arrive before the WebAssembly listens would be lost: a module worker's port opens while this file awaits.
const early = [];
const keep = (event) => early.push(event);
self.addEventListener("message", keep);

// The page hears of uncaught errors (Worker.onerror) but not of unhandled rejections: turn the one into the other.
const tellPage = (reason) =>
  setTimeout(() => {
    throw reason instanceof Error ? reason : new Error(String(reason));
  });
self.addEventListener("unhandledrejection", (event) => tellPage(event.reason));

try {
  const { default: init } = await import(`./${program}.js${version}`);
  // Runs `main` of the program's file in src/bin, which sets the message handler.
  await init({ module_or_path: new URL(`./${program}_bg.wasm${version}`, self.location.href) });
  self.removeEventListener("message", keep);
  for (const event of early) {
    self.dispatchEvent(new MessageEvent("message", { data: event.data, ports: [...event.ports] }));
  }
} catch (error) {
  tellPage(error);
}
