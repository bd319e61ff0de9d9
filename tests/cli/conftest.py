"""A drawn lake, and commands that are run over it."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from gzdash.cli import main
from gzdash.intake import rows_from_columns
from gzdash.lake import Lake, Provenance
from gzdash.tables import TABLES
from tests.cli.running import MAKER, WORKER, Run, Said


def rows(key: str, **columns: object) -> dict[str, object]:
    """Rows of one table, drawn column by column."""
    return {key: rows_from_columns(TABLES[key], columns, "drawn", "")}


@pytest.fixture
def lake(tmp_path: Path) -> Path:
    """A demonstration lake of two associations: posts and hires in July 2023, then a restatement, and two gifts."""
    times = iter(datetime(2023, 8, day, 12, tzinfo=ZoneInfo("Asia/Shanghai")) for day in range(1, 29))
    made = Lake.init(tmp_path / "lake", "demo", lambda: next(times))
    register = rows(
        "organizations",
        code=[WORKER, MAKER],
        name=["示例就业协会", "=示例制造业协会"],
        type=["51", "51"],
        district=["440106", "440103"],
        primary_chain=["GZ21-05", "GZ21-03"],
        founded=[date(2010, 1, 1)] * 2,
    )
    july = {"source": "organization", "audience": "graduates"}

    def jobs(organization: str, posts: int, hires: int | None) -> dict[str, object]:
        drawn = {key: [value] for key, value in july.items()}
        return rows(
            "jobs", month=[date(2023, 7, 1)], organization=[organization], posts=[posts], hires=[hires], **drawn
        )

    aid = rows(
        "aid",
        date=[date(2023, 6, 2), date(2023, 6, 3), date(2023, 6, 3)],
        giver=[WORKER, None, MAKER],
        giver_name=[None, "示例食品有限公司", None],
        county=["441826", "441826", "440784"],
        form=["money", "goods", "goods"],
        amount=[Decimal("10000000000000.01"), Decimal("0.30"), None],
        stage=["delivered"] * 3,
    )
    made.commit(register, Provenance("登记科", "名录"))
    made.commit(jobs(WORKER, 8, 6), Provenance("数据科", "月报"))
    made.commit(jobs(MAKER, 12, None) | aid, Provenance("数据科", "月报和帮扶"))
    made.commit(jobs(WORKER, 10, 6), Provenance("数据科", "更正"))
    return made.root


@pytest.fixture
def run(lake: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> Run:
    """Runs one command in this process over the drawn lake."""

    def ran(*arguments: str, lake: Path = lake) -> Said:
        code = main(["--lake", str(lake), *arguments])
        out, err = capsysbinary.readouterr()
        return Said(code, out.decode(), err.decode())

    return ran
