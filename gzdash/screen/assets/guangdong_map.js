// The map of Guangdong. Everything shown comes from `data` as text; nothing is parsed as HTML.
const SVG = "http://www.w3.org/2000/svg";
const observers = new WeakMap();

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

function titled(node, words) {
  const title = draw("title", {});
  title.textContent = words;
  node.append(title);
  return node;
}

function area(region) {
  const path = titled(draw("path", { class: "region", d: region.path, fill: region.fill }), region.says);
  path.classList.toggle("missing", region.missing);
  if (!region.inside) return path;
  path.dataset.code = region.code;
  for (const [name, value] of [["tabindex", 0], ["role", "button"], ["aria-label", region.says]]) path.setAttribute(name, value);
  return path;
}

// The outline of the region in hand is drawn above all others, or its neighbours would cover half of it.
// The listeners sit on the frame: Chromium lets an SVG that listens for focus take it itself on a click.
function outline(frame) {
  const lines = [draw("path", { class: "halo" }), draw("path", { class: "ring" })];
  const follow = (path, kind) => lines.forEach((line) => {
    line.setAttribute("d", path?.getAttribute("d") ?? "");
    line.dataset.kind = kind;
  });
  const focused = () => frame.querySelector(".region:focus-visible");
  const settle = (hovered) => follow(focused() ?? hovered, focused() ? "focus" : "hover");
  frame.addEventListener("focusin", () => settle(null));
  frame.addEventListener("focusout", () => follow(null, ""));
  frame.addEventListener("pointerover", (event) => settle(event.target.closest(".region[data-code]")));
  frame.addEventListener("pointerleave", () => settle(null));
  return lines;
}

// The land around a place that is shown from close by: seen, but not in the scope.
function land(path) {
  return draw("path", { class: "around", d: path });
}

function pointMark(point) {
  const [x, y] = point.at;
  const named = { role: "button", tabindex: 0, "aria-label": point.says };
  const group = titled(draw("g", { class: "point", ...named }), point.says);
  group.dataset.code = point.code;
  group.append(
    draw("path", { class: "reach", d: `M${x} ${y}h0` }),
    draw("path", { class: "leader", d: `M${x} ${y}L${point.label[0]} ${point.label[1]}` }),
    ...["edge", "dot", "core"].map((part) => draw("path", { class: part, d: `M${x} ${y}h0` })),
  );
  return group;
}

function place(node, x, y) {
  node.style.left = `${x}%`;
  node.style.top = `${y}%`;
  return node;
}

function label(name) {
  const node = place(make("span", "name", name.text), ...name.at);
  node.style.setProperty("--label", name.ink);
  node.style.setProperty("--ground", name.ground);
  return node;
}

function pointLabel(point, [width, height]) {
  const node = make("span", `pointed ${point.side}`);
  node.append(make("b", "", point.name), make("span", "", point.text));
  return place(node, (100 * point.label[0]) / width, (100 * point.label[1]) / height);
}

function overlap(a, b) {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}

// Names keep inside the drawing, and one that would cover a more important one is left out.
function settleNames(drawing) {
  const frame = drawing.getBoundingClientRect();
  const kept = [];
  for (const node of drawing.querySelectorAll(".pointed, .name")) {
    node.hidden = false;
    node.style.setProperty("--nudge", "0px");
    const { left, right } = node.getBoundingClientRect();
    const nudge = Math.max(frame.left - left, 0) - Math.max(right - frame.right, 0);
    node.style.setProperty("--nudge", `${nudge}px`);
    const box = node.getBoundingClientRect();
    node.hidden = kept.some((other) => overlap(box, other));
    if (!node.hidden) kept.push(box);
  }
}

// A rerun draws the map anew; the reader's place on the keyboard must survive it. Where the place has made way for
// those inside it, or for the one it lies in, the keyboard goes there: 441826 is a county of 441800, 441826105 a town.
function refocus(here, code) {
  const find = (other) => here.find((one) => one.dataset.code === other);
  const above = find(code.slice(0, 6)) ?? find(`${code.slice(0, 4)}00`);
  (find(code) ?? above ?? here[0])?.focus();
}

const places = (root) => [...root.querySelectorAll("[data-code]")];

function middle(node) {
  const { left, right, top, bottom } = node.getBoundingClientRect();
  return [(left + right) / 2, (top + bottom) / 2];
}

// The nearest place that way; what lies aside counts double, so that a key moves where it points.
function towards(from, [dx, dy], others) {
  const [x, y] = middle(from);
  let best = null;
  let least = Infinity;
  for (const one of others) {
    const [a, b] = middle(one);
    const ahead = (a - x) * dx + (b - y) * dy;
    const far = ahead + 2 * Math.abs((a - x) * dy + (b - y) * dx);
    if (one !== from && ahead > 1 && far < least) [best, least] = [one, far];
  }
  return best;
}

const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

function pressed(event, svg, enter, leave) {
  const { key } = event;
  if (key === "Enter" || key === " ") enter(event.target);
  else if (key === "Escape") leave();
  else if (key in ARROWS) towards(event.target, ARROWS[key], places(svg))?.focus();
  else return;
  event.preventDefault();
}

function drawing(data, enter, leave) {
  const [width, height] = data.view;
  const frame = make("div", "drawing");
  frame.classList.toggle("close", data.around.length > 0);
  frame.style.aspectRatio = `${width} / ${height}`;
  frame.style.width = `min(100%, ${Math.round((data.height * width) / height)}px)`;
  const svg = draw("svg", { viewBox: `0 0 ${width} ${height}`, role: "group", "aria-label": data.summary });
  svg.append(...data.around.map(land), ...data.regions.map(area), ...outline(frame), ...data.points.map(pointMark));
  svg.addEventListener("click", (event) => enter(event.target));
  svg.addEventListener("keydown", (event) => pressed(event, svg, enter, leave));
  const names = make("div", "names");
  names.setAttribute("aria-hidden", "true");
  names.append(...data.points.map((point) => pointLabel(point, data.view)), ...data.labels.map(label));
  frame.append(svg, names);
  return frame;
}

function legend(data) {
  const row = make("div", "legend");
  row.append(make("span", "unit", data.unit));
  for (const entry of data.legend) {
    const item = make("span", `entry ${entry.kind}`);
    const swatch = make("span", "swatch");
    swatch.style.background = entry.fill;
    item.append(swatch, make("span", "", entry.label));
    row.append(item);
  }
  return row;
}

export default function ({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".map");
  const held = parentElement.activeElement;
  const focused = held && root.contains(held) ? held.dataset.code : undefined;
  const enter = (target) => {
    const code = target.closest("[data-code]")?.dataset.code;
    if (code) setTriggerValue("entered", code);
  };
  const leave = () => data.inside && setTriggerValue("left", true);
  for (const [name, colour] of Object.entries(data.colours)) root.style.setProperty(`--${name}`, colour);
  const frame = drawing(data, enter, leave);
  const under = [data.keys && make("div", "keys", data.keys), data.caption && make("div", "caption", data.caption)];
  root.replaceChildren(frame, legend(data), ...under.filter(Boolean));
  observers.get(root)?.disconnect();
  const observer = new ResizeObserver(() => settleNames(frame));
  observer.observe(frame);
  observers.set(root, observer);
  if (focused) refocus(places(root), focused);
  return () => observers.get(root)?.disconnect();
}
