"""What a declared table is made of: `Column`, `Rule` and `Table`."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import pyarrow as pa

from gzdash.units import Unit
from gzdash.words import Text

Kind = Literal["code", "text", "organization", "organizations", "integer", "money", "date", "month"]

# Money is exact: yuan and fen, up to 10^16 yuan.
MONEY_TYPE = pa.decimal128(18, 2)

_ARROW: dict[Kind, pa.DataType] = {
    "code": pa.string(),
    "text": pa.string(),
    "organization": pa.string(),
    "organizations": pa.list_(pa.string()),
    "integer": pa.int64(),
    "money": MONEY_TYPE,
    "date": pa.date32(),
    "month": pa.date32(),
}


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `codes` is the code list its values come from; `unit` stands in the header;
    `default` fills an empty cell; `least` and `most` bound numbers, both included; a day or month lies between the
    start of the year `earliest` and `ahead` years after today."""

    key: str
    label: Text
    kind: Kind
    note: Text
    codes: str = ""
    unit: Unit | None = None
    required: bool = False
    default: str | None = None
    least: int | None = None
    most: int | None = None
    earliest: int = 1950
    ahead: int = 0

    @property
    def arrow(self) -> pa.DataType:
        """The Arrow type the lake stores."""
        return _ARROW[self.kind]

    @property
    def header(self) -> Text:
        """The label with its unit, as templates and CSV files head the column."""
        if self.unit is None or self.kind not in ("integer", "money"):
            return self.label
        return Text(f"{self.label.zh}（{self.unit.symbol.zh}）", f"{self.label.en} ({self.unit.symbol.en})")


@dataclass(frozen=True, slots=True)
class Rule:
    """A condition over one row that must not hold: `broken` is SQL over the table's columns,
    `column` the cell it is shown at; a warning does not refuse the file."""

    key: str
    column: str
    broken: str
    title: Text
    remedy: Text
    warning: bool = False


@dataclass(frozen=True)
class Table:
    """One table. A submission is what one owner (the values of the columns `owner`, joined by a slash where
    they are given) reports for one month (of column `time`; a register has none): a later submission takes the
    place of the earlier one."""

    key: str
    name: Text
    meaning: Text
    columns: tuple[Column, ...]
    owner: tuple[str, ...]
    time: str = ""
    rules: tuple[Rule, ...] = ()
    unique: tuple[str, ...] = ()
    monthly_files: bool = False

    @cached_property
    def by_key(self) -> dict[str, Column]:
        """The columns by key."""
        return {column.key: column for column in self.columns}

    @cached_property
    def schema(self) -> pa.Schema:
        """The Arrow schema of the stored rows: the declared columns, then the technical ones."""
        declared = [pa.field(column.key, column.arrow) for column in self.columns]
        return pa.schema([*declared, *TECHNICAL])


# What each stored row knows of its origin: file, sheet, Excel row, and the part of a mapping that made it (0 without
# parts). `owner` and `month` are the submission key ("" for a register).
TECHNICAL: tuple[pa.Field, ...] = (
    pa.field("import_id", pa.int32()),
    pa.field("source_file", pa.string()),
    pa.field("source_sheet", pa.string()),
    pa.field("source_row", pa.int32()),
    pa.field("source_part", pa.int32()),
    pa.field("submission_owner", pa.string()),
    pa.field("submission_month", pa.string()),
)

TRUTH = Column(
    "truth",
    Text("真实程度", "Level of truth"),
    "code",
    Text("填报为默认；经核对凭证的填“核实”。", "Reported unless vouchers were checked, then verified."),
    codes="truth",
    default="reported",
)

PARTNERS = Column(
    "partners",
    Text("参与组织代码", "Partners' credit codes"),
    "organizations",
    Text("多个用分号隔开。", "Several are separated by semicolons."),
)

PROGRAMME = Column(
    "programme",
    Text("专项行动", "Programme"),
    "code",
    Text("不属于专项行动时留空。", "Empty when it belongs to none."),
    codes="programme",
)

COUNTY = Column(
    "county",
    Text("县（市、区）", "County"),
    "code",
    Text("东莞、中山填市。", "The prefecture for Dongguan and Zhongshan."),
    codes="region",
    required=True,
)

TOWN = Column("town", Text("镇或村", "Town or village"), "text", Text("代码或名称。", "Code or name."))

# No report goes further back than monthly reporting on paper; an earlier month is a slip of the pen.
FIRST_YEAR_REPORTED = 2000

MONTH = Column(
    "month",
    Text("月份", "Month"),
    "month",
    Text("如 2023年7月。", "Such as 2023-07."),
    required=True,
    earliest=FIRST_YEAR_REPORTED,
)
