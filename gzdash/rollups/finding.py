"""Finding the cube for a question: the smallest one of the snapshot that covers it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from gzdash.answer import Question
from gzdash.lake import Snapshot
from gzdash.metrics import SUBJECTS, metric
from gzdash.rollups.cube import Cube, cubes
from gzdash.rollups.folder import Manifest, StoredCube, stored
from gzdash.rollups.state import states


@dataclass(frozen=True, slots=True)
class Found:
    """A cube and where it is stored."""

    cube: Cube
    stored: StoredCube

    @property
    def table(self) -> str:
        """A name for it that no other content has, in any lake."""
        return f"{self.cube.subject.key}_{self.stored.digest}"


def cube_for(snapshot: Snapshot, questions: Sequence[Question]) -> Found | None:
    """The smallest cube that all the questions, over the same rows, can be answered from; None where there is none."""
    if not snapshot.is_committed:
        return None
    state = states(snapshot).get(metric(questions[0].metric).subject.key)
    found = stored(snapshot.root, state) if state else None
    if found is None:
        return None
    return next((one for one in _by_size(found) if all(one.cube.covers(question) for question in questions)), None)


@lru_cache(maxsize=64)
def _by_size(found: Manifest) -> tuple[Found, ...]:
    held = {one.name: one for one in found.cubes}
    known = [Found(cube, held[cube.name]) for cube in cubes(SUBJECTS[found.subject]) if cube.name in held]
    return tuple(sorted(known, key=lambda one: one.stored.rows))
