"""What the server adds around Streamlit: who may reach it, what it refuses, and downloads that stream."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

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


@pytest.mark.slow
def test_the_first_page_is_found_under_its_own_name(client: TestClient) -> None:
    answer = client.get("/overview?chain=GZ21-05")
    assert (answer.status_code, answer.headers["location"]) == (307, "./?chain=GZ21-05")
