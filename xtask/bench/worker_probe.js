// Put before the product's worker_boot.js: measures an import inside the worker and the WebAssembly memory it takes, and how
// long the engine worker computes for the questions of the bench.
// MODE is "file" (as the product works) or "memory" (the file is read first, so that only the parsing is timed).
{
  const channel = new BroadcastChannel("bench");
  let memory = null;
  let begun = null;
  const keep = (result) => {
    memory = (result.instance ?? result).exports.memory;
    return result;
  };
  for (const name of ["instantiate", "instantiateStreaming"]) {
    const plain = WebAssembly[name];
    WebAssembly[name] = (...words) => plain.apply(WebAssembly, words).then(keep);
  }

  if (self.name === "throughline-engine") {
    const plainPost = self.postMessage;
    let asked = null;
    // Questions of the bench carry a number beside the header; the time that the answer took is put beside the answer.
    self.addEventListener("message", ({ data }) => {
      if (Array.isArray(data) && typeof data[1] === "number") asked = performance.now();
    });
    self.postMessage = function (...words) {
      if (asked !== null && words[0].length === 2) {
        words[0].push(performance.now() - asked);
        asked = null;
      }
      plainPost.apply(self, words);
    };
  }

  if (self.name === "throughline-import") {
    const slice = Blob.prototype.slice;
    const arrayBuffer = Blob.prototype.arrayBuffer;
    let whole = null;
    Blob.prototype.slice = function (from, to) {
      if (MODE === "file") {
        begun ??= performance.now();
        return slice.call(this, from, to);
      }
      whole ??= arrayBuffer.call(this).then((bytes) => {
        begun = performance.now();
        return bytes;
      });
      return { arrayBuffer: () => whole.then((bytes) => bytes.slice(from, to)) };
    };
    const plainPost = self.postMessage;
    self.postMessage = function (data, ...rest) {
      // The dataset comes with the last message; progress has only its header.
      if (Array.isArray(data) && data.length > 2) {
        const dataset_bytes = data[2].byteLength;
        channel.postMessage({ import_ms: performance.now() - begun, wasm_bytes: memory.buffer.byteLength, dataset_bytes });
      }
      return plainPost.call(self, data, ...rest);
    };
  }
}
