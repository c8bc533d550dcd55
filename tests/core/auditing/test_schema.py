"""The rows' columns are those that docs/corpus.md describes."""

import re
from pathlib import Path

import pyarrow as pa

from core.auditing.schema import COLUMNS, FIGURE_COLUMNS, ROWS_SCHEMA
from core.document import FIGURES

DOCS = (Path(__file__).parents[3] / "docs/corpus.md").read_text("utf-8")


def test_every_column_is_documented_with_its_type_in_order() -> None:
    table = DOCS.partition("## The rows\n")[2].partition("\n## ")[0]
    found = re.findall(r"^\| `(\w+)` \| ([\w ]+) \| (.+) \|$", table, re.MULTILINE)
    assert found == [(column.name, type_words(column.type), column.about.replace("|", "\\|")) for column in COLUMNS]
    assert ROWS_SCHEMA in table


def type_words(kind: pa.DataType) -> str:
    if not pa.types.is_list(kind):
        return str(kind)
    return "struct list" if pa.types.is_struct(kind.value_type) else f"list of {kind.value_type}"


def test_every_figure_of_compare_is_a_column() -> None:
    assert set(FIGURES) <= {column.name for column in FIGURE_COLUMNS}


def test_every_kind_of_error_is_documented() -> None:
    (about,) = [column.about for column in COLUMNS if column.name == "error_kind"]
    kinds = re.findall(r"\w+", about.partition(";")[0].replace(" or ", ", "))
    assert len(kinds) == 7
    assert [kind for kind in kinds if f"| `{kind}` |" not in DOCS] == []
