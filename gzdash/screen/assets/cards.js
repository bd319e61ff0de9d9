// Cards of one pillar. Everything shown comes from `data` as text; nothing is parsed as HTML.
const SVG = "http://www.w3.org/2000/svg";

function make(tag, name, text) {
  const node = document.createElement(tag);
  if (name) node.className = name;
  if (text) node.textContent = text;
  return node;
}

function draw(tag, attributes) {
  const node = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  return node;
}

function head(card) {
  const row = make("div", "head");
  row.append(make("span", "label", card.label));
  if (card.kind) row.append(make("span", "kind", card.kind));
  return row;
}

function figure(card, ask) {
  const row = make("div", "figure");
  const button = make("button", "", card.figure);
  button.type = "button";
  button.dataset.key = card.key;
  if (card.spoken) button.setAttribute("aria-label", card.spoken);
  if (card.full) button.title = card.full;
  button.addEventListener("click", () => ask(card.key));
  row.append(button, make("span", "unit", card.unit));
  return row;
}

function line(runs) {
  const row = make("span", "line");
  for (const [seen, heard] of runs) {
    const run = make("span", heard ? "way" : "", seen);
    if (heard) run.setAttribute("aria-hidden", "true");
    row.append(run);
    if (heard) row.append(make("span", "heard", heard));
  }
  return row;
}

function delta(card) {
  const row = make("div", "delta");
  if (card.provisional) row.append(make("span", "provisional", card.provisional));
  row.append(...card.delta.map(line));
  if (card.note) row.append(make("span", "note", card.note));
  return row;
}

function spark(shape) {
  const svg = draw("svg", {
    class: "spark", viewBox: "0 0 100 34", preserveAspectRatio: "none", role: "img", "aria-label": shape.says,
  });
  if (shape.before) svg.append(draw("path", { class: "before", d: shape.before }));
  svg.append(draw("path", { class: "now", d: shape.line }));
  // A stroke of no length with round ends stays a circle however far the box is stretched.
  svg.append(draw("path", { class: "last", d: `M${shape.last[0]} ${shape.last[1]}h0` }));
  return svg;
}

function bar(target) {
  const track = make("div", "track");
  track.setAttribute("aria-hidden", "true");
  const fill = make("div", "fill");
  fill.style.width = `${target.achieved}%`;
  track.append(fill);
  if (target.expected !== null) {
    const tick = make("div", "tick");
    tick.style.left = `${target.expected}%`;
    track.append(tick);
  }
  return track;
}

function pace(target) {
  const row = make("div", "pace");
  const reached = make("span");
  reached.append(make("b", "", target.share), make("span", "due", target.due));
  row.append(reached, make("span", "goal", target.goal));
  return row;
}

function foot(card) {
  const node = make("div", "foot");
  if (card.target) node.append(bar(card.target), pace(card.target));
  else if (card.no_target) node.append(make("div", "unset", card.no_target));
  if (card.reported) node.append(make("div", "reported", card.reported));
  return node;
}

function draw_card(card, index, across, ask) {
  const node = make("div", "card");
  if (index % across === 0) node.classList.add("starts");
  node.append(head(card), figure(card, ask), delta(card));
  if (card.spark) node.append(spark(card.spark));
  node.append(foot(card));
  return node;
}

export default function ({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".cards");
  const focused = parentElement.activeElement?.dataset.key;
  const grid = make("div", "grid");
  grid.classList.toggle("compact", data.compact);
  grid.classList.toggle("many", data.across > 3);
  grid.style.setProperty("--across", data.across);
  for (const [name, colour] of Object.entries(data.colours)) root.style.setProperty(`--${name}`, colour);
  const ask = (key) => setTriggerValue("asked", key);
  grid.append(...data.cards.map((card, index) => draw_card(card, index, data.across, ask)));
  root.replaceChildren(grid);
  // A rerun draws the cards anew; the reader's place on the keyboard must survive it.
  if (focused) [...root.querySelectorAll("button")].find((button) => button.dataset.key === focused)?.focus();
}
