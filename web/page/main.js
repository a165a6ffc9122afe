// The page: what was pasted goes to the engine, the answer is drawn beside it.
import { byId, copy, download, element, paragraph, say } from "./dom.js";
import { ask, newest, start, textOf } from "./engine.js";
import { Editor } from "./editor.js";
import { draw, marksOf, printed, summary } from "./answer.js";
import { openCompare } from "./compare.js";
import { setCauses, showCause } from "./causes.js";

const FIELDS = ["from", "asid", "code", "now", "mask"];
const FILES = { "product-set": "product-set", "interaction-map": "interaction-map", jwks: "jwks" };
const EXAMPLES = {
  "A ticket": null,
  "A curl command": `curl -i https://int.api.service.nhs.uk/referrals/FHIR/R4/PractitionerRole \\\n  -H 'Authorization: Bearer undefined' \\\n  -H 'X-Correlation-ID: 11C46F5F-CDEF-4865-94B2-0EE0EDCC26DA'\n\nHTTP/2 401\ncontent-type: application/fhir+json\n`,
  "A challenge": `GET /orders HTTP/1.1\nHost: shop.example\nAuthorization: Bearer 4kQeTz8hWq2LrVn0XyPs7BdUcGfJ\n\nHTTP/1.1 401 Unauthorized\nWWW-Authenticate: Bearer realm="shop", error="invalid_token", error_description="The access token expired"\n`,
};

const given = {};
let shown = null;
let editor = null;
let said = null;

/** What is asked for, and the parts that belong to it. */
function request(task, more = {}) {
  const head = { ask: task, clock: Date.now(), names: [editor.file ?? "<stdin>"], from: byId("from").value || "auto", ...more };
  head.asid = byId("asid").value.trim();
  head.now = byId("now").value.trim();
  const code = byId("code").value.trim();
  if (code !== "") head.status = /^\d{3}$/.test(code) ? Number(code) : 0;
  head.mask = byId("mask").value.split("\n").map((word) => word.trim()).filter(Boolean);
  const parts = [editor.content];
  for (const [id, name] of Object.entries(FILES)) {
    if (!given[id]) continue;
    head[name] = parts.length;
    parts.push(given[id]);
  }
  return ask(head, parts);
}

const answer = newest(async () => {
  const box = byId("answer");
  for (const button of document.querySelectorAll("#messages button")) button.disabled = editor.isEmpty;
  if (editor.isEmpty) {
    shown = null;
    box.replaceChildren(paragraph("Paste a request and its response on the left, or choose an example. The answer appears here while you type."));
    said = "Ready.";
    say(said);
    return;
  }
  const begun = performance.now();
  const text = editor.bytes === null ? editor.area.value : editor.bytes;
  try {
    const { head, parts: [json, view, covered] } = await request("diagnose");
    const isSame = text === (editor.bytes === null ? editor.area.value : editor.bytes);
    const reportText = textOf(json);
    const [report, seen] = [JSON.parse(reportText), JSON.parse(textOf(view))];
    if (!isSame) return;
    const marks = head.opened && editor.bytes === null ? [] : marksOf(report, seen);
    shown = { covered: textOf(covered), marks, report: reportText };
    editor.show(shown.covered, marks, head.opened);
    draw(box, report, seen, { go: (from, till) => editor.go(from, till), light });
    said = summary(report, seen);
    say(said);
    document.dispatchEvent(new CustomEvent("why401-answer", { detail: { report: reportText, milliseconds: performance.now() - begun } }));
  } catch (error) {
    shown = null;
    say(error.message);
    box.replaceChildren(paragraph(`This cannot be read: ${error.message}.`));
    document.dispatchEvent(new CustomEvent("why401-answer", { detail: { error: error.message } }));
  }
});

/** A browser compiles a function of the engine when it is first called: examples call most of them before anybody waits. */
async function warmUp() {
  for (const name of ["A curl command", "A challenge"]) {
    await ask({ ask: "diagnose", clock: Date.now(), names: ["<stdin>"] }, [new TextEncoder().encode(EXAMPLES[name])]);
  }
}

/** Lights causes and their marks. */
function light(causes) {
  editor.light(causes);
  for (const article of document.querySelectorAll("#answer article")) {
    article.classList.toggle("lit", causes.includes(article.dataset.cause));
  }
}

/** What files are is seen from their names; a capture is anything else. */
async function dropped(files) {
  for (const file of files) {
    const name = file.name.toLowerCase();
    const id = /\.(xlsx|ods|csv|ldif)$/.test(name) ? "product-set" : /(jwks|\.pem$|\.jwk$)/.test(name) ? "jwks" : null;
    if (id === null) await editor.openFile(file);
    else await take(id, file);
  }
}

