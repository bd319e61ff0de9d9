"""The entry of `python -m gzdash`."""

from __future__ import annotations

import sys

from gzdash.cli import main

if __name__ == "__main__":
    sys.exit(main())
