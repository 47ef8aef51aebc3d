/*!
 * embed.js: shows Throughline charts in a page of yours. MIT licence.
 *
 * <div data-throughline-src="https://charts.example/app/?chart=burnup&embed=1"></div>
 * <script src="https://charts.example/app/embed.js" defer></script>
 *
 * Optional: data-throughline-title (for screen readers), data-throughline-height (pixels until the frame tells its own),
 * data-throughline-most (the most pixels that a frame may ask for; 10000).
 */
(() => {
  const SOURCE = "data-throughline-src";
  const NAME = "Throughline";
  const VERSION = 1;
  /** Frame and the origin that it must speak from. */
  const frames = new Map();

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
    frames.set(frame, { origin: address.origin, most });
    frame.addEventListener("load", () => greet(frame, address.origin));
    place.removeAttribute(SOURCE);
    place.replaceChildren(frame);
  };

  window.addEventListener("message", (event) => {
    for (const [frame, { origin, most }] of frames) {
      if (!frame.isConnected) frames.delete(frame);
      if (event.source !== frame.contentWindow || event.origin !== origin) continue;
      const { app, v, type, height } = event.data ?? {};
      if (app !== NAME || v !== VERSION) return;
      if (type === "ready") greet(frame, origin);
      if (type === "resize" && Number.isFinite(height) && height > 0) frame.style.height = `${Math.min(height, most)}px`;
      return;
    }
  });

  const start = () => document.querySelectorAll(`[${SOURCE}]`).forEach(upgrade);
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
