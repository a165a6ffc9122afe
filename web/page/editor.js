// A text field that shows its text with dots over tokens and with marks under the characters that a cause points at.
//
// What is typed is transparent; the same text is drawn below it, only as much as can be seen, so that a text of megabytes
// costs no more than a ticket. A long text, and a file that is not plain text, is shown without being editable.
import { element } from "./dom.js";

const LINE = 20;
const PADDING = 8;
/** A text that is longer is shown as a file: browsers edit long texts slowly. */
const LONGEST = 200_000;
/** Of a line, so many characters left and right of the visible part are drawn, too. */
const AROUND = 200;
const DOT = "•";

export class Editor {
  /** `changed` is called with every change; `pointed` with the causes under the pointer or the caret. */
  constructor(place, label, { changed, pointed = () => {}, dropped = null }) {
    this.changed = changed;
    this.pointed = pointed;
    this.bytes = null;
    this.covered = "";
    this.raw = "";
    this.marks = [];
    this.lit = new Set();
    this.isRevealed = false;
    this.area = element("textarea", {
      "aria-label": label, autocapitalize: "off", autocomplete: "off", spellcheck: "false", wrap: "off",
    });
    this.layer = element("div", { class: "layer", "aria-hidden": "true" });
    this.name = element("div", { class: "name" });
    this.scroller = element("div", { class: "scroller", tabindex: "0", role: "region", "aria-label": `${label}, with dots over tokens` });
    this.box = element("div", { class: "editor" }, this.layer, this.area, this.name, this.scroller);
    place.append(this.box);
    const probe = element("span", { class: "line" }, "0".repeat(100));
    this.layer.append(probe);
    this.column = probe.getBoundingClientRect().width / 100 || 8.4;
    this.listen(dropped);
    this.index();
    this.draw();
  }

  listen(dropped) {
    const redraw = () => this.draw();
    this.area.addEventListener("scroll", redraw);
    this.scroller.addEventListener("scroll", redraw);
    new ResizeObserver(redraw).observe(this.box);
    this.area.addEventListener("input", () => this.edited());
    this.area.addEventListener("paste", (event) => {
      const text = event.clipboardData?.getData("text/plain") ?? "";
      if (text.length <= LONGEST) return;
      event.preventDefault();
      const { selectionStart, selectionEnd, value } = this.area;
      this.open("pasted text", new TextEncoder().encode(value.slice(0, selectionStart) + text + value.slice(selectionEnd)));
    });
    this.box.addEventListener("dragover", (event) => {
      event.preventDefault();
      this.box.classList.add("over");
    });
    this.box.addEventListener("dragleave", () => this.box.classList.remove("over"));
    this.box.addEventListener("drop", (event) => {
      this.box.classList.remove("over");
      const files = [...(event.dataTransfer?.files ?? [])];
      if (files.length === 0) return;
      event.preventDefault();
      if (dropped) dropped(files);
      else this.openFile(files[0]);
    });
    let isWaiting = false;
    this.box.addEventListener("pointermove", (event) => {
      if (isWaiting) return;
      isWaiting = true;
      requestAnimationFrame(() => {
        isWaiting = false;
        const found = document.elementsFromPoint(event.clientX, event.clientY).find((e) => e.localName === "mark");
        this.pointed(found ? found.dataset.causes.split(" ") : []);
      });
    });
    this.box.addEventListener("pointerleave", () => this.pointed([]));
    const caret = () => {
      const at = this.area.selectionStart;
      const under = this.marks.filter((mark) => mark.start <= at && at <= mark.end && at > 0);
      this.pointed(under.map((mark) => mark.cause));
    };
    this.area.addEventListener("keyup", caret);
  }

  /** What is given to the engine. */
  get content() {
    return this.bytes ?? new TextEncoder().encode(this.area.value);
  }

  get isEmpty() {
    return this.bytes === null && this.area.value === "";
  }

  /** The name of the file; null for a text that was pasted or typed. */
  get file() {
    return this.bytes === null ? null : this.fileName;
  }

  async openFile(file) {
    this.open(file.name, new Uint8Array(await file.arrayBuffer()));
  }

