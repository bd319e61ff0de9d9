"""The commit of a checked file: what it changes, who and why, and what became of it, in a process of its own."""

from __future__ import annotations

import hashlib
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

import streamlit as st

from gzdash.answer import Listing
from gzdash.intake import Mapping
from gzdash.intake.attempts import landed
from gzdash.intake.preview import Preview
from gzdash.lake import PROJECT, Lake
from gzdash.screen import source
from gzdash.screen.becomes import becomes_list
from gzdash.screen.page import listing
from gzdash.screen.view import View
from gzdash.tables import Table
from gzdash.words import Text, same
from gzdash.words import imports as words

_FINISHED = "upload_finished"
_COMMITS = "upload_commits"
_AGAIN = "upload_again_count"
_PREVIEWED = "upload_previewed"
# A commit of a large file takes a while; after this long something is wrong with the machine.
_COMMIT_SECONDS = 600


@dataclass(frozen=True)
class Finished:
    """What became of a commit: whether the rows are in, the sentence for it, and what the command said."""

    is_in: bool
    said: Text | None
    printed: str = ""


def commits() -> int:
    """How many files this reader has committed: what was committed is not offered again."""
    return int(st.session_state.get(_COMMITS, 0))


def uploads() -> int:
    """How many files this reader has done with: each makes room for the next one."""
    return commits() + int(st.session_state.get(_AGAIN, 0))


def upload_again() -> None:
    """Take the file away, so that the corrected one can be chosen."""
    st.session_state[_AGAIN] = int(st.session_state.get(_AGAIN, 0)) + 1


def draw_finished(view: View) -> bool:
    """What became of the last commit, said once; returns whether there was one."""
    finished: Finished | None = st.session_state.pop(_FINISHED, None)
    if finished is None:
        return False
    if finished.said:
        kind, role = ("gz-passed", "status") if finished.is_in else ("gz-fault", "alert")
        st.html(f'<div class="{kind}" role="{role}"><h2>{view.say(finished.said)}</h2></div>')
    if finished.printed:
        st.code(finished.printed, language=None)
    return finished.is_in


def draw_commit(view: View, table: Table, seen: Preview, name: str, data: bytes, mapping: Mapping | None) -> None:
    """What would change, then who and why, then the commit."""
    listing(view, preview_list(view, seen), _preview_drawn(seen))
    # Pressing draws the page anew: what the reader looked at is the preview of the run before.
    looked_at = st.session_state.get(_PREVIEWED, seen.event)
    st.session_state[_PREVIEWED] = seen.event
    with st.container(key="commit_sign", horizontal=True, vertical_alignment="bottom"):
        who = st.text_input(view.say(words.WHO), key="upload_who", placeholder=view.say(words.WHO_HINT))
        why = st.text_input(view.say(words.WHY), key="upload_why", placeholder=view.say(words.WHY_HINT))
        pressed = st.button(view.say(words.COMMIT.fill(rows=f"{seen.add:,}")), key="upload_commit")
    if pressed and not (who.strip() and why.strip()):
        st.html(f'<div class="gz-notice" role="alert">{view.say(words.SAY_WHO)}</div>')
    elif pressed:
        options = [f"--who={who.strip()}", f"--why={why.strip()}", "--lang", view.language]
        options += [f"--submitted-before={st.session_state['upload_replace']}", f"--previewed={looked_at}"]
        finished = _commit(table, name, data, mapping, options)
        st.session_state[_FINISHED] = finished
        st.session_state[_COMMITS] = commits() + finished.is_in
        st.rerun()


def preview_list(view: View, seen: Preview) -> Listing:
    """Each figure of the table before and after."""
    headers = (words.METRIC, words.BEFORE, words.AFTER, words.CHANGE)
    return becomes_list(view, "import_preview", words.PREVIEW, headers, seen.figures)


def _preview_drawn(seen: Preview) -> Text:
    counts = {"add": f"{seen.add:,}", "replaced": f"{seen.replaced:,}", "left": f"{seen.left:,}"}
    return words.PREVIEW_DRAWN.fill(period=seen.period.label, **counts)


def _commit(table: Table, name: str, data: bytes, mapping: Mapping | None, options: list[str]) -> Finished:
    """Run the command line's own import: a rerun of the page cannot cut a process of its own short."""
    lake = source.lake()
    newest = max((one.id for one in lake.imports()), default=0)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / Path(name).name
        file.write_bytes(data)
        command = [sys.executable, "-m", "gzdash", "--lake", str(lake.root), "import", str(file)]
        command += ["--table", table.key, *options, *_mapping_option(mapping, Path(folder))]
        try:
            done = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, timeout=_COMMIT_SECONDS)
        except subprocess.TimeoutExpired:
            return cut_short(lake, newest, data, table.key)
    if done.returncode < 0:
        return cut_short(lake, newest, data, table.key)
    is_in = done.returncode == 0
    return Finished(is_in, words.COMMITTED if is_in else None, (done.stdout if is_in else done.stderr).strip())


def _mapping_option(mapping: Mapping | None, folder: Path) -> list[str]:
    if mapping is None:
        return []
    # No upload can have this name: it has no extension that is taken.
    file = folder / "mapping.json"
    file.write_text(mapping.to_json(), encoding="utf-8")
    return ["--mapping", str(file)]


def cut_short(lake: Lake, newest: int, data: bytes, table: str) -> Finished:
    """What a commit that was ended from outside left behind: the ledger says whether the file is in."""
    found = landed(lake.imports(), newest, hashlib.sha256(data).hexdigest(), table)
    if found is None:
        return Finished(False, words.NOT_LANDED)
    return Finished(True, words.LANDED.fill(id=same(str(found.id))))
