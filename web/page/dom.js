// Small helpers for the document. Texts only ever become text nodes.

export const byId = (id) => document.getElementById(id);

/** An element with these properties and children; a child that is null is left out. */
export function element(name, properties = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (value === null || value === undefined || value === false) continue;
    if (key === "class") made.className = value;
    else if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
    else made.setAttribute(key, value === true ? "" : value);
  }
  made.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return made;
}

/** A text with `code` in backticks. */
export function inline(text) {
  const parts = String(text).split("`");
  if (parts.length % 2 === 0) return [String(text)];
  return parts.map((part, i) => (i % 2 === 1 ? element("code", {}, part) : part)).filter((part) => part !== "");
}

export const paragraph = (text) => element("p", {}, inline(text));

/** A part that is folded in; null where it has nothing in it. */
export function folded(title, items) {
  if (items.length === 0) return null;
  const list = element("ul", {}, items.map((item) => element("li", {}, item)));
  return element("details", {}, element("summary", {}, `${title} (${items.length})`), list);
}

export function say(text) {
  const status = byId("status");
  if (status.textContent !== text) status.textContent = text;
}

/** Copies a text. Where the browser refuses, it is shown, selected. */
export async function copy(text, what) {
  try {
    await navigator.clipboard.writeText(text);
    say(`${what} copied.`);
  } catch {
    const field = element("textarea", { rows: "12", cols: "80", "aria-label": what, readonly: true });
    field.value = text;
    const box = element("dialog", { "aria-label": what, onclose: () => box.remove() },
      paragraph("The browser does not allow copying: press Ctrl+C."), field,
      element("form", { method: "dialog" }, element("button", {}, "Close")));
    document.body.append(box);
    box.showModal();
    field.select();
  }
}

/** Offers bytes as a file. */
export function download(name, bytes, type) {
  const url = URL.createObjectURL(new Blob([bytes], { type }));
  element("a", { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
