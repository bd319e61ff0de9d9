"""Pictures of every page, in both languages, themes and widths: `python -m tests.screenshots` writes them to a folder.

They are for eyes, not for comparing: whoever changes what is seen looks at them.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import NamedTuple, get_args

from playwright.sync_api import Browser, BrowserContext, sync_playwright

from gzdash.words import LANGUAGES
from gzdash.words.frame import PAGES
from tests.browser.conftest import LOCALES, ROOT, Theme, address, browser_flags, serving, settled
from tests.browser_setup import find_browser

FOLDER = ROOT / "build" / "screenshots"
# The first screen that must hold the overview, and a phone.
SIZES = {1440: 900, 390: 844}
THEMES: tuple[Theme, ...] = get_args(Theme)

# What pages look like that are not at their best: each state of a panel that a link leads to.
STATES = {
    "empty": "employment?period=2024-01..2024-03",
    "partial": "employment?period=2023-01..2023-09",
    "one": "employment?period=2023-06..2023-06&chain=GZ21-05",
    "narrowed": "overview?period=2023-01..2023-07&chain=GZ21-05",
    "place": "rural?period=2023-01..2023-07&region=441800",
    "organization": "organizations?period=2023-01..2023-07&type=52",
    "as_of": "overview?as_of=40",
    "kiosk": "overview?kiosk=1",
}


class Shot(NamedTuple):
    """One picture: its name, the address it is taken at, and how it is looked at."""

    name: str
    path: str
    language: str
    theme: Theme
    width: int

    @property
    def file(self) -> str:
        """Pictures of one manner of looking lie in one folder."""
        return f"{self.language}-{self.theme}-{self.width}/{self.name}.png"


def shots(names: list[str]) -> Iterator[Shot]:
    """Every page and state in every manner of looking, or those of `names`."""
    addresses = {name: f"/{name}" for name in PAGES} | {f"state-{name}": path for name, path in STATES.items()}
    for language, theme, width in product(LANGUAGES, THEMES, SIZES):
        for name, path in addresses.items():
            if not names or name in names:
                yield Shot(name, path, language, theme, width)


def context_of(browser: Browser, shot: Shot) -> BrowserContext:
    """A fresh reader who looks that way."""
    return browser.new_context(
        viewport={"width": shot.width, "height": SIZES[shot.width]},
        color_scheme=shot.theme,
        locale=LOCALES[shot.language],
        timezone_id="Asia/Shanghai",
    )


def take(browser: Browser, base: str, shot: Shot, folder: Path) -> None:
    """One picture of the whole page, as tall as it is."""
    context = context_of(browser, shot)
    page = context.new_page()
    page.goto(address(base, shot.path, shot.language))
    settled(page)
    tall = page.evaluate("document.querySelector('[data-testid=stMain]').scrollHeight")
    page.set_viewport_size({"width": shot.width, "height": max(SIZES[shot.width], int(tall))})
    settled(page)
    path = folder / shot.file
    path.parent.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=path)
    context.close()


def main() -> int:
    """Builds the demonstration city, serves it, and takes the pictures that were asked for."""
    parser = argparse.ArgumentParser(prog="python -m tests.screenshots", description=__doc__)
    parser.add_argument("names", nargs="*", help="pages or state-NAME; all of them without any")
    parser.add_argument("--lake", type=Path, help="a demonstration lake that is there already")
    parser.add_argument("--folder", type=Path, default=FOLDER)
    parser.add_argument("--language", choices=LANGUAGES)
    parser.add_argument("--theme", choices=THEMES)
    parser.add_argument("--width", type=int, choices=SIZES)
    options = parser.parse_args()
    asked = {"language": options.language, "theme": options.theme, "width": options.width}
    wanted = [
        shot
        for shot in shots(options.names)
        if all(value is None or getattr(shot, name) == value for name, value in asked.items())
    ]
    with tempfile.TemporaryDirectory() as folder:
        lake = options.lake or Path(folder) / "lake"
        if options.lake is None:
            subprocess.run([sys.executable, "-m", "gzdash", "--lake", str(lake), "demo"], cwd=ROOT, check=True)
        with serving(lake, Path(folder) / "server.log") as base, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=find_browser(), args=browser_flags())
            for shot in wanted:
                take(browser, base, shot, options.folder)
                print(options.folder / shot.file, flush=True)
            browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