  /** Shows bytes: as a text that can be edited, if they are a short one. */
  open(name, bytes) {
    let text = null;
    try {
      text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
    } catch {
      text = null;
    }
    if (text !== null && text.length <= LONGEST && !/[\r\0\ufeff]/.test(text)) {
      this.set(text);
      return;
    }
    this.bytes = bytes;
    this.fileName = name;
    this.raw = "";
    this.area.value = "";
    this.covered = "";
    this.marks = [];
    this.box.classList.add("whole");
    this.name.textContent = `${name}, ${size(bytes.length)}: reading…`;
    this.scroller.scrollTo(0, 0);
    this.index();
    this.draw();
    this.changed();
  }

  set(text) {
    this.bytes = null;
    this.box.classList.remove("whole");
    this.area.value = text;
    this.marks = [];
    this.covered = dotted(text);
    this.index();
    this.draw();
    this.changed();
  }

  /** The text was changed by hand: what is known about the rest of it still holds. */
  edited() {
    const [old, now] = [this.covered, this.area.value];
    if (now.length > 4 * LONGEST) {
      this.open("long text", new TextEncoder().encode(now));
      return;
    }
    const before = this.last ?? "";
    let head = 0;
    const most = Math.min(before.length, now.length);
    while (head < most && before[head] === now[head]) head += 1;
    let tail = 0;
    while (tail < most - head && before[before.length - 1 - tail] === now[now.length - 1 - tail]) tail += 1;
    const added = now.slice(head, now.length - tail);
    this.covered = old.slice(0, head) + (added.length <= 2 ? added : dotted(added)) + old.slice(old.length - tail);
    const moved = now.length - before.length;
    const end = before.length - tail;
    this.marks = this.marks
      .filter((mark) => mark.end <= head || mark.start >= end)
      .map((mark) => (mark.start >= end ? { ...mark, start: mark.start + moved, end: mark.end + moved } : mark));
    this.index();
    this.draw();
    this.changed();
  }

  /** What the engine found: the text with dots, and the marks. */
  show(covered, marks, isOpened) {
    if (this.bytes === null && covered.length !== this.area.value.length) {
      // A mail or the like was opened: what is inside has other places.
      if (!isOpened) return;
      marks = [];
      covered = dotted(this.area.value);
    }
    this.covered = covered;
    this.marks = marks;
    if (this.bytes !== null) {
      const text = new TextDecoder().decode(this.bytes);
      this.raw = !isOpened && text.length === covered.length ? text : "";
      this.name.textContent = `${this.fileName}, ${size(this.bytes.length)}: not editable here`;
    }
    this.index();
    this.draw();
  }

  reveal(isRevealed) {
    this.isRevealed = isRevealed;
    this.draw();
  }

  light(causes) {
    this.lit = new Set(causes);
    this.draw();
  }

  /** Where the lines of the text begin. */
  index() {
    if (this.bytes === null) this.last = this.area.value;
    this.starts = [0];
    let longest = 0;
    for (let at = this.covered.indexOf("\n"); at !== -1; at = this.covered.indexOf("\n", at + 1)) {
      longest = Math.max(longest, at + 1 - this.starts[this.starts.length - 1]);
      this.starts.push(at + 1);
    }
    longest = Math.max(longest, this.covered.length - this.starts[this.starts.length - 1]);
    this.longest = longest;
    this.marks = [...this.marks].sort((a, b) => a.start - b.start || b.end - a.end);
    let furthest = 0;
    this.furthest = this.marks.map((mark) => (furthest = Math.max(furthest, mark.end)));
  }

  lineOf(offset) {
    let [low, high] = [0, this.starts.length];
    while (low + 1 < high) {
      const middle = (low + high) >> 1;
      if (this.starts[middle] <= offset) low = middle;
      else high = middle;
    }
    return low;
  }

  draw() {
    if (this.isWaiting) return;
    this.isWaiting = true;
    requestAnimationFrame(() => {
      this.isWaiting = false;
      this.drawNow();
    });
  }

