// The thread of the engine. A message: [number of the request, head, parts]; the answer has the same number.
let module = null;
let instance = null;

async function load(text) {
  const packed = Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
  module = await WebAssembly.compile(await new Response(stream).arrayBuffer());
}

/** The reader of spreadsheets brings a source of random numbers, which it never asks: its imports do nothing. */
function stubs() {
  const all = {};
  for (const { module: from, name } of WebAssembly.Module.imports(module)) {
    all[from] ??= {};
    all[from][name] = () => {
      throw new Error(`${name} was called`);
    };
  }
  return all;
}

async function answered(head, parts) {
  instance ??= await WebAssembly.instantiate(module, stubs());
  const { memory, input, answer, output, panicked } = instance.exports;
  const text = new TextEncoder().encode(JSON.stringify({ ...head, parts: parts.map((part) => part.length) }));
  const length = 4 + text.length + parts.reduce((sum, part) => sum + part.length, 0);
  try {
    const at = input(length) >>> 0;
    const into = new Uint8Array(memory.buffer, at, length);
    new DataView(memory.buffer).setUint32(at, text.length, true);
    into.set(text, 4);
    let next = 4 + text.length;
    for (const part of parts) {
      into.set(part, next);
      next += part.length;
    }
    const size = answer();
    const from = output() >>> 0;
    const headLength = new DataView(memory.buffer).getUint32(from, true);
    const bytes = new Uint8Array(memory.buffer, from, size).slice();
    const read = JSON.parse(new TextDecoder().decode(bytes.subarray(4, 4 + headLength)));
    let start = 4 + headLength;
    const results = read.parts.map((part) => bytes.slice(start, (start += part)));
    return [read, results];
  } catch {
    // The engine stopped. Only the place in its source is said, and the next request gets a new one.
    let place = "";
    try {
      const memoryNow = new Uint8Array(memory.buffer);
      const at = panicked() >>> 0;
      if (at !== 0) place = new TextDecoder().decode(memoryNow.slice(at, memoryNow.indexOf(0, at)));
    } catch {
      place = "";
    }
    instance = null;
    return [{ error: `internal error${place ? ` at ${place}` : ""}: please report this line, and the format of the input (not the input itself)` }, []];
  }
}

let queue = Promise.resolve();
onmessage = ({ data: [number, head, parts] }) => {
  queue = queue.then(async () => {
    if (head.ask === "load") {
      try {
        await load(parts);
        postMessage([number, {}, []]);
      } catch (error) {
        postMessage([number, { error: `the engine cannot be started (${error.name}): use a current browser` }, []]);
      }
      return;
    }
    const [read, results] = await answered(head, parts);
    postMessage([number, read, results], results.map((result) => result.buffer));
  });
};
