"""The overview's own questions at several sizes: warm, cold, beside cubes made for them alone, and by hand."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from statistics import median
from time import perf_counter

import duckdb
import pyarrow.parquet as pq

from bench import by_hand
from bench.found import Found, Line
from bench.servers import ROOT, command
from gzdash.answer import Answer, Question
from gzdash.ask import Desk, answering, default_selection, statement
from gzdash.ask import desk as asking
from gzdash.ask.cache import Answers
from gzdash.engines.duckdb import DuckDBEngine
from gzdash.faults import Refused
from gzdash.lake import Lake
from gzdash.metrics import metric
from gzdash.screen.warming import draw_unseen
from gzdash.selection import Selection

# How many times the demonstration's facts are repeated, for about so many rows in all.
SCALES = {100_000: 1, 1_000_000: 23, 10_000_000: 240, 100_000_000: 2_400}
SMALL, MIDDLE = 100_000, 1_000_000
LAKES = Path(tempfile.gettempdir()) / "gzdash-bench"
ROUNDS = 5
# A cold page of the largest lakes takes seconds, and pandas far more.
HAND_ROUNDS = 2
# pandas holds all rows of a table in memory, which a usual machine cannot beyond this.
PANDAS_ROWS = 20_000_000

WARM_GOAL_MS = 2.0
CUBE_GOAL = 1.2
SIZE_GOAL = 1.5


@dataclass(frozen=True, slots=True)
class Sized:
    """What was found at one size, in seconds: medians of the rounds; `by_hand` and `four` are the four questions."""

    rows: int
    questions: int
    statements: int
    has_rollups: bool
    warm: float
    cold: float
    cubes: float
    cube_ratio: float
    four: float
    by_hand: dict[str, float]
    hand_ratios: dict[str, float]


def measure(sizes: Sequence[int], rounds: int = ROUNDS, lake: Path | None = None) -> Found:
    """Every size in turn; `lake` stands for the smallest. Raises ValueError when an answer by hand is another."""
    found = Found("questions")
    measured = []
    for size in sizes:
        root = lake if lake and size == min(sizes) else lake_of(size)
        measured.append(_sized(root, rounds))
        print(f"questions: {measured[-1].rows:,} rows measured", file=sys.stderr, flush=True)
        found.lines += _lines(size, measured[-1])
    by_size = dict(zip(sizes, measured, strict=True))
    if MIDDLE in by_size:
        found.lines += [
            Line(
                f"cold page at {_short(size)} rows",
                f"at {_short(MIDDLE)} rows",
                one.cold / by_size[MIDDLE].cold,
                SIZE_GOAL,
            )
            for size, one in by_size.items()
            if size > MIDDLE
        ]
    found.detail = [asdict(one) for one in measured]
    return found


def lake_of(size: int) -> Path:
    """The lake of about so many rows, built once and kept for the next run; rollups are made where there are any."""
    root = LAKES / f"scale-{SCALES[size]}" / "lake"
    if not _is_sound(root):
        # Half built, or of an older format: nobody's but the bench's, which can make it again.
        shutil.rmtree(root.parent, ignore_errors=True)
        print(f"questions: building a lake of {size:,} rows in {root}", file=sys.stderr, flush=True)
        subprocess.run(command(root, "demo", "--scale", str(SCALES[size])), cwd=ROOT, check=True, stdout=sys.stderr)
    if (
        "rollups"
        in subprocess.run(command(root, "--help"), cwd=ROOT, check=True, capture_output=True, text=True).stdout
    ):
        subprocess.run(command(root, "rollups"), cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    return root


def _is_sound(root: Path) -> bool:
    try:
        return Lake(root).exists and bool(Lake(root).snapshot().files)
    except Refused:
        return False


def recorded(desk: Desk, root: Path) -> tuple[Question, ...]:
    """What the overview asks when it is opened: the page itself is run, and listened to."""
    asked: dict[Question, None] = {}

    class Listening(Desk):
        def ask_all(self, questions: Sequence[Question]) -> tuple[Answer, ...]:
            asked.update(dict.fromkeys(questions))
            return super().ask_all(questions)

    with _served(root):
        draw_unseen(Listening(desk.snapshot, desk.engine))
    return tuple(asked)


@contextmanager
def _served(root: Path) -> Iterator[None]:
    """The lake that the page's other verbs look into."""
    before = os.environ.get("GZDASH_LAKE")
    os.environ["GZDASH_LAKE"] = str(root)
    try:
        yield
    finally:
        del os.environ["GZDASH_LAKE"]
        if before is not None:
            os.environ["GZDASH_LAKE"] = before


def _sized(root: Path, rounds: int) -> Sized:
    desk = Desk(Lake(root).snapshot(), DuckDBEngine(root))
    selection = default_selection(desk.snapshot)
    questions = recorded(desk, root)
    with tempfile.TemporaryDirectory(prefix="gzdash-cubes-") as folder:
        cubes = Cubes(desk, questions, Path(folder))
        cold, beside = _alternating(rounds, lambda: _cold(desk, questions), cubes.ask)
    warm = [_seconds(lambda: desk.ask_all(questions)) for _ in range(rounds + 1)][1:]
    four, hand, ratios = _by_hand(desk, selection, min(rounds, HAND_ROUNDS))
    return Sized(
        rows=sum(file.rows for file in desk.snapshot.files),
        questions=len(questions),
        statements=len(cubes),
        has_rollups=any(path.name.startswith("rollups") for path in (root, *root.iterdir(), *root.parent.iterdir())),
        warm=median(warm),
        cold=median(cold),
        cubes=median(beside),
        cube_ratio=median(one / other for one, other in zip(cold, beside, strict=True)),
        four=four,
        by_hand=hand,
        hand_ratios=ratios,
    )


