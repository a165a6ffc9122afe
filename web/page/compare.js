// Two captures side by side.
import { byId, element, folded, inline, paragraph, say } from "./dom.js";
import { Editor } from "./editor.js";
import { ask, newest, textOf } from "./engine.js";

let editors = null;

/** Makes the view when it is first shown. */
export function openCompare() {
  if (editors) return;
  const run = newest(compareNow);
  editors = ["working", "failing"].map((id) => {
    const label = id === "working" ? "Capture of the request that worked" : "Capture of the request that failed";
    const editor = new Editor(byId(id), label, {
      changed: () => {
        cover(editor);
        run();
      },
    });
    const cover = newestFor(editor);
    return editor;
  });
}

const newestFor = (editor) => {
  const run = newest(async () => {
    const { head, parts: [, , covered] } = await ask({ ask: "diagnose" }, [editor.content]);
    editor.show(textOf(covered), [], head.opened);
  });
  return () => run();
};

async function compareNow() {
  const box = byId("comparison");
  if (editors.some((editor) => editor.isEmpty)) {
    box.replaceChildren(paragraph("Paste or drop a capture on each side."));
    return;
  }
  try {
    const names = editors.map((editor, i) => editor.file ?? ["working", "failing"][i]);
    const { parts: [json] } = await ask({ ask: "compare", names, clock: Date.now() }, editors.map((editor) => editor.content));
    drawComparison(box, JSON.parse(textOf(json)));
  } catch (error) {
    box.replaceChildren(paragraph(error.message));
    say(error.message);
  }
}

function drawComparison(box, comparison) {
  const { differences, cautions, same } = comparison;
  const head = ["What differs", "It worked", "It failed", "Checkpoint", "Causes"].map((name) => element("th", { scope: "col" }, name));
  const rows = differences.map((difference) => {
    const links = difference.causes.map((id) => [element("a", { href: `#cause=${id}` }, id), " "]).flat();
    const cells = [difference.says, difference.working, difference.failing, difference.checkpoint ?? ""].map((text) => inline(text ?? "–"));
    return element("tr", {}, [...cells, links].map((cell) => element("td", {}, cell)));
  });
  const title = rows.length === 0 ? "No difference was found" : `${rows.length} ${rows.length === 1 ? "difference" : "differences"}`;
  say(`${title}.`);
  const table = element("div", { class: "wide", tabindex: "0", role: "region", "aria-label": title },
    element("table", {}, element("thead", {}, element("tr", {}, head)), element("tbody", {}, rows)));
  box.replaceChildren(...[
    element("h3", {}, title),
    rows.length === 0 ? null : table,
    ...cautions.map(paragraph),
    folded("The same in both", same.map((fact) => [element("code", {}, fact.fact), `: ${fact.value}`])),
  ].filter((part) => part !== null));
}
