// The keyboard's way into what floats above the page, and back: Streamlit puts popovers at the end of the document,
// where the Tab key does not lead from their button, and a closed dialog leaves the focus nowhere.
const BUTTON = '[data-testid="stPopoverButton"]';
const BODY = '[data-testid="stPopoverBody"]';
const DIALOG = '[data-testid="stDialog"]';
const STOPS = 'a[href], button, input, select, textarea, summary, canvas[tabindex], [tabindex="0"]';
const PATIENCE = 1000; // milliseconds that the content of a popover may take to appear

let byKeyboard = false; // whether the reader's last act was a key
let popover = null; // the popover that stands open
let opener = null; // its button
let place = null; // where the reader was on the page before a dialog took the focus
let inDialog = false;

export default function () {
  const listeners = { pointerdown: pointed, keydown: pressed, focusin: kept };
  for (const [kind, heard] of Object.entries(listeners)) window.addEventListener(kind, heard, true);
  const watched = new MutationObserver(changed);
  watched.observe(document.body, { childList: true, subtree: true });
  changed();
  return () => {
    for (const [kind, heard] of Object.entries(listeners)) window.removeEventListener(kind, heard, true);
    watched.disconnect();
  };
}

function changed() {
  const [open, shown] = [document.querySelector(BODY), document.querySelector(DIALOG)];
  const dialog = shown !== null;
  tell(shown);
  if (open && open !== popover && byKeyboard && active().matches(BUTTON)) enter(open, active());
  if (inDialog && !dialog) requestAnimationFrame(handBack);
  [popover, inDialog] = [open, dialog];
  rename();
}

// Which dialog stands open, for the stylesheet: were it to ask the document itself, with :has(), every change of the
// page would make the browser look at each rule again.
function tell(dialog) {
  if (!dialog) delete document.body.dataset.dialog;
  else document.body.dataset.dialog = dialog.querySelector(".gz-figure") ? "figure" : "other";
}

function pointed() {
  byKeyboard = false;
}

function pressed(event) {
  byKeyboard = true;
  if (event.key === "Tab") leave(event);
  if (event.key === "Escape" && popover && inDialog) closeDialog(event);
}

// A dialog that a row in a popover opened lies above it, so the Escape key is the dialog's, not the popover's.
function closeDialog(event) {
  event.preventDefault();
  event.stopPropagation();
  document.querySelector(`${DIALOG} [role="dialog"] > button`)?.click();
}

// The focus goes where the eyes go, as soon as there is something to stop at.
function enter(body, button, until = performance.now() + PATIENCE) {
  opener = button;
  const first = stops(body)[0];
  if (first) first.focus();
  else if (body.isConnected && performance.now() < until) requestAnimationFrame(() => enter(body, button, until));
}

// Out of a popover the Tab key goes on from its button, as if its content stood there.
function leave(event) {
  const body = event.target.closest?.(BODY);
  if (!body || !opener?.isConnected) return;
  const inside = stops(body);
  if (!holds(event.shiftKey ? inside[0] : inside.at(-1), active())) return;
  const around = stops(document.body).filter((node) => !body.contains(node));
  event.preventDefault();
  event.stopPropagation();
  opener.click();
  (event.shiftKey ? opener : around[around.indexOf(opener) + 1] ?? opener).focus();
}

// A toolbar and a table are one stop: inside them the arrow keys lead on.
function holds(stop, node) {
  const bar = node.closest('[role="toolbar"]');
  return stop?.contains(node) || (bar && bar.contains(stop));
}

function kept(event) {
  if (event.target.closest?.(DIALOG)) return;
  const node = event.composedPath()[0];
  place = { node, host: event.target, key: node.dataset?.key, above: event.target.closest?.(BODY) && opener };
}

// What was closed hands the focus back; cards are drawn anew by every run, so one is found again by its key.
function handBack() {
  if (!place || active() !== document.body) return;
  const { node, host, key, above } = place;
  const again = key && host.shadowRoot?.querySelector(`[data-key="${CSS.escape(key)}"]`);
  for (const one of [node, again, above && popover && stops(popover)[0], above]) {
    if (active() === document.body) one?.focus();
  }
}

// Names that Streamlit leaves out or spoils: an upload button whose words are drawn by the stylesheet, a popover
// named in the markup of its label.
function rename() {
  for (const button of document.querySelectorAll('[data-testid="stFileUploaderDropzone"] button')) {
    const words = getComputedStyle(button, "::after").content.replace(/^"|"$/g, "");
    if (words !== "none" && button.ariaLabel !== words) button.ariaLabel = words;
  }
  for (const body of document.querySelectorAll(BODY)) {
    if (/[*\\]/.test(body.ariaLabel)) body.ariaLabel = body.ariaLabel.replace(/[*\\]/g, "");
  }
}

function stops(root) {
  const all = [...root.querySelectorAll("*")].flatMap((node) => (node.shadowRoot ? stops(node.shadowRoot) : node));
  return all.filter((node) => node.matches(STOPS) && !node.disabled && node.tabIndex >= 0 && seen(node));
}

function seen(node) {
  return node.checkVisibility({ opacityProperty: true, visibilityProperty: true });
}

function active() {
  let node = document.activeElement;
  while (node?.shadowRoot?.activeElement) node = node.shadowRoot.activeElement;
  return node;
}
