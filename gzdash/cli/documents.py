"""The command that writes the generated documents."""

from __future__ import annotations

from argparse import Namespace

from gzdash.catalogue import metrics_markdown, tables_markdown
from gzdash.cli.output import Output, listing
from gzdash.lake import PROJECT
from gzdash.words import Language, Text

DOCUMENTS = {"metrics.md": metrics_markdown, "tables.md": tables_markdown}

_FILE = Text("文件", "File")


def docs(options: Namespace, language: Language) -> Output:
    """Writes `docs/metrics.md` and `docs/tables.md` from the declarations."""
    paths = []
    for name, text in DOCUMENTS.items():
        path = PROJECT / "docs" / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text(), encoding="utf-8", newline="\n")
        paths.append(str(path))
    return Output(listing("docs", _FILE, (_FILE,), [(path,) for path in paths]), {"written": paths})
