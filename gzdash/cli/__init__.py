"""The command line: everything the pages can do, for scripts and schedulers."""

from __future__ import annotations

from gzdash.cli.main import main

__all__ = ["main"]
