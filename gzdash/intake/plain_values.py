"""The texts of a column that are written the plain way, read all at once; `values` reads the others one by one."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from gzdash.intake.values import CODE_ALPHABET, CODE_WEIGHTS, PLAIN_CODE
from gzdash.tables import Column

# Without sign, separators, spaces or full-width digits, and with fewer digits than any bound.
_INTEGER = r"^[0-9]{1,15}$"
_MONEY = r"^[0-9]{1,12}(?:\.[0-9]{1,2})?$"
# Neither begins nor ends with anything that may be a space, nor begins as Excel's errors do.
_TEXT = r"^[\p{L}\p{N}(（《“]$|^[\p{L}\p{N}(（《“](?s:.*)[\p{L}\p{N}\p{P}]$"

_CODE = rf"^{PLAIN_CODE}$"
_WEIGHTS = np.array(CODE_WEIGHTS, np.int64)
_WORTH = np.zeros(256, np.int64)
_WORTH[np.frombuffer(CODE_ALPHABET.encode(), np.uint8)] = np.arange(len(CODE_ALPHABET))


def plain_values(column: Column, texts: pa.Array) -> pa.Array | None:
    """The value of each plain text, null where `values` has to look; None for a kind that is not read here.

    `texts` are strings without nulls. What is read here is what `values.reader` reads, and never a problem.
    """
    read = _READERS.get(column.kind)
    return read(column, texts) if read else None


def _text(column: Column, texts: pa.Array) -> pa.Array:
    return _where(pc.match_substring_regex(texts, _TEXT), texts)


def _number(pattern: str) -> Callable[[Column, pa.Array], pa.Array]:
    def read(column: Column, texts: pa.Array) -> pa.Array:
        values = _where(pc.match_substring_regex(texts, pattern), texts).cast(column.arrow)
        for bound, outside in ((column.least, pc.less), (column.most, pc.greater)):
            if bound is not None:
                values = _where(pc.invert(outside(values, pa.scalar(bound, column.arrow))), values)
        return values

    return read


def _organization(_: Column, texts: pa.Array) -> pa.Array:
    looks = pc.match_substring_regex(texts, _CODE)
    codes = texts.filter(looks)
    letters = np.frombuffer("".join(codes.to_pylist()).encode(), np.uint8).reshape(-1, len(_WEIGHTS))
    is_right = (_WORTH[letters] @ _WEIGHTS) % len(CODE_ALPHABET) == 0
    right = pc.replace_with_mask(looks, looks, pa.array(is_right, pa.bool_()))
    return _where(right, texts)


def _where(kept: pa.Array, values: pa.Array) -> pa.Array:
    return pc.if_else(kept, values, pa.scalar(None, values.type))


_READERS: dict[str, Callable[[Column, pa.Array], pa.Array]] = {
    "text": _text,
    "integer": _number(_INTEGER),
    "money": _number(_MONEY),
    "organization": _organization,
}
