"""Pages take turns: a few are drawn at once, and the others begin in the order in which their readers clicked."""

from __future__ import annotations

from gzdash.engines.queueing import Queue

# One interpreter draws one page at a time however many cores there are; with two, one is drawn while the other waits
# for DuckDB. More of them drawn at once hand each other the interpreter's lock, which costs up to half of all work,
# and all of them are ready at the end.
_AT_ONCE = 2
# What takes longer than any page should, such as an import or a question to a large lake, holds up nobody.
_LASTING_SECONDS = 1.0

TURNS = Queue(_AT_ONCE, lasting=_LASTING_SECONDS)
