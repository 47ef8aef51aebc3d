/*!
 * embed.js: shows Throughline charts in a page of yours. MIT licence.
 *
 * <div data-throughline-src="https://charts.example/app/?chart=burnup&embed=1"></div>
 * <script src="https://charts.example/app/embed.js" defer></script>
 *
 * Optional: data-throughline-title (for screen readers), data-throughline-height (pixels until the frame tells its own),
 * data-throughline-most (the most pixels that a frame may ask for; 10000).
 *
 * throughlineEmbed.load(place, name, files) hands files ([{ name, buffer }]) to the frame in such an element; its answer is
 * the message `state` or `error`. throughlineEmbed.export(place, format, chart) promises the chart as a Blob ("png", "svg" or
 * "csv"; `chart` where several are shown). Who may do which is in docs/embedding.md.
 */
(() => {
  const SOURCE = "data-throughline-src";
  const NAME = "Throughline";
  const VERSION = 1;
  /** Frame and the origin that it must speak from. */
  const frames = new Map();
  /** Charts that were asked for, by the number of the question. */
  const exports = new Map();
  let questions = 0;

  const greet = (frame, origin) => frame.contentWindow?.postMessage({ app: NAME, v: VERSION, type: "ping", resize: true }, origin);

  const upgrade = (place) => {
    let address;
    try {
      address = new URL(place.getAttribute(SOURCE), document.baseURI);
    } catch {
      return;
    }
    if (!/^https?:$/.test(address.protocol)) return;
    const frame = document.createElement("iframe");
    frame.src = address.href;
    frame.title = place.dataset.throughlineTitle || NAME;
    frame.loading = "lazy";
    frame.referrerPolicy = "no-referrer";
    frame.allow = "clipboard-write; fullscreen";
    frame.style.cssText = `display:block;width:100%;border:0;height:${Number(place.dataset.throughlineHeight) || 420}px`;
    const most = Number(place.dataset.throughlineMost) || 10000;
    const known = { origin: address.origin, most };
    known.ready = new Promise((resolve) => (known.listens = resolve));
    frames.set(frame, known);
    frame.addEventListener("load", () => greet(frame, address.origin));
    place.removeAttribute(SOURCE);
    place.replaceChildren(frame);
  };

  window.addEventListener("message", (event) => {
    for (const [frame, { origin, most, listens }] of frames) {
      if (!frame.isConnected) frames.delete(frame);
      if (event.source !== frame.contentWindow || event.origin !== origin) continue;
      const { app, v, type, height, reply, mime, buffer, message } = event.data ?? {};
      if (app !== NAME || v !== VERSION) return;
      if (type === "ready") {
        listens();
        greet(frame, origin);
      }
      if (type === "resize" && Number.isFinite(height) && height > 0) frame.style.height = `${Math.min(height, most)}px`;
      const asked = exports.get(reply);
      if (asked?.frame !== frame || !exports.delete(reply)) return;
      if (type === "exported") asked.resolve(new Blob([buffer], { type: mime }));
      else asked.reject(new Error(message));
      return;
    }
  });

  /** Says something to the frame of a place, once it listens. */
  const say = async (place, message) => {
    const frame = place.matches("iframe") ? place : place.querySelector("iframe");
    const known = frames.get(frame);
    if (!known) throw new Error("embed.js has put no frame into this element.");
    await known.ready;
    frame.contentWindow.postMessage({ app: NAME, v: VERSION, ...message }, known.origin);
    return frame;
  };
  window.throughlineEmbed = {
    load: async (place, name, files) => void (await say(place, { type: "load", name, files, keep: false })),
    export: (place, format, chart) =>
      new Promise((resolve, reject) => {
        const reply = ++questions;
        const asked = { resolve, reject };
        exports.set(reply, asked);
        const message = { type: "export", reply, format, ...(chart ? { chart } : {}) };
        say(place, message).then(
          (frame) => (asked.frame = frame),
          (error) => {
            exports.delete(reply);
            reject(error);
          },
        );
      }),
  };

  const start = () => document.querySelectorAll(`[${SOURCE}]`).forEach(upgrade);
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
