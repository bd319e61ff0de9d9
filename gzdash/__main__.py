"""The entry of `python -m gzdash`."""

from __future__ import annotations

import gc
import sys

from gzdash.cli import main

# A command makes what it tells of and ends; looking for garbage in between took a tenth of a long one.
_GARBAGE = (100_000, 20, 20)

if __name__ == "__main__":
    gc.set_threshold(*_GARBAGE)
    sys.exit(main())
