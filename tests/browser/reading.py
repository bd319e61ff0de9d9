"""Reading all that a page says, in its shadow roots and attributes too, and telling which of it is another language."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from playwright.sync_api import Page

# A text node or an attribute that a reader sees or hears, and what stands around it. What is not rendered says
# nothing, except the twin of a canvas, which is there to be heard. Places that are named are left out.
_READ = """places => {
    const heard = ["aria-label", "aria-valuetext", "aria-description", "aria-roledescription"];
    const names = [...heard, "title", "placeholder", "alt"];
    const found = [];
    const named = /st-key-\\S+|gz-\\S+|\\bst[A-Z]\\w+/;
    const step = node => node.dataset?.testid ?? node.getAttribute("class")?.match(named)?.[0];
    const way = node => {
        const steps = [];
        for (let one = node; one; one = one.parentElement ?? one.getRootNode().host) steps.unshift(step(one));
        return steps.filter(Boolean).slice(-4).join(" ");
    };
    const read = root => {
        for (const node of root.querySelectorAll("*")) {
            if (node.shadowRoot) read(node.shadowRoot);
            const shown = node.checkVisibility({ visibilityProperty: true }) || node.closest("canvas");
            if (!shown || node.matches("script, style") || (places && node.closest(places))) continue;
            const own = [...node.childNodes].filter(one => one.nodeType === Node.TEXT_NODE).map(one => one.data);
            for (const said of [...own, ...names.map(name => node.getAttribute(name) ?? "")])
                if (said.trim()) found.push([said.trim(), way(node)]);
        }
    };
    read(document.body);
    found.push([document.title, "title"]);
    return found;
}"""

HAN = re.compile(r"[\u3400-\u9fff]")
# A word of four letters or more, or two words in a row; what is part of a code has digits or signs about it.
LATIN = re.compile(r"(?<![\w-])(?:[A-Za-z]{4,}|[A-Za-z]+(?:[ \u00a0][A-Za-z]+)+)(?![\w-])", re.ASCII)


@dataclass(frozen=True)
class Allowed:
    """What may be said in the other language: patterns, by a name that says why; and places, as selectors."""

    patterns: Mapping[str, str]
    places: Mapping[str, str]

    def rest(self, said: str) -> str:
        """What is left of a text without what is allowed."""
        for pattern in self.patterns.values():
            said = re.sub(pattern, " · ", said, flags=re.ASCII)
        return said


def foreign(page: Page, wrong: re.Pattern[str], allowed: Allowed) -> Iterator[str]:
    """Each text of the page that is in the wrong language: what of it, what stands around that, and its place."""
    places = ", ".join(allowed.places.values())
    for said, way in dict.fromkeys(map(tuple, page.evaluate(_READ, places))):
        rest = allowed.rest(said)
        if found := wrong.search(rest):
            yield f"{found[0]!r} of {rest[max(0, found.start() - 30) : found.end() + 50]!r} in {way}"


def named(words: Iterable[str]) -> str:
    """A pattern of these words, the longest first; of no words, one that nothing matches."""
    return "|".join(map(re.escape, sorted(set(words) - {""}, key=len, reverse=True))) or "(?!)"
