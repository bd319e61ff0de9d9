// A table of words and numbers that sorts by any column; everything is set as text, never as markup.
export default function ({ parentElement, data }) {
  const host = parentElement.querySelector(".scroll");
  const state = host.gzState ?? (host.gzState = { column: -1, up: true });
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
  for (const place of order) {
    const row = element("tr");
    row.role = "row";
    data.rows[place].forEach((cell, column) => row.append(entry(data, cell, place, column)));
    body.append(row);
  }
  table.append(body);
  host.replaceChildren(table);
}

function entry(data, cell, place, column) {
  const box = element("td", cell);
  box.role = "cell";
  box.dataset.header = data.headers[column];
  if (data.numeric[column]) box.className = "num";
  else if (/^\d{4}-\d{2}-\d{2}( \d{2}:\d{2})?$/.test(cell)) box.className = "date"; // broken at its dashes it is hard to read
  const address = data.links[place][column];
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
