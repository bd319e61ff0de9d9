"""What a leader does who doubts a figure: the card, the dialog, the file of its rows and the store say the same."""

from __future__ import annotations

import csv
import io
import json
import re
import subprocess
import sys
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from urllib.parse import parse_qsl

import pytest
from playwright.sync_api import Page, expect

from gzdash.ask import Desk, default_selection
from gzdash.engines.duckdb import DuckDBEngine
from gzdash.lake import Lake
from gzdash.selection import Selection
from tests.browser.conftest import ROOT

pytestmark = pytest.mark.browser

# Page, query, card, metric: a dozen views over all pillars and filters.
VIEWS = (
    ("employment", "", "发布岗位", "jobs_posted"),
    ("employment", "period=2023-03..2023-03", "实际招聘", "graduates_hired"),
    ("employment", "chain=GZ21-05", "发布岗位", "jobs_posted"),
    ("employment", "district=440106&period=2022-01..2022-12", "实际招聘", "graduates_hired"),
    ("employment", "type=51,52", "服务活动", "employment_events"),
    ("employment", "period=2023-01..2023-06", "带动会员单位", "member_units_mobilised"),
    ("industry", "", "授信额", "credit_line"),
    ("industry", "chain=GZ21-01,GZ21-05", "放款额", "loan_disbursed"),
    ("industry", "period=2022-07..2022-12", "授信额", "credit_line"),
    ("rural", "region=441800", "帮扶款物", "aid_value"),
    ("organizations", "", "社会组织", "organizations"),
    ("organizations", "district=440104", "社会组织", "organizations"),
)


@pytest.mark.parametrize(("page_key", "query", "card", "metric"), VIEWS)
def test_the_dialog_and_the_file_of_its_rows_say_what_the_store_says(
    page_key: str, query: str, card: str, metric: str, open_page: Callable[..., Page], lake_dir: Path
) -> None:
    lake = Lake(lake_dir)
    desk = Desk(lake.snapshot(), DuckDBEngine(lake.root))
    selection, _ = Selection.from_url(dict(parse_qsl(query)), default_selection(desk.snapshot))
    page = open_page(f"/{page_key}?{query}")
    page.locator(".card", has_text=card).first.locator("button").click()
    dialog = page.get_by_role("dialog")
    link = dialog.locator("a.gz-button")
    expect(link).to_be_visible()
    asked = dialog.locator("a.gz-button").get_attribute("href") or ""
    assert re.match(rf"\./trace/{metric}\.csv\?", asked)
    shown = dialog.locator("dt", has_text="算法").locator("+ dd").inner_text().rpartition("=")[2]
    exact = Decimal(re.sub(r"[^\d.]", "", shown))
    rows = csv.reader(io.StringIO(page.request.get(f"{page.url.partition('?')[0]}/../{asked[2:]}").text()))
    header = next(rows)
    assert header[0].lstrip("\ufeff").startswith("数值")
    named = dict(parse_qsl(asked.partition("?")[2]))
    asked_of, notices = Selection.from_url({k: v for k, v in named.items() if k not in ("lang", "half")}, selection)
    assert not notices
    assert asked_of == (selection.to_date() if page_key == "rural" else selection)
    assert exact == desk.ask(metric, asked_of).value == sum(Decimal(row[0]) for row in rows)


@pytest.mark.parametrize(("card", "metric"), [("发布岗位", "jobs_posted"), ("服务活动", "employment_events")])
def test_the_dialog_says_coverage_in_the_words_of_the_command_line(
    card: str, metric: str, open_page: Callable[..., Page], lake_dir: Path
) -> None:
    command = [sys.executable, "-m", "gzdash", "--lake", str(lake_dir), "trace", metric, "--format", "json"]
    printed = json.loads(subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout)["coverage"]
    page = open_page("/employment")
    page.locator(".card", has_text=card).first.locator("button").click()
    dialog = page.get_by_role("dialog")
    expect(dialog.locator("a.gz-button")).to_be_visible()
    assert printed.replace("\xa0", " ") in dialog.inner_text().replace("\xa0", " ")
