// The faults in a list, and the sheet they stand in; everything is set as text, never as markup.
const WIDE = "(min-width: 40.01em)";

export default function ({ parentElement, data }) {
  const host = parentElement.querySelector(".findings");
  const lists = element("div", "lists");
  for (const list of data.lists) lists.append(listOf(host, data, list));
  host.replaceChildren(lists, sheetOf(host, data));
  host.onkeydown = (event) => moved(host, event);
}

function listOf(host, data, list) {
  const box = element("section", "list");
  const body = element("tbody");
  for (const row of list.rows) body.append(rowOf(host, data, row, list.warning));
  const table = element("table", "", columnsOf(5), headOf(data.words), body);
  const title = element("h3", "", text(list.title), element("small", "", text(list.drawn)));
  table.setAttribute("aria-label", list.title);
  box.append(title, table);
  return box;
}

function columnsOf(count) {
  return element("colgroup", "", ...Array.from({ length: count }, () => element("col")));
}

function headOf(words) {
  const row = element("tr");
  for (const name of ["number", "cell", "value", "what", "remedy"]) {
    const said = text(words[name]);
    const head = element("th", "", name === "number" ? element("span", "unseen", said) : said);
    head.scope = "col";
    row.append(head);
  }
  return element("thead", "", row);
}

function rowOf(host, data, row, warning) {
  const kind = warning ? "warning" : "error";
  const go = element("button", "go", text(row.cell));
  go.type = "button";
  go.title = data.words.go_to;
  go.setAttribute("aria-description", row.spoken);
  const value = element("span", "value verbatim", text(row.value || data.words.empty));
  const column = row.column ? [element("span", "column verbatim", text(row.column))] : [];
  const line = element("tr", kind);
  line.dataset.number = row.number;
  for (const part of [
    [element("span", `disc ${kind}`, text(row.number))],
    [go],
    [value],
    [...column, element("span", "", text(row.title))],
    [element("span", "remedy", text(row.remedy))],
  ]) line.append(element("td", "", ...part));
  line.onclick = () => {
    if (!String(document.getSelection() ?? "")) toCell(host, row.number); // marked text is to be copied
  };
  return line;
}

function sheetOf(host, data) {
  const table = element("table", "sheet", lettersOf(data));
  const body = element("tbody");
  for (const line of data.lines) body.append(line.gap ? gapOf(data, line.gap) : lineOf(host, data, line));
  table.append(body);
  const scroll = element("div", "scroll", table);
  scroll.tabIndex = 0;
  scroll.setAttribute("role", "region");
  scroll.setAttribute("aria-label", data.words.original);
  const title = element("h3", "", text(data.words.original), element("small", "", text(data.drawn)));
  const note = element("p", "note", text(data.note));
  const box = element("details", "original", element("summary", "", text(data.words.show_sheet)), title, scroll, note);
  box.open = matchMedia(WIDE).matches || host.gzOpen === true;
  box.ontoggle = () => { host.gzOpen = box.open; };
  matchMedia(WIDE).onchange = (change) => { if (change.matches) box.open = true; };
  return box;
}

function lettersOf(data) {
  const row = element("tr", "", element("td", "corner"));
  for (const letter of data.letters) {
    const head = element("th", letter ? "" : "between", text(letter || "…"));
    head.scope = "col";
    row.append(head);
  }
  return element("thead", "", row);
}

function gapOf(data, said) {
  const cell = element("td", "", text(said));
  cell.colSpan = data.letters.length + 1;
  return element("tr", "gap", cell);
}

function lineOf(host, data, line) {
  const head = element("th");
  head.scope = "row";
  fill(host, head, String(line.row), line.marks);
  const row = element("tr", line.kind, head);
  line.cells.forEach((cell, place) => {
    const box = element("td");
    if (data.numeric[place]) box.classList.add("number");
    if (cell.hidden) box.classList.add("hidden");
    if (!data.letters[place]) box.classList.add("between");
    fill(host, box, cell.text, cell.marks ?? []);
    row.append(box);
  });
  return row;
}

function fill(host, box, said, marks) {
  const words = element("span", "text", text(said));
  if (!marks.length) {
    box.append(words);
    if (said.length > 20) box.title = said;
    return;
  }
  box.classList.add("marked");
  if (marks.some((mark) => !mark.warning)) box.classList.add("error");
  box.append(element("div", "", ...marks.map((mark) => discOf(host, mark)), words));
  box.title = said;
}

function discOf(host, mark) {
  const kind = `disc ${mark.warning ? "warning" : "error"}`;
  if (!mark.listed) return element("span", kind, text(mark.number));
  const disc = element("button", kind, text(mark.number));
  disc.type = "button";
  disc.tabIndex = -1; // reached from its row of the list, so that the Tab key is not needed a hundred times
  disc.dataset.mark = mark.number;
  disc.setAttribute("aria-label", mark.spoken);
  disc.onclick = () => toRow(host, mark.number);
  return disc;
}

function toCell(host, number) {
  const disc = host.querySelector(`[data-mark="${number}"]`);
  if (!disc) return;
  disc.closest("details").open = true;
  shown(host, number);
  disc.focus({ preventScroll: true });
  disc.closest("td, th").scrollIntoView({ block: "nearest", inline: "nearest" });
}

function toRow(host, number) {
  const row = host.querySelector(`tr[data-number="${number}"]`);
  shown(host, number);
  row.querySelector(".go").focus({ preventScroll: true });
  row.scrollIntoView({ block: "nearest" });
}

function shown(host, number) {
  for (const old of host.querySelectorAll(".on")) old.classList.remove("on");
  host.querySelector(`tr[data-number="${number}"]`)?.classList.add("on");
  host.querySelector(`[data-mark="${number}"]`)?.closest("td, th").classList.add("on");
}

// Up and down from row to row; Escape leads from a cell back to the list.
function moved(host, event) {
  const at = event.target;
  if (event.key === "Escape" && at.dataset.mark) return toRow(host, at.dataset.mark);
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step || !at.classList.contains("go")) return;
  const all = [...host.querySelectorAll(".go")];
  all[all.indexOf(at) + step]?.focus();
  event.preventDefault();
}

function text(said) {
  return document.createTextNode(String(said));
}

function element(name, kind, ...children) {
  const made = document.createElement(name);
  if (kind) made.className = kind;
  made.append(...children);
  return made;
}
