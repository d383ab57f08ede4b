"""mart.execution against a computation of its own in pandas."""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from tests.warehouse.invented_county import Filed, store_home
from tests.warehouse.invented_filings import filing, project
from transforms.records import FilingRecords


def _spent(name: str, budget: str, adjusted: str | None, executed: str | None) -> FilingRecords:
    records = project(name, budget)
    sums = {"adjusted_yuan": adjusted, "executed_yuan": executed}
    amounts = {key: Decimal(value) if value is not None else None for key, value in sums.items()}
    return replace(records, projects=tuple(replace(one, **amounts) for one in records.projects))  # type: ignore[arg-type]


def _evaluated(township: str, year: int, *projects: FilingRecords) -> Filed:
    records = filing(township, projects, year=year, kind="self_evaluation")
    return f"{township}{year}年绩效自评.docx", year, records


def test_execution_as_pandas_computes_it(tmp_path: Path) -> None:
    filed = [
        _evaluated("甲镇", 2022, _spent("防汛经费", "80000", None, "60000")),
        _evaluated(
            "甲镇", 2023, _spent("防汛经费", "100000", "120000", "90000"), _spent("文化经费", "50000", None, "50000")
        ),
        _evaluated("乙镇", 2023, _spent("防汛经费", "40000", None, None)),
    ]
    county = store_home(tmp_path, filed)
    found = county.mart("execution")
    wanted = county.table("projects").dropna(subset=["executed_yuan"])
    wanted = wanted.assign(base=wanted["adjusted_yuan"].fillna(wanted["budget_yuan"]))
    assert len(found) == len(wanted) == 3
    both = found.merge(wanted[["filing_id", "project_no", "base"]], on=["filing_id", "project_no"])
    assert (both["execution_pct"] - 100 * both["executed_yuan"] / both["base"]).abs().max() < 0.001
    assert (both["unspent_yuan"] - (both["base"] - both["executed_yuan"])).abs().max() < 0.01
    this_year = both[both["fiscal_year"] == 2023].set_index("project_name")
    assert this_year["township_execution_pct"].round(4).tolist() == [round(100 * 140000 / 170000, 4)] * 2
    assert (this_year.loc["防汛经费", "last_year_pct"], this_year.loc["防汛经费", "change_points"]) == (75, 0)
    assert this_year["last_year_pct"].isna().tolist() == [name != "防汛经费" for name in this_year.index]
