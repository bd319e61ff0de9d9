"""Lettering is how much room words take: the server sets margins before any browser has measured a letter."""

from __future__ import annotations

from functools import lru_cache
from html import escape

# Shares of the font size, taken on the wide side of the faces in the font stack, so that nothing is ever cut.
_SPACE, _THIN, _NARROW, _LOWER, _DIGIT, _UPPER, _WIDE, _FULL = 0.27, 0.29, 0.38, 0.55, 0.56, 0.66, 0.88, 1.0
_THIN_LETTERS = frozenset("iljI.,:;'|!·")
_NARROW_LETTERS = frozenset("tfr/()[]-")
_WIDE_LETTERS = frozenset("mwMW%@")
# Latin letters grow when bold; a Chinese character keeps its square.
_BOLD = 1.06

SIZE = 12
# Plotly sets the lines of a text 1.3 font sizes apart.
LINE = 15.6


# The same names and figures are set again at every click.
@lru_cache(maxsize=20_000)
def width(text: str, *, size: int = SIZE, bold: bool = False) -> float:
    """The room `text` takes on one line, in pixels, rather too much than too little."""
    return sum(_share(letter, bold) for letter in text) * size


def widest(texts: list[str], *, bold: bool = False) -> float:
    """The room of the longest of `texts`, each of which may have several lines; 0 for none."""
    return max((width(line, bold=bold) for text in texts for line in text.split("\n")), default=0.0)


def wrapped(text: str, room: float, *, bold: bool = False) -> list[str]:
    """The lines of `text` within `room` pixels: English breaks between words, Chinese anywhere; nothing is cut off."""
    lines = [""]
    for piece in _pieces(text):
        if lines[-1] and width((lines[-1] + piece).rstrip(), bold=bold) > room:
            lines.append("")
        lines[-1] += piece if lines[-1] else piece.lstrip()
    return [line.rstrip() for line in lines]


def marked_up(text: str, *, bold: bool = False) -> str:
    """`text` for Plotly, which reads tags: names from the data are shown as written, line ends become breaks."""
    safe = escape(text, quote=False).replace("\n", "<br>")
    return f"<b>{safe}</b>" if bold else safe


def is_han(letter: str) -> bool:
    """Whether a letter is a Chinese character (punctuation is not)."""
    return "\u4e00" <= letter <= "\u9fff" or "\u3400" <= letter <= "\u4dbf"


def _share(letter: str, bold: bool) -> float:
    if letter == "—" or ord(letter) > 0x2E7F:
        return _FULL
    return _latin(letter) * (_BOLD if bold else 1)


def _latin(letter: str) -> float:
    for letters, share in ((_THIN_LETTERS, _THIN), (_NARROW_LETTERS, _NARROW), (_WIDE_LETTERS, _WIDE)):
        if letter in letters:
            return share
    if letter in " \u00a0":
        return _SPACE
    if letter.isdigit():
        return _DIGIT
    return _UPPER if letter.isupper() else _LOWER


def _pieces(text: str) -> list[str]:
    """The parts between which a line may break; brackets and stops stay with what they belong to."""
    pieces: list[str] = []
    for letter in text:
        joins = pieces and not is_han(letter) and letter != " " and not is_han(pieces[-1][-1])
        closes = pieces and letter in "）、，。：；"
        opened = pieces and pieces[-1][-1] in "（“"
        if joins or closes or opened:
            pieces[-1] += letter
        else:
            pieces.append(letter)
    return pieces
