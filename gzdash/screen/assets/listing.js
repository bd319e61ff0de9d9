// A table of words and numbers that sorts by any column; everything is set as text, never as markup.
export default function ({ parentElement, data, setTriggerValue }) {
  const host = parentElement.querySelector(".scroll");
  const state = host.gzState ?? (host.gzState = { column: -1, up: true, open: false });
  host.classList.toggle("sheet", Boolean(data.asks));
  state.ask = (place) => setTriggerValue("asked", place);
  for (const [name, colour] of Object.entries(data.colours ?? {})) host.style.setProperty(`--${name}`, colour);
  draw(host, data, state);
}

function draw(host, data, state) {
  const order = data.rows.map((_, place) => place);
  if (state.column >= 0) order.sort((a, b) => compared(data.sort[a][state.column], data.sort[b][state.column], state.up));
  const table = element("table");
  if (data.stacks) table.className = "stacks";
  // A table that is laid out as blocks is still a table to a screen reader.
  table.role = "table";
  const head = element("tr");
  head.role = "row";
  data.headers.forEach((header, column) => head.append(heading(host, data, state, header, column)));
  table.append(element("thead", head));
  const body = element("tbody");
  if (data.total) body.append(total(data, state));
  const shown = state.open || !data.fold ? order.length : data.fold;
  order.forEach((place, position) => {
    const row = element("tr");
    row.role = "row";
    if (position >= shown) row.className = "folded";
    data.rows[place].forEach((cell, column) => row.append(entry(data, cell, place, column, state)));
    body.append(row);
  });
  if (shown < order.length) body.append(unfold(host, data, state, shown));
  table.append(body);
  host.replaceChildren(table);
}

// The whole, above its parts: it stays there however they are sorted.
function total(data, state) {
  const row = element("tr");
  row.role = "row";
  row.className = "total";
  data.total.forEach((cell, column) => row.append(entry(data, cell, data.rows.length, column, state)));
  return row;
}

// The smaller rows wait behind a button; on paper all are there.
function unfold(host, data, state, shown) {
  const button = element("button", data.more);
  button.type = "button";
  button.onclick = () => {
    state.open = true;
    draw(host, data, state);
    (host.querySelectorAll("tbody tr:not(.total)")[shown]?.querySelector("button, a") ?? host.querySelector("th button")).focus();
  };
  const box = element("td", button);
  box.colSpan = data.headers.length;
  const row = element("tr", box);
  row.className = "more";
  return row;
}

function bar(share) {
  const track = element("i");
  track.className = "rate";
  track.setAttribute("aria-hidden", "true");
  const fill = element("i");
  fill.style.width = `${100 * Math.min(Math.max(share, 0), 1)}%`;
  track.append(fill);
  return track;
}

// The name of a row is a button that opens where its figures come from.
function asking(data, cell, place, state) {
  const button = element("button", cell);
  button.type = "button";
  button.className = "ask";
  button.dataset.key = place; // a run draws the table anew: the keyboard finds its way back by this
  button.title = data.asks;
  button.setAttribute("aria-label", `${cell}, ${data.asks}`);
  button.onclick = () => state.ask(place);
  return button;
}

function entry(data, cell, place, column, state) {
  const box = element("td", cell);
  box.role = "cell";
  box.dataset.header = data.headers[column];
  if (data.numeric[column]) box.className = "num";
  else if (/^\d{4}-\d{2}-\d{2}( \d{2}:\d{2})?$/.test(cell)) box.className = "date"; // broken at its dashes it is hard to read
  if (data.asks && column === 0) box.replaceChildren(asking(data, cell, place, state));
  const share = data.bars?.[column]?.[place];
  if (share !== undefined && share !== null) box.append(bar(share));
  const address = data.links[place]?.[column];
  if (address) {
    const link = element("a", cell);
    link.href = address;
    box.replaceChildren(link);
  }
  return box;
}

function heading(host, data, state, header, column) {
  const box = element("th");
  box.scope = "col";
  box.role = "columnheader";
  if (data.numeric[column]) box.className = "num";
  const button = element("button");
  button.type = "button";
  button.textContent = header;
  const sorted = state.column === column;
  box.setAttribute("aria-sort", sorted ? (state.up ? "ascending" : "descending") : "none");
  if (sorted) button.append(element("span", state.up ? " ↑" : " ↓"));
  button.onclick = () => {
    state.up = sorted ? !state.up : true;
    state.column = column;
    draw(host, data, state);
    host.querySelectorAll("th button")[column].focus();
  };
  box.append(button);
  return box;
}

function compared(a, b, up) {
  if (a === null || b === null) return (a === null) - (b === null); // what is not known comes last, either way
  const least = typeof a === "number" && typeof b === "number" ? a - b : String(a).localeCompare(String(b), "zh");
  return up ? least : -least;
}

function element(name, child) {
  const made = document.createElement(name);
  if (child !== undefined) made.append(child);
  return made;
}
