export default function ({ parentElement, data }) {
  const button = parentElement.querySelector("button");
  button.textContent = data.label;
  button.classList.toggle("framed", Boolean(data.framed));
  button.onclick = async () => {
    const text = data.text ?? `${location.origin}${location.pathname}?${data.query}`;
    if (!(await copied(text))) {
      // Outside a secure context there is no clipboard: the reader copies by hand what is shown selected.
      window.prompt(data.label, text);
      return;
    }
    button.textContent = data.done;
    setTimeout(() => { button.textContent = data.label; }, 1500);
  };
}

async function copied(text) {
  if (!navigator.clipboard) return false;
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
