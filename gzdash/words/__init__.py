"""A `Text` is one sentence a reader sees, in Chinese and in English, side by side."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

Language = Literal["zh", "en"]
LANGUAGES: tuple[Language, ...] = get_args(Language)
DEFAULT_LANGUAGE: Language = "zh"
# Control characters, and those that turn the direction of writing.
_TURNING = (0x061C, 0x200E, 0x200F, *range(0x2028, 0x202F), *range(0x2066, 0x206A))
_OBEYED = dict.fromkeys((*range(0x20), *range(0x7F, 0xA0), *_TURNING), "\ufffd")


@dataclass(frozen=True, slots=True)
class Text:
    """One sentence in both languages; both are required, so a translation cannot be forgotten."""

    zh: str
    en: str

    def __post_init__(self) -> None:
        if not self.zh or not self.en:
            raise ValueError(f"a Text needs both languages: {self.zh!r} / {self.en!r}")

    def of(self, language: Language) -> str:
        """The sentence in `language`."""
        return self.zh if language == "zh" else self.en

    def fill(self, **values: object) -> Text:
        """The sentence with its `{name}` places filled; a value that is a Text fills each language with its own."""
        return Text(
            self.zh.format(**{name: _in(value, "zh") for name, value in values.items()}),
            self.en.format(**{name: _in(value, "en") for name, value in values.items()}),
        )


def harmless(text: str) -> str:
    """Text on one line, without what a console would obey: the name of a file, or a cell of it, may hold anything."""
    return text.translate(_OBEYED)


def same(word: str) -> Text:
    """A Text that reads the same in both languages: a code, a file name, a number already written."""
    return Text(word or "—", word or "—")


def _in(value: object, language: Language) -> object:
    return value.of(language) if isinstance(value, Text) else value
