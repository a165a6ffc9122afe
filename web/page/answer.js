// The answer of the engine as a document.
import { byId, copy, element, folded, inline, paragraph } from "./dom.js";

const STATES = {
  passed: ["✓", "passed"],
  stopped: ["✕", "stopped here"],
  possible: ["?", "may have stopped here"],
  "not-reached": ["", "not reached"],
  unknown: ["?", "not known"],
};
/** More groups of requests than this are not drawn. */
const MOST_GROUPS = 30;
/** Of a group, so many are marked. */
const MOST_ALIKE = 500;
const MOST_LINES = 12;

/** Where a span of the report is in the text of the page. */
export function placesOf(view) {
  if (view.places === null) return (span) => [span.start, span.end];
  const known = new Map(view.places.map(([start, end, from, till]) => [`${start}-${end}`, [from, till]]));
  return (span) => known.get(`${span.start}-${span.end}`) ?? null;
}

/** The marks of all causes of the exchanges that are shown. */
export function marksOf(report, view) {
  const place = placesOf(view);
  const marks = [];
  for (const group of view.groups.slice(0, MOST_GROUPS)) {
    // Those that are alike have the causes of the first one, and light with it.
    for (const number of group.slice(0, MOST_ALIKE)) {
      const exchange = report.exchanges[number];
      for (const cause of shownCauses(exchange).concat(exchange.next)) {
        for (const { span } of cause.evidence) {
          const found = span && place(span);
          if (!found) continue;
          // Where something is missing, the mark is under the character after it.
          const [start, end] = found;
          marks.push({ start, end: Math.max(end, start + 1), cause: key(group[0], cause), verdict: cause.verdict });
        }
      }
    }
  }
  return marks;
}

const key = (exchange, cause) => `${exchange}:${cause.id}`;

const isStrong = (exchange) => ["confirmed", "likely"].includes(exchange.causes[0]?.verdict);

/** Where a cause is sure or likely, those that are only possible are folded in. */
const shownCauses = (exchange) => exchange.causes.filter((cause) => !isStrong(exchange) || cause.verdict !== "possible");

/** One sentence for the status line. */
export function summary(report, view) {
  const [group] = view.groups;
  if (report.exchanges.length === 0) return "No request was found in this text.";
  if (!group) return "Accepted: nothing to explain.";
  const exchange = report.exchanges[group[0]];
  const [cause] = exchange.causes;
  const more = view.groups.length > 1 ? ` And ${view.groups.length - 1} more.` : "";
  if (cause) return `${capital(cause.verdict)}: ${cause.title}.${more}`;
  if (exchange.next[0]) return `Next: ${exchange.next[0].title}.${more}`;
  return `No cause was found in this text.${more}`;
}

const capital = (text) => text[0].toUpperCase() + text.slice(1);

/** Draws the answer. `go` shows a stretch of the text, `light` lights the marks of causes. */
export function draw(box, report, view, { go, light }) {
  const place = placesOf(view);
  const button = (span, words) => {
    const found = place(span);
    if (!found) return words;
    return element("button", { type: "button", class: "link", onclick: () => go(found[0], found[1]) }, words);
  };
  const at = (span) => (span ? [button(span, `line ${span.line}`), ": "] : []);
  const parts = [];
  for (const group of view.groups.slice(0, MOST_GROUPS)) {
    const [shown, ...others] = group;
    parts.push(...exchangeParts(report.exchanges[shown], view.exchanges[shown], shown, at, light));
    if (others.length > 0) {
      const lines = others.slice(0, MOST_LINES).map((i) => report.exchanges[i].source.line);
      const more = others.length > lines.length ? ` and ${others.length - lines.length} more` : "";
      parts.push(paragraph(`The same holds for ${others.length} more, on lines ${lines.join(", ")}${more}.`));
    }
  }
  if (view.groups.length > MOST_GROUPS) {
    parts.push(paragraph(`${view.groups.length - MOST_GROUPS} more kinds of requests are in the Markdown and the JSON report.`));
  }
  if (view.groups.length === 0) parts.push(paragraph(summary(report, view)));
  parts.push(folded("Notes", report.notes.map((note) => element("span", {}, at(note.span), inline(note.says)))));
  box.replaceChildren(...parts.filter((part) => part !== null));
}

