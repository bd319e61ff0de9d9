"""Streamlit's own files reach a browser compressed, once, and are told to be kept for good."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.testclient import TestClient

from gzdash.screen import static
from gzdash.screen.server import HEADERS, Doors
from gzdash.screen.static import FOLDER, Static

PLOTLY = next(path for path in (FOLDER / "js").iterdir() if path.name.startswith("PlotlyChart."))
YEAR = "public, max-age=31536000, immutable"


@pytest.fixture
def client() -> TestClient:
    """The files as the server answers for them; whatever it passes on is not found."""
    return TestClient(Starlette(middleware=[Middleware(Doors), Middleware(Static)]))


def test_a_file_is_compressed_once_and_kept_by_the_browser(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    static._compressed.cache_clear()
    read, compress = list[int](), gzip.compress

    def counted(data: bytes, *given: int, **more: int) -> bytes:
        read.append(len(data))
        return compress(data, *given, **more)

    monkeypatch.setattr(gzip, "compress", counted)
    for _ in range(2):
        answer = client.get(f"/static/js/{PLOTLY.name}", headers={"Accept-Encoding": "gzip, br"})
        assert answer.status_code == 200
        assert answer.content == PLOTLY.read_bytes()
        assert int(answer.headers["content-length"]) < 1_600_000
        assert (answer.headers["content-encoding"], answer.headers["cache-control"]) == ("gzip", YEAR)
        assert answer.headers["content-type"].startswith("text/javascript")
        assert answer.headers["content-security-policy"] == HEADERS["Content-Security-Policy"]
    assert read == [PLOTLY.stat().st_size]


def test_a_file_that_has_not_changed_is_not_sent_again(client: TestClient) -> None:
    headers = {"Accept-Encoding": "gzip", "If-None-Match": f'"{PLOTLY.name}"'}
    answer = client.get(f"/static/js/{PLOTLY.name}", headers=headers)
    assert (answer.status_code, answer.content, answer.headers["cache-control"]) == (304, b"", YEAR)


@pytest.mark.parametrize(
    ("path", "headers"),
    [
        (f"/static/js/{PLOTLY.name}", {"Accept-Encoding": "identity"}),
        (f"/static/js/{PLOTLY.name}", {"Accept-Encoding": "gzip", "Range": "bytes=0-9"}),
        ("/static/js/none.00000000.js", {"Accept-Encoding": "gzip"}),
        ("/static/js/../index.html", {"Accept-Encoding": "gzip"}),
        ("/static/js/%2e%2e%2findex.DormvYxC.js", {"Accept-Encoding": "gzip"}),
        ("/static/media/SourceSansVF-Upright.ttf.BsWL4Kly.woff2", {"Accept-Encoding": "gzip"}),
        ("/", {"Accept-Encoding": "gzip"}),
    ],
)
def test_everything_else_is_left_to_streamlit(path: str, headers: dict[str, str], client: TestClient) -> None:
    assert client.get(path, headers=headers).status_code == 404


def test_what_the_first_page_needs_is_compressed_before_anybody_asks(monkeypatch: pytest.MonkeyPatch) -> None:
    seen = set[str]()
    monkeypatch.setattr(static, "_compressed", lambda path: seen.add(path.name) or path.read_bytes())
    static.prepare()
    assert PLOTLY.name in seen
    assert len(seen) > 50


def test_all_of_its_programs_and_styles_are_known_by_their_hash() -> None:
    files = [path for kind in ("js", "css") for path in (FOLDER / kind).iterdir()]
    known = [path for path in files if static._HASHED.fullmatch(f"/static/{Path(path.parent.name) / path.name}")]
    assert len(known) == len(files)
