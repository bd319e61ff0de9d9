"""What the server adds around Streamlit: who may reach it, what it refuses, and downloads that stream."""

from __future__ import annotations

import asyncio
import hashlib
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from gzdash.lake import Lake, Provenance
from gzdash.screen.requests import streamed_csv
from gzdash.screen.server import HEADERS, ROUTES
from gzdash.screen.starting import is_loopback, refuse_open_address
from gzdash.tables import TABLES

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture
def client(lake_dir: Path, monkeypatch: pytest.MonkeyPatch) -> TestClient:
    """Our routes over the demonstration lake, without Streamlit."""
    monkeypatch.setenv("GZDASH_LAKE", str(lake_dir))
    return TestClient(Starlette(routes=ROUTES), follow_redirects=False)


@pytest.mark.parametrize(
    ("address", "alone"),
    [
        ("127.0.0.1", True),
        ("localhost", True),
        ("::1", True),
        ("127.8.8.8", True),
        ("0.0.0.0", False),
        ("::", False),
        ("10.0.0.7", False),
        ("", False),
        ("dashboard.example", False),
    ],
)
def test_only_loopback_is_served_unless_a_proxy_signs_people_in(
    address: str, alone: bool, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert is_loopback(address) == alone
    if alone:
        refuse_open_address(address)
        return
    with pytest.raises(SystemExit) as end:
        refuse_open_address(address)
    assert end.value.code == 2
    assert "GZDASH_BEHIND_PROXY=1" in capsys.readouterr().err
    monkeypatch.setenv("GZDASH_BEHIND_PROXY", "1")
    refuse_open_address(address)


@pytest.mark.slow
def test_an_open_address_ends_the_server_with_a_message_and_no_traceback(lake_dir: Path) -> None:
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.address", "0.0.0.0", "--server.port", "0"]
    ended = subprocess.run(
        command, cwd=ROOT, env={**os.environ, "GZDASH_LAKE": str(lake_dir)}, capture_output=True, text=True, timeout=60
    )
    assert ended.returncode == 2
    assert "[address-open] server.address: 拒绝在 0.0.0.0 上提供服务" in ended.stderr
    assert "Traceback" not in ended.stderr


def test_the_policy_allows_this_server_only() -> None:
    assert "default-src 'self'" in HEADERS["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in HEADERS["Content-Security-Policy"]


@pytest.mark.slow
@pytest.mark.parametrize("table", TABLES)
def test_every_table_can_be_downloaded_and_is_marked(table: str, client: TestClient) -> None:
    answer = client.get(f"/download/{table}.csv?period=2023-06..2023-06")
    assert answer.status_code == 200
    assert answer.content.startswith(b"\xef\xbb\xbf")
    header = answer.content.decode("utf-8-sig").splitlines()[0]
    assert header.endswith("数据性质（演示数据）")
    assert "attachment" in answer.headers["content-disposition"]


@pytest.mark.slow
def test_a_download_speaks_the_readers_language(client: TestClient) -> None:
    header = client.get("/download/jobs.csv?lang=en&period=2023-06").content.decode("utf-8-sig").splitlines()[0]
    assert header.startswith("Month,Unified social credit code,Source of posts")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("path", "status"),
    [("/download/nothing.csv", 404), ("/download/jobs.csv?lang=fr", 404), ("/download/jobs.csv?chain=GZ21-99", 409)],
)
def test_what_cannot_be_downloaded_is_refused(path: str, status: int, client: TestClient) -> None:
    assert client.get(path).status_code == status


@pytest.mark.slow
def test_an_unknown_code_in_a_download_is_named(client: TestClient) -> None:
    assert "GZ21-99" in client.get("/download/jobs.csv?chain=GZ21-99").text


@pytest.fixture
def keeping(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> TestClient:
    """Our routes over a lake of imports: a file that was kept, one sent as .xls, none, and a path that leads out."""
    lake = Lake.init(tmp_path / "lake", "real")
    lake.uploads.mkdir()
    (lake.uploads / "1f-七月.csv").write_bytes(b"\xef\xbb\xbf" + b"a,b\r\n" * 400_000)
    (lake.uploads / "2f-x.xlsx").write_bytes(b"PK")
    (tmp_path / "secret.csv").write_text("not for you")
    for sent, kept in (
        ('七月 "月报"\'.csv', "1f-七月.csv"),
        ("旧.xls", "2f-x.xlsx"),
        ("无.csv", ""),
        ("外.csv", "../secret.csv"),
    ):
        lake.commit({}, Provenance("张三", "测试", sent, "", kept))
    monkeypatch.setenv("GZDASH_LAKE", str(lake.root))
    return TestClient(Starlette(routes=ROUTES), follow_redirects=False)


def test_a_kept_file_comes_back_as_it_was_kept_under_the_name_it_was_sent_by(keeping: TestClient) -> None:
    answer = keeping.get("/kept/1")
    assert answer.status_code == 200
    assert answer.content == b"\xef\xbb\xbf" + b"a,b\r\n" * 400_000
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["x-content-type-options"] == "nosniff"
    named = "attachment; filename*=UTF-8''%E4%B8%83%E6%9C%88%20%22%E6%9C%88%E6%8A%A5%22%27.csv"
    assert answer.headers["content-disposition"] == named


def test_a_file_kept_as_another_kind_is_called_by_what_it_is(keeping: TestClient) -> None:
    assert keeping.get("/kept/2").headers["content-disposition"] == "attachment; filename*=UTF-8''%E6%97%A7.xlsx"


@pytest.mark.parametrize("path", ["/kept/3", "/kept/4", "/kept/5", "/kept/0", "/kept/99999999999999999999"])
@pytest.mark.parametrize(("language", "said"), [("zh", "没有保存的文件"), ("en", "has no kept file")])
def test_only_what_the_ledger_names_and_lies_in_the_uploads_is_given_out(
    path: str, language: str, said: str, keeping: TestClient
) -> None:
    answer = keeping.get(f"{path}?lang={language}")
    assert answer.status_code == 404
    (line,) = answer.json()["errors"]
    assert line.startswith("[kept-file-missing] ")
    assert said in line


@pytest.mark.parametrize(
    "path", ["/kept/", "/kept/1f-七月.csv", "/kept/..%2Fsecret.csv", "/kept/-1", "/kept/1?lang=fr"]
)
def test_no_path_leads_into_the_uploads(path: str, keeping: TestClient) -> None:
    assert keeping.get(path).status_code == 404


def test_a_link_in_the_uploads_leads_nowhere(keeping: TestClient, tmp_path: Path) -> None:
    kept = tmp_path / "uploads" / "2f-x.xlsx"
    kept.unlink()
    kept.symlink_to(tmp_path / "secret.csv")
    assert keeping.get("/kept/2").status_code == 404


def test_a_file_that_is_not_what_was_kept_is_not_given_out(keeping: TestClient, tmp_path: Path) -> None:
    data = b"a,b\r\n1,2\r\n"
    (tmp_path / "uploads" / "5f-x.csv").write_bytes(data)
    kept = Provenance("张三", "测试", "x.csv", "", "5f-x.csv", hashlib.sha256(data).hexdigest())
    Lake(tmp_path / "lake").commit({}, kept)
    assert keeping.get("/kept/5").content == data
    (tmp_path / "uploads" / "5f-x.csv").write_bytes(b"a,b\r\n1,3\r\n")
    answer = keeping.get("/kept/5?lang=en")
    assert answer.status_code == 409
    (line,) = answer.json()["errors"]
    assert line.startswith("[kept-file-changed] The kept file of import 5 has been changed")


def test_without_a_lake_no_file_is_given_out(keeping: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GZDASH_LAKE", "/nowhere/lake")
    answer = keeping.get("/kept/1")
    assert (answer.status_code, "lake-missing" in answer.text) == (409, True)


@pytest.mark.slow
def test_the_first_page_is_found_under_its_own_name(client: TestClient) -> None:
    answer = client.get("/overview?chain=GZ21-05")
    assert (answer.status_code, answer.headers["location"]) == (307, "./?chain=GZ21-05")


def test_a_reader_who_leaves_a_download_holds_nobody_up() -> None:
    closed: list[int] = []

    def lines() -> Iterator[bytes]:
        try:
            while True:
                yield b"1,2\r\n"
        finally:
            closed.append(threading.get_ident())

    async def leave() -> int:
        body = aiter(streamed_csv(lines(), "rows.csv").body_iterator)  # type: ignore[attr-defined]
        assert await anext(body) == b"1,2\r\n"
        await body.aclose()
        while not closed:
            await asyncio.sleep(0.01)
        return threading.get_ident()

    assert closed != [asyncio.run(leave())]
    assert len(closed) == 1
