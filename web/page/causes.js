// The list of causes, and the page of each.
import { byId, element, folded, inline, paragraph, say } from "./dom.js";
import { ask, textOf } from "./engine.js";

let causes = [];

export function setCauses(known) {
  causes = known;
  byId("find").addEventListener("input", drawList);
  drawList();
}

function drawList() {
  const words = byId("find").value.toLowerCase().split(/\s+/).filter(Boolean);
  const found = causes.filter(([id, title]) => words.every((word) => id.includes(word) || title.toLowerCase().includes(word)));
  const packs = [...new Set(found.map(([, , pack]) => pack))];
  byId("list").replaceChildren(
    paragraph(`${found.length} of ${causes.length} causes`),
    ...packs.flatMap((pack) => [
      element("h3", {}, pack),
      element("ul", {}, found.filter((cause) => cause[2] === pack).map(([id, title]) =>
        element("li", {}, inline(title), " ", element("a", { href: `#cause=${id}` }, element("code", {}, id))))),
    ]));
}

/** Shows the page of a cause. */
export async function showCause(id) {
  const box = byId("page");
  try {
    const { parts: [json] } = await ask({ ask: "explain", cause: id });
    const cause = JSON.parse(textOf(json));
    const effect = (sign) => (sign.effect === "suggests" ? `suggests (${sign.weight})` : sign.effect);
    const codes = (all) => all.map((name) => element("code", {}, name));
    box.replaceChildren(...[
      element("h3", {}, inline(cause.title)),
      element("p", {}, element("code", {}, cause.id), `, pack ${cause.pack}, ${cause.prevalence}, ${cause.certainty}`),
      paragraph(cause.about),
      element("p", {}, element("strong", {}, "Fix: "), inline(cause.fix)),
      element("h4", {}, "Signs"),
      element("ul", {}, cause.signs.map((sign) => element("li", {}, element("strong", {}, `${effect(sign)}: `), inline(sign.because)))),
      folded("Answers that name it", codes(cause.named_by)),
      folded("Answers that it shares with others", codes(cause.answered_by)),
      folded("Checkpoints", codes(cause.checkpoints)),
      folded("References", cause.references),
    ].filter((part) => part !== null));
    say(cause.title);
    box.focus();
  } catch (error) {
    box.replaceChildren(paragraph(error.message));
  }
}
