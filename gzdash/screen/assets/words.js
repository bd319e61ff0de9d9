// Streamlit's own words in the reader's language. The server puts `LOCALES`, and `WORDS` as pairs of Chinese and
// English, before this text. It looks only at what Streamlit says, never at the rows and sentences that pages show.

const ATTRIBUTES = ["aria-label", "aria-valuetext", "title", "placeholder", "alt"];
const OURS = [
  ".stHtml", ".stPlotlyChart", ".stCode", ".stBidiComponent", ".stDataFrame [role=grid]",
  ".stElementContainer [data-testid=stMarkdownContainer]", "[role=option][data-key]:not([data-key^=__])",
  "script", "style",
].join(",");

let language = document.documentElement.lang.startsWith("en") ? "en" : "zh";

// The calendar and the numbers of a table ask the browser which language it speaks: it speaks the reader's.
Object.defineProperty(navigator, "language", { get: () => LOCALES[language] });
Object.defineProperty(navigator, "languages", { get: () => [LOCALES[language]] });

const PLACE = /\{\w+\}/g;
const escaped = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

// How to say in one language what stands in the other: whole sentences, and those with places that are filled.
function translator(from, to) {
  const whole = new Map(), filled = [];
  for (const pair of WORDS) {
    if (!pair[from].match(PLACE)) whole.set(pair[from], pair[to]);
    else filled.push([new RegExp(`^${pair[from].split(PLACE).map(escaped).join("(.+)")}$`), pair[to]]);
  }
  return (said) => {
    const found = whole.get(said);
    if (found !== undefined) return found;
    for (const [form, other] of filled) {
      const values = form.exec(said);
      // Chinese and English fill their places in the same order.
      if (values) return other.replace(PLACE, () => values.splice(1, 1)[0]);
    }
    return undefined;
  };
}
const TO = { zh: translator(1, 0), en: translator(0, 1) };

function text(node) {
  const said = TO[language](node.data);
  if (said !== undefined) node.data = said;
}

function attributes(element) {
  for (const name of ATTRIBUTES) {
    const value = element.getAttribute(name);
    const said = value && TO[language](value);
    if (said) element.setAttribute(name, said);
  }
}

// A chart redraws itself in thousands of changes: what is drawn is ours, and needs no looking up.
const isOurs = (node) => node instanceof SVGElement || node.parentElement?.closest(OURS) || node.matches?.(OURS);

const sifted = (node) =>
  node.nodeType === Node.ELEMENT_NODE && node.matches(OURS) ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT;

function walk(root) {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT, sifted);
  for (let node = root; node; node = walker.nextNode()) {
    if (node.nodeType === Node.TEXT_NODE) text(node);
    else if (node.nodeType === Node.ELEMENT_NODE) attributes(node);
  }
}

// The frame says in each run whose language it speaks: its style sheet carries `lang`.
const frames = document.getElementsByClassName("gz-frame");

function follow() {
  const said = frames[0]?.lang;
  if (!said || said === language) return;
  language = said;
  document.documentElement.lang = LOCALES[language];
  window.dispatchEvent(new Event("languagechange"));
  walk(document.body);
}

function change({ type, target, addedNodes }) {
  if (type === "characterData") text(target);
  else if (type === "attributes") attributes(target);
  else for (const node of addedNodes) if (sifted(node) === NodeFilter.FILTER_ACCEPT) walk(node);
}

const observer = new MutationObserver((changes) => {
  follow();
  // In English there is nothing to do: what Streamlit adds is English already.
  if (language !== "en") {
    let last, ours;
    for (const one of changes) {
      if (one.target !== last) [last, ours] = [one.target, isOurs(one.target)];
      if (!ours) change(one);
    }
  }
  observer.takeRecords(); // Our own changes.
});
observer.observe(document.documentElement, {
  subtree: true, childList: true, characterData: true, attributes: true, attributeFilter: ATTRIBUTES,
});