function exchangeParts(exchange, view, number, at, light) {
  const causes = shownCauses(exchange);
  const possible = exchange.causes.filter((cause) => !causes.includes(cause));
  const article = (cause, about) => causeParts(cause, about, key(number, cause), at, light);
  const named = (cause) => [...inline(cause.title), " ", link(cause.id)];
  return [
    element("h4", {}, view.headline),
    view.endpoint && paragraph(view.endpoint),
    exchange.response?.message && element("p", {}, "The response says: ", element("q", {}, exchange.response.message)),
    exchange.outcome === "no-answer" ? paragraph("The text shows no response, so the request alone was checked.") : row(exchange, view),
    exchange.causes.length + exchange.next.length === 0 ? paragraph("No cause was found in this text.") : null,
    ...causes.map((cause) => article(cause, view.causes[exchange.causes.indexOf(cause)])),
    exchange.next.length > 0 ? element("h5", {}, "Next in line") : null,
    ...exchange.next.map((cause, i) => article(cause, view.next[i])),
    corrected(exchange.correction),
    productSet(exchange.product_set),
    folded("Also possible", possible.map((cause) => [...named(cause), ". ", ...inline(cause.fix)])),
    folded("Still open", exchange.questions.map((question) => inline(question.how))),
    folded("Ruled out", exchange.ruled_out.map((cause) => [...named(cause), ": ", ...at(cause.span), ...inline(cause.because)])),
    folded("What support will ask for", exchange.support.lacks.map((lack) => [`${lack.title}: `, ...inline(lack.how)])),
  ].filter((part) => part);
}

const link = (id) => element("a", { href: `#cause=${id}` }, element("code", {}, id));

/** The checkpoints of the gateway, and how far the request came. */
function row(exchange, view) {
  if (exchange.pathway.length === 0) return null;
  const stations = exchange.pathway.map((checkpoint) => {
    const [sign, says] = STATES[checkpoint.state] ?? STATES.unknown;
    return element("li", { class: checkpoint.state },
      element("span", { class: "sign", "aria-hidden": "true" }, sign), element("b", {}, checkpoint.title), says);
  });
  return element("section", { "aria-label": "How far the request got" },
    view.pathway && paragraph(`How far the request got at ${view.pathway}:`), element("ol", { class: "row" }, stations));
}

function causeParts(cause, about, id, at, light) {
  const on = () => light([id]);
  const off = () => light([]);
  return element("article",
    { class: cause.verdict, "data-cause": id, onpointerenter: on, onpointerleave: off, onfocusin: on, onfocusout: off },
    element("h5", {}, element("span", { class: "verdict" }, cause.verdict), inline(cause.title), " ", link(cause.id)),
    element("ul", {}, cause.evidence.map((evidence) => element("li", {}, at(evidence.span), inline(evidence.says)))),
    cause.fix.trim() ? element("p", {}, element("strong", {}, "Fix: "), inline(cause.fix)) : null,
    about?.trim() ? element("details", {}, element("summary", {}, "Why"), paragraph(about)) : null);
}

function corrected(correction) {
  if (!correction) return null;
  const lines = correction.lines.map(({ mark, text }) => {
    const name = { add: "ins", remove: "del" }[mark] ?? "span";
    const sign = { add: "+ ", remove: "- " }[mark] ?? "  ";
    return element(name, {}, `${sign}${text}\n`);
  });
  const text = correction.lines.filter((line) => line.mark !== "remove").map((line) => line.text).join("\n");
  return element("section", { "aria-label": "The request as it should be" },
    element("h5", {}, "The request as it should be"),
    element("button", { type: "button", onclick: () => copy(`${text}\n`, "The corrected request was") }, "Copy the request"),
    element("pre", { tabindex: "0", role: "region", "aria-label": "Corrected request" }, lines));
}

function productSet(set) {
  if (!set) return null;
  const advice = (all) => all.map((one) => [...inline(one.says), ...(one.command ? [element("pre", {}, one.command)] : [])]);
  return element("section", { "aria-label": "Product set" },
    element("h5", {}, "Product set"),
    set.says ? paragraph(set.says) : null,
    folded("How to get it", advice(set.get)), folded("What to ask", advice(set.ask)), folded("Cautions", advice(set.cautions)));
}

/** What is printed instead of the text field: the text around the marks. */
export function printed(covered, marks) {
  const lines = covered.split("\n").slice(0, 1000);
  const out = [];
  let at = 0;
  for (const line of lines) {
    const over = marks.filter((mark) => mark.start < at + line.length + 1 && mark.end > at);
    let from = at;
    for (const mark of over) {
      const [start, end] = [Math.max(from, mark.start), Math.min(at + line.length, mark.end)];
      if (end <= start) continue;
      out.push(covered.slice(from, start), element("mark", { class: mark.verdict }, covered.slice(start, end)));
      from = end;
    }
    out.push(covered.slice(from, at + line.length), "\n");
    at += line.length + 1;
  }
  byId("print").replaceChildren(element("h2", {}, "The text, with credentials masked"), element("pre", {}, out));
}