def _cold(desk: Desk, questions: Sequence[Question]) -> object:
    asking._CACHE = Answers()
    return desk.ask_all(questions)


class Cubes:
    """The least that asking can cost: for each pass over the same rows a cube with just what it needs, by month where
    months add up, kept in a Parquet file and asked in SQL written for it."""

    def __init__(self, desk: Desk, questions: Sequence[Question], folder: Path) -> None:
        self._connection = duckdb.connect()
        self._statements = [
            self._cube(desk, together, folder / f"{place}.parquet")
            for place, together in enumerate(answering._same_rows(map(asking._as_read, dict.fromkeys(questions))))
        ]

    def __len__(self) -> int:
        return len(self._statements)

    def ask(self) -> object:
        """The same passes over the cubes."""
        return [self._connection.execute(sql, months).to_arrow_table() for sql, months in self._statements]

    def _cube(self, desk: Desk, together: Sequence[Question], path: Path) -> tuple[str, list[str]]:
        first = together[0]
        by_month = all(
            metric(one.metric).adds_up("month") and not metric(one.metric).subject.is_stock for one in together
        )
        extra = ("month",) if by_month and "month" not in first.split and metric(first.metric).subject.month else ()
        widened = [Question(one.metric, one.selection, (*first.split, *extra), one.scope) for one in together]
        sql, parameters = statement(widened)
        rows = desk.engine.run(sql, parameters, desk.snapshot)
        pq.write_table(rows, path)
        keys = [f'"{name}"' for name in first.split]
        sums = [f"sum({name}) AS {name}" for name in rows.column_names if name[0] in "nd" and name[1:].isdigit()]
        group = " GROUP BY ALL" if keys else ""
        period = first.selection.period
        has_months = bool(extra) or "month" in first.split
        where = " WHERE month BETWEEN ? AND ?" if has_months else ""
        months = [period.first, period.last] if has_months else []
        return f"SELECT {', '.join([*keys, *sums])} FROM read_parquet('{path.as_posix()}'){where}{group}", months


def _by_hand(desk: Desk, selection: Selection, rounds: int) -> tuple[float, dict[str, float], dict[str, float]]:
    """Seconds of the four questions, ours and by hand, and how many times ours a way by hand takes."""
    files, connection = by_hand.files_of(desk.snapshot, selection), duckdb.connect()
    expected = by_hand.ours(desk, selection)
    too_large = {"pandas"} if sum(file.rows for file in desk.snapshot.files) > PANDAS_ROWS else set[str]()
    possible = {name: way for name, way in by_hand.WAYS.items() if name not in too_large}
    for name, way in possible.items():
        if way(connection, files) != expected:
            raise ValueError(f"{name} answers something else")
    ways: dict[str, Callable[[], object]] = {
        name: partial(way, connection, files) for name, way in possible.items()
    } | {"raw scan": lambda: by_hand.raw_scan(connection, files)}

    def four() -> object:
        asking._CACHE = Answers()
        return by_hand.ours(desk, selection)

    taken = {name: _alternating(rounds, four, way) for name, way in ways.items()}
    ratios = {name: median(one / other for one, other in zip(*pair, strict=True)) for name, pair in taken.items()}
    return (
        median(one for pair in taken.values() for one in pair[0]),
        {name: median(pair[1]) for name, pair in taken.items()},
        ratios,
    )


def _alternating(
    rounds: int, one: Callable[[], object], other: Callable[[], object]
) -> tuple[list[float], list[float]]:
    """Seconds of both, one after the other in each round; the first round opens files and is not counted."""
    pairs = [(_seconds(one), _seconds(other)) for _ in range(rounds + 1)][1:]
    return [pair[0] for pair in pairs], [pair[1] for pair in pairs]


def _seconds(work: Callable[[], object]) -> float:
    begun = perf_counter()
    work()
    return perf_counter() - begun


def _lines(size: int, one: Sized) -> list[Line]:
    at = f"at {_short(size)} rows"
    kind = "with rollups" if one.has_rollups else "without rollups"
    asked = f"{one.questions} questions, {at}"
    lines = [
        Line(f"{asked}, warm", "", one.warm * 1000, WARM_GOAL_MS if size <= MIDDLE else None, "ms"),
        Line(
            f"{asked}, cold, {kind}",
            "SQL over cubes made for them",
            one.cube_ratio,
            CUBE_GOAL if size == MIDDLE else None,
        ),
    ]
    hand = one.hand_ratios.items()
    return lines + [Line(f"four questions cold, {at}", f"{name}, by hand", ratio) for name, ratio in hand]


def _short(size: int) -> str:
    return f"10^{len(str(size)) - 1}"