  drawNow() {
    const whole = this.bytes !== null;
    const view = whole ? this.scroller : this.area;
    const [left, top] = [view.scrollLeft, view.scrollTop];
    const first = Math.max(0, Math.floor((top - PADDING) / LINE) - 5);
    const last = Math.min(this.starts.length, Math.ceil((top + view.clientHeight) / LINE) + 5);
    const from = Math.max(0, Math.floor(left / this.column) - AROUND);
    const till = Math.ceil((left + view.clientWidth) / this.column) + AROUND;
    const raw = whole ? this.raw : this.area.value;
    const text = this.isRevealed && raw.length === this.covered.length ? raw : this.covered;
    const lines = [];
    if (text === "" && !whole) {
      lines.push(this.line(0, 0, left, top, whole, ["Paste here, or drop a file."]));
    }
    for (let i = first; i < last && text !== ""; i += 1) {
      const start = this.starts[i];
      const end = i + 1 < this.starts.length ? this.starts[i + 1] - 1 : text.length;
      // A tab is wider than a column: such a line is drawn from its start.
      const skipped = end - start > 4 * AROUND && !text.slice(start, Math.min(end, start + from)).includes("\t") ? from : 0;
      const stop = Math.min(end, start + Math.max(till, skipped));
      if (start + skipped >= stop && end > start) continue;
      lines.push(this.line(i, skipped, left, top, whole, this.pieces(text, start + skipped, stop)));
    }
    if (whole) {
      const spacer = element("div");
      spacer.style.height = `${this.starts.length * LINE}px`;
      spacer.style.width = `${Math.min(this.longest * this.column, 10_000_000)}px`;
      this.scroller.replaceChildren(spacer, ...lines);
    } else {
      this.layer.replaceChildren(...lines);
    }
  }

  line(number, skipped, left, top, whole, pieces) {
    const line = element("div", { class: "line" }, pieces);
    line.style.top = `${PADDING + number * LINE - (whole ? 0 : top)}px`;
    line.style.left = `${PADDING + skipped * this.column - (whole ? 0 : left)}px`;
    return line;
  }

  /** A stretch of the text with its marks. */
  pieces(text, start, end) {
    let low = 0;
    let high = this.marks.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.furthest[middle] > start) high = middle;
      else low = middle + 1;
    }
    const over = [];
    for (let i = low; i < this.marks.length && this.marks[i].start < end; i += 1) {
      if (this.marks[i].end > start) over.push(this.marks[i]);
    }
    if (over.length === 0) return [text.slice(start, end)];
    const edges = new Set([start, end]);
    for (const mark of over) {
      edges.add(Math.max(start, mark.start));
      edges.add(Math.min(end, mark.end));
    }
    const cuts = [...edges].sort((a, b) => a - b);
    return cuts.slice(1).map((stop, i) => {
      const from = cuts[i];
      const here = over.filter((mark) => mark.start < stop && mark.end > from);
      if (here.length === 0) return text.slice(from, stop);
      const isLit = here.some((mark) => this.lit.has(mark.cause));
      const causes = [...new Set(here.map((mark) => mark.cause))].join(" ");
      return element("mark", { class: `${here[0].verdict}${isLit ? " lit" : ""}`, "data-causes": causes, "data-start": from }, text.slice(from, stop));
    });
  }

  /** Shows a stretch and selects it. */
  go(start, end) {
    const line = this.lineOf(start);
    const view = this.bytes === null ? this.area : this.scroller;
    if (this.bytes === null) {
      this.area.focus({ preventScroll: true });
      this.area.setSelectionRange(start, end);
    } else {
      this.scroller.focus({ preventScroll: true });
    }
    view.scrollTop = Math.max(0, line * LINE - view.clientHeight / 3);
    const column = (start - this.starts[line]) * this.column;
    view.scrollLeft = column < view.clientWidth - 100 ? 0 : column - view.clientWidth / 3;
    this.box.scrollIntoView({ block: "nearest" });
  }
}

/** A text of which nothing is known yet. */
const dotted = (text) => text.replace(/[^\s]/g, DOT);

const size = (bytes) => (bytes < 1_000_000 ? `${Math.ceil(bytes / 1000)} KB` : `${(bytes / 1_000_000).toFixed(1)} MB`);
