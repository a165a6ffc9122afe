// The engine, in a thread of its own, so that typing never waits for it.
import { byId } from "./dom.js";

const waiting = new Map();
let count = 0;

function thread() {
  const url = URL.createObjectURL(new Blob([byId("worker").textContent], { type: "text/javascript" }));
  const policy = globalThis.trustedTypes?.createPolicy("why401", { createScriptURL: (text) => text });
  const made = new Worker(policy ? policy.createScriptURL(url) : url);
  made.onmessage = ({ data: [number, head, parts] }) => {
    const { resolve, reject } = waiting.get(number);
    waiting.delete(number);
    if (head.error === undefined) resolve({ head, parts });
    else reject(new Error(head.error));
  };
  return made;
}

let worker = null;

function post(head, parts) {
  worker ??= thread();
  const number = ++count;
  return new Promise((resolve, reject) => {
    waiting.set(number, { resolve, reject });
    worker.postMessage([number, head, parts]);
  });
}

/** Starts the engine. */
export function start() {
  const data = byId("engine");
  const loaded = post({ ask: "load" }, data.textContent.trim());
  data.remove();
  return loaded;
}

/** Asks the engine for something. */
export const ask = (head, parts = []) => post(head, parts);

export const textOf = (bytes) => new TextDecoder().decode(bytes);

/** Runs a task for the newest state only: while one runs, of all further calls the last one counts. */
export function newest(task) {
  let isRunning = false;
  let isWanted = false;
  return async function run() {
    isWanted = true;
    if (isRunning) return;
    isRunning = true;
    while (isWanted) {
      isWanted = false;
      await task();
    }
    isRunning = false;
  };
}