async function take(id, file) {
  given[id] = file ? new Uint8Array(await file.arrayBuffer()) : null;
  names[id] = file?.name;
  byId("known").textContent = Object.values(names).filter(Boolean).map((name) => `(${name})`).join(" ");
  answer();
}
const names = {};

function hold(button) {
  const set = (isHeld) => {
    editor.reveal(isHeld);
    button.setAttribute("aria-pressed", String(isHeld));
  };
  set(false);
  button.addEventListener("pointerdown", () => set(true));
  for (const end of ["pointerup", "pointerleave", "pointercancel", "blur", "keyup"]) button.addEventListener(end, () => set(false));
  button.addEventListener("keydown", (event) => {
    if (event.key === " " || event.key === "Enter") set(true);
  });
  window.addEventListener("blur", () => set(false));
  document.addEventListener("visibilitychange", () => set(false));
}

function view() {
  const [name, id] = (location.hash.slice(1) || "explain").split("=");
  const wanted = name === "cause" ? "causes" : name;
  const known = ["explain", "compare", "causes", "about"];
  const current = known.includes(wanted) ? wanted : "explain";
  for (const one of known) byId(`${one}-view`).hidden = one !== current;
  for (const link of document.querySelectorAll("nav a")) {
    if (link.hash === `#${current}`) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
  if (current !== "explain") say("");
  if (current === "compare") openCompare();
  if (name === "cause" && id) showCause(decodeURIComponent(id));
  if (current === "explain") {
    editor.draw();
    if (said) say(said);
  }
}

function controls() {
  for (const id of FIELDS) byId(id).addEventListener("input", () => answer());
  for (const id of Object.keys(FILES)) byId(id).addEventListener("change", (event) => take(id, event.target.files[0]));
  byId("file").addEventListener("change", (event) => {
    if (event.target.files[0]) editor.openFile(event.target.files[0]);
    event.target.value = "";
  });
  byId("clear").addEventListener("click", () => editor.set(""));
  byId("forget").addEventListener("click", () => {
    for (const id of [...FIELDS, ...Object.keys(FILES)]) byId(id).value = id === "from" ? "auto" : "";
    for (const id of Object.keys(FILES)) given[id] = names[id] = null;
    byId("known").textContent = "";
    answer();
  });
  EXAMPLES["A ticket"] = byId("ticket").content.textContent;
  byId("examples").append(...Object.keys(EXAMPLES).map((name) => element("option", {}, name)));
  byId("examples").addEventListener("change", (event) => {
    if (event.target.value) editor.set(EXAMPLES[event.target.value]);
    event.target.value = "";
  });
  hold(byId("reveal"));
  const titles = { ticket: "The ticket was", reply: "The reply was", report: "The Markdown was" };
  for (const button of document.querySelectorAll("[data-copy]")) {
    button.addEventListener("click", async () => {
      const task = button.dataset.copy;
      try {
        const { parts: [text] } = await request(task, { form: "markdown" });
        await copy(textOf(text), titles[task]);
      } catch (error) {
        say(error.message);
      }
    });
  }
  byId("download").addEventListener("click", async () => {
    try {
      const { head, parts: [bytes] } = await request("mask");
      download(`masked-${editor.file ?? "capture.txt"}`, bytes, "application/octet-stream");
      say(`${head.masked} places were masked.`);
    } catch (error) {
      say(error.message);
    }
  });
  byId("download-json").addEventListener("click", () => {
    if (shown) download("why401.json", shown.report, "application/json");
  });
  window.addEventListener("hashchange", view);
  window.addEventListener("beforeprint", () => {
    if (shown) printed(shown.covered, shown.marks);
  });
}

async function main() {
  editor = new Editor(byId("editor"), "The request and its response", { changed: () => answer(), pointed: light, dropped });
  editor.area.id = "paste";
  controls();
  view();
  try {
    await start();
    const { head } = await ask({ ask: "about" });
    byId("from").append(...head.forms.map(([word, help]) => element("option", { value: word }, `${word}: ${help}`)));
    byId("from").value = "auto";
    byId("engine-says").textContent = `Engine ${head.version}, ${head.causes.length} causes; spreadsheets: ${head.sheets ? "yes" : "no, save as CSV"}; signatures with public keys: ${head.jwks ? "yes" : "no, use the program"}.`;
    byId("jwks").disabled = !head.jwks;
    setCauses(head.causes);
    if (editor.isEmpty) await warmUp();
    // For tests, and for whoever is curious.
    globalThis.why401 = { ask };
    document.documentElement.dataset.ready = String(Math.round(performance.now()));
    view();
    answer();
  } catch (error) {
    say(error.message);
  }
}

main();
