"""Finds a Chromium and a Chinese font for the browser tests, and installs them where it may.

`python -m tests.browser_setup` prepares a machine: as root on a Debian-like system it installs what is missing;
elsewhere it says loudly that browser tests will be skipped, or fails when REQUIRE_BROWSER=1.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

BROWSER_VARIABLE = "GZDASH_CHROMIUM"  # The path of a Chromium, Chrome or Edge that is used before any other.
COMMANDS = (
    # Chromium without its own windows, which are pages too: a page of ours loads in five sixths of the time.
    "chromium-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "microsoft-edge",
    "microsoft-edge-stable",
    "msedge",
)
APPLICATIONS = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)
# Debian has the first; where there is no such package, the second will do.
BROWSERS = ("chromium-headless-shell", "chromium")
FONTS = ("fonts-noto-cjk", "fontconfig")


def browser_required() -> bool:
    """Whether a missing browser is a failure rather than a reason to skip."""
    return os.environ.get("REQUIRE_BROWSER") == "1"


def find_browser() -> str | None:
    """The path of a Chromium-like browser; None where there is none, or where the one asked for is not there."""
    if chosen := os.environ.get(BROWSER_VARIABLE):
        return shutil.which(chosen)
    candidates = [*(shutil.which(command) for command in COMMANDS), *filter(os.path.exists, APPLICATIONS)]
    return next((candidate for candidate in candidates if candidate), None)


def has_chinese_font() -> bool:
    """Whether a page can draw Chinese; macOS and Windows always can."""
    if not sys.platform.startswith("linux"):
        return True
    if not shutil.which("fc-list"):
        return False
    return bool(subprocess.run(["fc-list", ":lang=zh"], capture_output=True, text=True).stdout.strip())


def missing() -> list[str]:
    """What the browser tests lack here, in words."""
    wanted = {"a Chromium browser": bool(find_browser()), "a Chinese font": has_chinese_font()}
    return [thing for thing, found in wanted.items() if not found]


def may_install() -> bool:
    """Whether system packages can be installed here: root, on a Debian-like system, no browser named by hand."""
    return may_install_packages() and not os.environ.get(BROWSER_VARIABLE)


def may_install_packages() -> bool:
    """Whether this is root on a Debian-like system."""
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    return root and shutil.which("apt-get") is not None


def install(*packages: str) -> None:
    """Installs system packages; what failed is printed by apt-get itself."""
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for action in (["update"], ["install", "-y", "--no-install-recommends", *packages]):
        command = ["apt-get", "-qq", "-o", "Acquire::Retries=3", *action]
        if subprocess.run(command, env=environment, stdout=subprocess.DEVNULL).returncode:
            return


def announce(lacking: list[str]) -> None:
    """Says in a frame what is lacking, what follows from it, and what to do."""
    skipped = find_browser() is None
    lines = [
        f"MISSING FOR THE BROWSER TESTS: {' and '.join(lacking)}.",
        "They will be SKIPPED; everything else runs." if skipped else "They run, but Chinese text will show as boxes.",
        f"Install {BROWSERS[-1]} and {FONTS[0]}, or name a browser: {BROWSER_VARIABLE}=PATH",
    ]
    if browser_required():
        lines[1] = "REQUIRE_BROWSER=1 forbids going on without."
    framed(lines)


def framed(lines: list[str]) -> None:
    """Prints lines in a frame that nobody overlooks."""
    width = max(map(len, lines))
    print("\n".join(["*" * (width + 4), *(f"* {line:<{width}} *" for line in lines), "*" * (width + 4)]), flush=True)


def main() -> int:
    """Prepares the machine; 1 when something required is missing still."""
    for package in BROWSERS:
        if missing() and may_install():
            print(f"Installing {' '.join((package, *FONTS))} for the browser tests", flush=True)
            install(package, *FONTS)
    lacking = missing()
    if lacking:
        announce(lacking)
    return 1 if lacking and browser_required() else 0


if __name__ == "__main__":
    sys.exit(main())
