"""missing_items and filing_quality: what the others have, who files best; against pandas, and their guards one by one."""

from dataclasses import replace
from pathlib import Path

import pytest

from tests.warehouse.compared_frames import plan_projects
from tests.warehouse.invented_county import TOWNSHIPS, County, Filed, store_home
from tests.warehouse.invented_filings import Goal, filing, project
from transforms.records import UnreadCell

RATE: Goal = ("质量指标", "验收合格率", "≥95%")
VILLAGES: Goal = ("数量指标", "保障村级数", "≥24个")


def _county(last: list[Goal], *, others: int = 6, unread: bool = False) -> list[Filed]:
    filed = [(f"{n}.docx", 0, filing(n, [project(goals=[RATE, VILLAGES])])) for n in TOWNSHIPS[:others]]
    records = filing("末镇", [project(goals=last)])
    if unread:
        records = replace(records, unread_cells=(UnreadCell(1, 3, 9, 1, "？", "unknown"),))
    return [*filed, ("末镇.docx", 0, records)]


@pytest.mark.parametrize(
    ("last", "others", "unread", "found"),
    [
        ([RATE], 6, False, [("保障村级数量", "missing")]),
        ([RATE], 5, False, [("保障村级数量", "missing")]),
        ([RATE], 4, False, []),
        ([RATE], 6, True, [("保障村级数量", "held")]),
        ([RATE, ("数量指标", "帮扶行政村个数", "≥24个")], 6, False, [("保障村级数量", "other_name")]),
        ([RATE, VILLAGES], 6, False, []),
    ],
)
def test_what_the_others_have_and_one_lacks(
    tmp_path: Path, last: list[Goal], others: int, unread: bool, found: list[tuple[str, str]]
) -> None:
    mart = store_home(tmp_path, _county(last, others=others, unread=unread)).mart("missing_items")
    assert list(mart[["indicator", "status"]].itertuples(index=False, name=None)) == found
    assert (mart["township"] == "末镇").all() and (mart["with_pct"] == 100).all()
    assert (mart["common_raw"] == "≥24个").all() and mart["last_table_no"].notna().all()


def test_projects_that_one_lacks_are_those_that_pandas_misses(county: County) -> None:
    projects = plan_projects(county)
    projects = projects[
        ~(projects["is_carryover"] | (projects["project_year"] < projects["fiscal_year"]).fillna(False))
    ]
    wanted = set()
    for year, own in projects.groupby("fiscal_year"):
        filers = set(own["township"])
        for category, having in own.groupby("project_category")["township"]:
            lacking = filers - set(having)
            if lacking and having.nunique() >= 0.6 * (len(filers) - 1):
                wanted |= {(year, township, category) for township in lacking}
    mart = county.mart("missing_items")
    rows = mart[mart["item"] == "project"]
    found = set(rows[["fiscal_year", "township", "project_category"]].itertuples(index=False, name=None))
    assert found == wanted and wanted


def test_quality_is_the_mean_of_three_shares(county: County) -> None:
    mart = county.mart("filing_quality")
    findings = county.mart("review_findings")
    shared = set(county.mart("shared_findings")[["fiscal_year", "doc_kind", "rule"]].itertuples(index=False, name=None))
    told = findings[findings["severity"].isin(["error", "warning"]) & (findings["told_to"] == "township")]
    kept = [
        severity == "error" or (year, kind, rule) not in shared
        for severity, year, kind, rule in told[["severity", "fiscal_year", "doc_kind", "rule"]].itertuples(index=False)
    ]
    faulty = set(
        told[kept].dropna(subset=["project_no"])[["filing_id", "project_no"]].itertuples(index=False, name=None)
    )
    plans = plan_projects(county)
    plans = plans[plans["doc_kind"] == "targets"]
    places = plans[["filing_id", "project_no"]].itertuples(index=False, name=None)
    plans = plans.assign(clean=[place not in faulty for place in places])
    clean = 100 * plans.groupby(["fiscal_year", "township"])["clean"].mean()
    own = mart[mart["doc_kind"] == "targets"].set_index(["fiscal_year", "township"])
    assert len(own) == len(clean) > 0
    assert (own["clean_pct"] - clean).abs().max() < 1e-3
    mean = own[["completeness_pct", "quantified_pct", "clean_pct"]].mean(axis=1)
    assert (own["quality_pct"] - mean).abs().max() < 0.006
    ranked = own[own["ranking"] == "ranked"]
    wanted = ranked.groupby("fiscal_year")["quality_pct"].rank(method="min", ascending=False)
    assert len(ranked) > 0 and (ranked["quality_rank"] == wanted).all()


def test_who_was_read_in_part_has_no_rank(tmp_path: Path) -> None:
    mart = store_home(tmp_path, _county([RATE], unread=True)).mart("filing_quality").set_index("township")
    assert mart.loc["末镇", "ranking"] == "held"
    assert mart["quality_rank"].isna().to_dict() == {name: name == "末镇" for name in mart.index}
