// Runs in the page before anything of Streamlit's: `bench.click` clicks, waits until the page is calm, and tells when
// what happened, in milliseconds after the click.
(() => {
  const QUIET_MS = 400; // A click reaches the server and comes back as "running" well within this.
  const LIMIT_MS = 30000;
  const seen = { messages: [], changes: [], tasks: [] };

  window.WebSocket = class extends window.WebSocket {
    constructor(...given) {
      super(...given);
      this.addEventListener("message", ({ data }) =>
        seen.messages.push({ at: performance.now(), bytes: data.byteLength ?? data.size ?? data.length }));
    }
  };

  // A change counts when its frame has been drawn, not when the DOM was written.
  let drawing = false;
  const observer = new MutationObserver(() => {
    if (drawing) return;
    drawing = true;
    requestAnimationFrame(() => setTimeout(() => {
      drawing = false;
      seen.changes.push(performance.now());
    }));
  });
  const what = { subtree: true, childList: true, characterData: true, attributes: true };

  new PerformanceObserver((list) =>
    seen.tasks.push(...list.getEntries().map(({ startTime, duration }) => ({ at: startTime, ms: duration }))))
    .observe({ type: "longtask" });

  // Inline components live in shadow trees, where an observer of the document sees nothing.
  function trees(from = document) {
    const roots = [...from.querySelectorAll("*")].map((node) => node.shadowRoot).filter(Boolean);
    return [from, ...roots.flatMap((root) => trees(root))];
  }

  function find({ within, selector }) {
    const found = trees().map((tree) => tree.querySelector(selector)).filter(Boolean);
    return found.find((node) => !within || node.getRootNode().host?.closest(within));
  }

  // Walking every tree in every frame would itself be a good part of what is measured.
  function reader(shown) {
    let node = find(shown), root = node?.getRootNode();
    return () => {
      if (!node?.isConnected) node = root?.querySelector(shown.selector);
      if (!node?.isConnected) [node, root] = [find(shown), find(shown)?.getRootNode()];
      return node?.textContent;
    };
  }

  function calm() {
    const app = document.querySelector('[data-testid="stApp"]');
    return app?.dataset.testScriptState === "notRunning"
      && !document.querySelector('[data-stale="true"], [data-testid="stSkeleton"], [data-testid="stAppSkeleton"]');
  }

  async function click(target, shown) {
    const read = reader(shown), before = read();
    trees().forEach((tree) => observer.observe(tree === document ? document.body : tree, what));
    Object.values(seen).forEach((list) => list.splice(0));
    const start = performance.now();
    target.click();
    const changed = await settled(start, read, before);
    observer.disconnect();
    return {
      changed: changed - start,
      answered: Math.max(...seen.messages.map(({ at }) => at)) - start,
      painted: Math.max(changed, ...seen.changes) - start,
      browser_busy: seen.tasks.reduce((sum, { ms }) => sum + ms, 0),
      kilobytes: seen.messages.reduce((sum, { bytes }) => sum + bytes, 0) / 1024,
      messages: seen.messages.length,
    };
  }

  function settled(start, read, before) {
    return new Promise((resolve, reject) => {
      let changed = null;
      const look = () => {
        const now = performance.now();
        const text = changed === null ? read() : null;
        if (changed === null && text !== undefined && text !== before) changed = now;
        const last = Math.max(start, changed ?? 0, ...seen.changes, ...seen.messages.map(({ at }) => at));
        if (changed !== null && now - last > QUIET_MS && calm()) resolve(changed);
        else if (now - start > LIMIT_MS) reject(new Error(`not settled; the figure reads ${read()}, it read ${before}`));
        else requestAnimationFrame(look);
      };
      requestAnimationFrame(look);
    });
  }

  window.bench = { click };
})();
