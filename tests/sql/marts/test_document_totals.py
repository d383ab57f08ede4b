"""mart.document_totals: what a text states of all projects, against the projects themselves."""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pandas as pd
import pytest

from tests.warehouse.invented_county import store_home
from tests.warehouse.invented_filings import filing, project
from transforms.records import FilingRecords, UnreadCell

RAW = "编报项目2个，涉及资金15万元"


def _stated(projects: int, yuan: str, *parts: FilingRecords) -> FilingRecords:
    records = filing("甲镇", parts)
    head = replace(records.filing, stated_projects=projects, stated_yuan=Decimal(yuan), stated_raw=RAW, stated_row_no=4)
    return replace(records, filing=head)


TWO = (project("防汛经费", "100000"), project("文化经费", "50000"))
PRIOR = project("2022年修路经费结转", "30000")


@pytest.mark.parametrize(
    ("projects", "yuan", "parts", "standing"),
    [
        (2, "150000", TWO, "same"),
        (2, "150090", TWO, "same"),
        (2, "150200", TWO, "sum_differs"),
        (3, "150000", TWO, "count_differs"),
        (3, "200000", TWO, "both_differ"),
        (2, "150000", (*TWO, PRIOR), "same"),
        (3, "180000", (*TWO, PRIOR), "same"),
        (2, "150000", (TWO[0], project("文化经费", None)), "held"),
    ],
)
def test_a_statement_is_held_against_the_projects(
    tmp_path: Path, projects: int, yuan: str, parts: tuple[FilingRecords, ...], standing: str
) -> None:
    county = store_home(tmp_path, [("a.docx", 0, _stated(projects, yuan, *parts))])
    mart, own = county.mart("document_totals"), county.table("projects")
    assert mart["standing"].tolist() == [standing]
    assert mart["projects"].tolist() == [len(own)] and mart["total_yuan"].tolist() == [own["budget_yuan"].sum()]
    assert mart[["table_no", "row_no", "stated_raw"]].to_numpy().tolist() == [[0, 4, RAW]]


def test_nothing_is_concluded_of_a_file_read_in_part(tmp_path: Path) -> None:
    records = replace(_stated(9, "900000", *TWO), unread_cells=(UnreadCell(1, 3, 9, 1, "？", "unknown"),))
    assert store_home(tmp_path, [("a.docx", 0, records)]).mart("document_totals")["standing"].tolist() == ["held"]


def test_files_that_state_nothing_have_no_row(tmp_path: Path) -> None:
    mart: pd.DataFrame = store_home(tmp_path, [("a.docx", 0, filing("甲镇", TWO))]).mart("document_totals")
    assert len(mart) == 0
