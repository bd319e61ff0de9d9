"""What the gate makes of real forms of offices, where they lie beside the project; none of them is copied into it."""

from __future__ import annotations

import itertools
from decimal import Decimal
from pathlib import Path

import pytest

from gzdash.engines.duckdb import DuckDBEngine
from gzdash.faults import Refused
from gzdash.intake.convert import apply
from gzdash.intake.convert_check import check_applied
from gzdash.intake.convert_parts import splits
from gzdash.intake.form import Form, forms
from gzdash.intake.form_totals import check_totals
from gzdash.intake.mapping import Mapping, Source
from gzdash.intake.matching import nearest_table, suggest
from gzdash.lake import Lake, Provenance
from gzdash.tables import TABLES

REAL = Path(__file__).resolve().parents[2] / "shared" / "real"

pytestmark = pytest.mark.skipif(not REAL.is_dir(), reason="the real forms are not here")

FROM = {
    "date": Source(constant="2012-06-30"),
    "form": Source(constant="款"),
    "stage": Source(constant="到位"),
}


def only(file: str) -> Form:
    (form,) = forms(REAL / file)
    return form


@pytest.fixture
def lake(tmp_path: Path) -> Lake:
    return Lake.init(tmp_path / "lake", "real")


def conghua(*parts: str, amount: str = "J") -> Mapping:
    """The suggestion for the report of Conghua as a reader completes it; an empty amount is none given."""
    form = only("report-conghua-206_3.redacted.xls")
    columns = dict(suggest(form, TABLES["aid"]).mapping.columns) | FROM
    columns["amount"] = Source(letter=amount, values=(("", "0"),))
    if parts:
        del columns["amount"]
    return Mapping("aid", tuple(columns.items()), tuple((("amount", Source(letter=part)),) for part in parts))


def test_the_report_of_conghua_is_mapped_and_committed_without_its_total(lake: Lake) -> None:
    form = only("report-conghua-206_3.redacted.xls")
    nearest = nearest_table(form)
    assert (nearest.table.key, nearest.fits) == ("aid", True)
    assert [column.key for column in nearest.missing] == ["date", "form", "stage"]
    assert (form.rows.num_rows, form.first_data_row, [total.row for total in form.totals]) == (125, 2, [127])
    assert check_totals(form) == ()
    report = check_applied(apply(conghua(), form), lake.snapshot(), DuckDBEngine(lake.root))
    assert report.errors == ()
    assert report.dropped == ("G", "H")
    assert report.rows is not None
    assert report.rows.num_rows == 125
    assert sum(report.rows["amount"].to_pylist()) == Decimal("14982888.10")
    assert set(report.rows["county"].to_pylist()) == {"440117"}
    first = report.rows.slice(1, 1).to_pylist()[0]
    assert (first["town"], first["giver"], first["giver_name"]) == ("东坑村", None, "荔湾区桥中街、西村街办事处")
    lake.commit({"aid": report.rows}, Provenance("李", "试", form.file, "", ""), expected_head=lake.snapshot().event)
    assert lake.imports()[0].rows == 125


@pytest.mark.parametrize("parts", ["KL", "MNOPQ"])
def test_the_uses_or_the_sources_add_up_to_what_was_delivered(parts: str, lake: Lake) -> None:
    form = only("report-conghua-206_3.redacted.xls")
    assert splits(form, "J") == (("K", "L"), ("M", "N", "O", "P", "Q"))
    report = check_applied(apply(conghua(*parts), form), lake.snapshot(), DuckDBEngine(lake.root))
    assert report.errors == ()
    assert report.rows is not None
    assert sum(report.rows["amount"].to_pylist()) == Decimal("14982888.10")


@pytest.mark.parametrize("parts", ["KLMNOPQ", "JKL", "JMNOPQ", "JKLMNOPQ"])
def test_an_amount_is_never_split_twice(parts: str) -> None:
    with pytest.raises(Refused, match="mapping-counts-twice"):
        apply(conghua(*parts), only("report-conghua-206_3.redacted.xls"))


@pytest.mark.parametrize(
    ("file", "sheets", "rows", "path"),
    [
        ("report1.xls", 2, (4, 6), ("1.贫困户基本情况", "有劳动能力", "低保对象")),
        ("report2.xls", 1, (4, 6), ("4", "已投入帮扶资金", "用于帮扶到户资金")),
        ("stat.xls", 5, (1, 2), ("有劳动能力", "低保对象")),
    ],
)
def test_empty_forms_are_understood_and_have_nothing_to_commit(
    file: str, sheets: int, rows: tuple[int, int], path: tuple[str, ...], lake: Lake
) -> None:
    found = forms(REAL / file)
    assert len(found) == sheets
    assert [form.has_data for form in found] == [False] * sheets
    assert found[0].header_rows == rows
    assert found[0].by_letter["E"].path == path
    assert len({form.fingerprint for form in found}) == sheets
    applied = apply(nearest_table(found[0]).mapping, found[0])
    report = check_applied(applied, lake.snapshot(), DuckDBEngine(lake.root))
    assert "form-without-data" in {fault.rule for fault in report.errors}


def test_units_titles_and_footnotes_of_an_empty_form() -> None:
    first, second = forms(REAL / "report1.xls")
    assert first.title == "广州市农村扶贫开发“规划到户责任到人”工作统计表(一)"
    assert [first.by_letter[letter].unit for letter in ("C", "D", "R")] == ["户", "人", "人次"]
    assert [second.by_letter[letter].unit for letter in ("R", "W")] == ["公里", "亩"]
    assert second.by_letter["L"].label == "工业开发项目"
    assert [dropped.row for dropped in only("report2.xls").dropped] == [8, 9, 10, 11, 12]


def test_national_counts_fit_no_table() -> None:
    nearest = nearest_table(only("nbs-social-organizations.csv"))
    assert not nearest.fits
    assert nearest.table.key == "organizations"
    assert {"code", "founded"} <= {column.key for column in nearest.missing}


def test_the_outflow_has_its_total_checked_and_is_mapped_as_the_reader_chooses(lake: Lake) -> None:
    form = only("red-cross-outflow.csv")
    assert form.by_letter["E"].factor == 10_000
    assert [total.values for total in form.totals] == [(("E", "48173.01"),)]
    assert check_totals(form) == ()
    nearest = nearest_table(form)
    assert (nearest.table.key, nearest.fits) == ("aid", True)
    shared = FROM | {"county": Source(constant="440100"), "giver_name": Source(constant="示例红十字会")}
    money = (("amount", Source(("当日拨款",), factor=Decimal(10_000))), ("form", Source(constant="款")))
    goods = (("amount", Source(("当日发放物资",))), ("form", Source(constant="物")))
    whole = (("amount", Source(("合计",))), ("form", Source(constant="款")))
    for parts, sums in (((money, goods), {"money": "436350100.00", "goods": "45380000.00"}), ((whole,), {})):
        report = check_applied(
            apply(Mapping("aid", tuple(shared.items()), parts), form), lake.snapshot(), DuckDBEngine(lake.root)
        )
        assert report.errors == ()
        assert report.rows is not None
        rows = sorted(report.rows.to_pylist(), key=lambda row: row["form"])
        assert sum(row["amount"] for row in rows) == Decimal("481730100.00")
        if sums:
            by_form = itertools.groupby(rows, key=lambda row: row["form"])
            assert {form_: f"{sum(row['amount'] for row in group)}" for form_, group in by_form} == sums
